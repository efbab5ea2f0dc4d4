using System.Globalization;
using TauPipeline.Configuration;

namespace TauPipeline.Stages;

/// <summary>A region of phase space: pt and |eta| half open, decay modes listed (none means all).</summary>
public sealed record EvaluationBin(double PtLow, double PtHigh, double AbsEtaLow, double AbsEtaHigh, IReadOnlyList<int> DecayModes)
{
    /// <summary>Whether a candidate lies in it.</summary>
    public bool Contains(double pt, double eta, int decayMode) =>
        pt >= PtLow
        && pt < PtHigh
        && Math.Abs(eta) >= AbsEtaLow
        && Math.Abs(eta) < AbsEtaHigh
        && (DecayModes.Count == 0 || DecayModes.Contains(decayMode));

    /// <summary>
    /// The bins of a pair: the first of each list is the inclusive one; the others are looked at one axis at a time, or all combined.
    /// </summary>
    public static IReadOnlyList<EvaluationBin> Read(ConfigBlock block)
    {
        List<(double Low, double High)> pt = Ranges(block, "pt", (20, 1000)), eta = Ranges(block, "abs_eta", (0, 2.3));
        IReadOnlyList<IReadOnlyList<int>> modes = block.Has("decay_modes") ? block.WholeLists("decay_modes") : [[]];
        bool product = block.Choice("combine", ["one_by_one", "all"], "one_by_one") == "all";
        var bins = new List<EvaluationBin>();
        for (int i = 0; i < pt.Count; i++)
            for (int j = 0; j < eta.Count; j++)
                for (int k = 0; k < modes.Count; k++)
                    if (product || (i > 0 ? 1 : 0) + (j > 0 ? 1 : 0) + (k > 0 ? 1 : 0) <= 1)
                        bins.Add(new EvaluationBin(pt[i].Low, pt[i].High, eta[j].Low, eta[j].High, modes[k]));
        return bins;
    }

    private static List<(double Low, double High)> Ranges(ConfigBlock block, string key, (double, double) fallback)
    {
        if (!block.Has(key)) return [fallback];
        var ranges = new List<(double, double)>();
        foreach (IReadOnlyList<double> range in block.Lists(key, key == "pt" ? "GeV" : ""))
            if (range.Count == 2 && range[0] < range[1]) ranges.Add((range[0], range[1]));
            else
                block.Wrong(
                    key,
                    "a list of ranges [low, high]",
                    string.Join(", ", range.Select(value => value.ToString(CultureInfo.InvariantCulture))));
        return ranges.Count > 0 ? ranges : [fallback];
    }
}
