using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>A figure and its name as a file, without ending: <c>roc/tau_vs_jet_pt_20_40</c>.</summary>
internal sealed record NamedFigure(string Name, IFigure Figure);
