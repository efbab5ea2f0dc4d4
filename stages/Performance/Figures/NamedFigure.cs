using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>A figure and its name as a file, without ending: <c>roc_tau_vs_jet_pt_20_40</c>.</summary>
internal sealed record NamedFigure(string Name, IFigure Figure)
{
    /// <summary>With which others it stands in the report, folded up, in words after their number; none: by itself, in sight.</summary>
    public string Group { get; init; } = "";
}
