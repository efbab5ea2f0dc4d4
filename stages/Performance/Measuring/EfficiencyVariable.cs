using System.Globalization;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>A variable that efficiencies are shown against, with its bins [low, high).</summary>
public sealed record EfficiencyVariable(string Name, BinEdges Edges)
{
    /// <summary>Transverse momentum.</summary>
    public const string Pt = "pt";
    /// <summary>Pseudorapidity.</summary>
    public const string Eta = "eta";
    /// <summary>Decay mode.</summary>
    public const string DecayMode = "decay_mode";

    /// <summary>For decay modes the codes in each bin: they are categories, not places on an axis. Empty for the others.</summary>
    public IReadOnlyList<string> Categories => Name != DecayMode ? [] : [.. Enumerable.Range(0, Edges.Count).Select(ModesIn)];

    internal double[] Of(ScoredRows rows) => Name switch
    {
        Pt => rows.Pt,
        Eta => rows.Eta,
        _ => [.. rows.DecayModes.Select(mode => (double)mode)],
    };

    private string ModesIn(int bin)
    {
        int[] codes = [.. Enum.GetValues<DecayMode>().Select(mode => (int)mode).Where(code => Edges.Find(code) == bin)];
        return codes.Length > 0
            ? string.Join(", ", codes)
            : string.Create(CultureInfo.InvariantCulture, $"[{Edges.Edges[bin]}, {Edges.Edges[bin + 1]})");
    }
}
