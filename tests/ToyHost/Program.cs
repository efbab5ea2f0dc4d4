using TauPipeline.Host;
using TauPipeline.Tests.ToyHost;

// The real host over a catalogue whose steps only write words: what the end-to-end tests interrupt, break and wait for.
return await HostProgram.Run(args, new Campaigns(ToyCatalogue.Compose), Terminal.OfProcess());
