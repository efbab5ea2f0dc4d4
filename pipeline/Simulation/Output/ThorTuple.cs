using TauPipeline.Columns;

namespace TauPipeline.Simulation;

/// <summary>
/// What is simulated in the layout of ATLAS' THOR ntuples (atlas-upp-and-balanced-batches.md 10.1): a tree with a row for each candidate
/// with a seed above 15 GeV and |eta| below 2.5, momenta in MeV, and its tracks and clusters as lists, hardest first. It has what a
/// TauTuple of the same particles tells; ATLAS' own hit counts, cluster moments and track scores beyond that are not there.
/// </summary>
public static class ThorTuple
{
    /// <summary>The tree of candidates.</summary>
    public const string Tree = "tree";

    private const double MinSeedPt = 15, MaxAbsEta = 2.5;

    /// <summary>All columns.</summary>
    public static Schema Schema { get; } = new ThorBuffer().Schema;

    /// <summary>The candidates among rows of <see cref="TauTuple.Schema"/>.</summary>
    public static Batch Of(Batch tuple)
    {
        var buffer = new ThorBuffer();
        ReadOnlySpan<int> index = tuple.Flat<int>("tau_index"), jet = tuple.Flat<int>("jet_index");
        ReadOnlySpan<float> pt = tuple.Flat<float>("tau_pt"), eta = tuple.Flat<float>("tau_eta"), seed = tuple.Flat<float>("jet_pt");
        var objects = new ThorObjects(tuple);
        var truth = new ThorTruth(tuple);
        for (int row = 0; row < tuple.Rows; row++)
        {
            float seedPt = jet[row] >= 0 ? seed[row] : pt[row];
            if (index[row] < 0 || seedPt <= MinSeedPt || Math.Abs(eta[row]) >= MaxAbsEta) continue;
            buffer.Add(tuple, row, seedPt, objects.Of(row), truth.Of(row));
        }
        return buffer.Finish();
    }
}
