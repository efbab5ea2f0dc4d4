using TauPipeline.Foundation;
using TauPipeline.Plotting;

// Not compiled, but part of what a figure and the page are made by; shipped beside the program that uses this room.
[assembly: OtherCode(typeof(NodeRenderer), "pipeline/Plotting/node/*.mjs;pipeline/Plotting/node/package-lock.json")]
[assembly: OtherCode(typeof(ReportPage), "pipeline/Plotting/page/*.css;pipeline/Plotting/page/*.js")]
