using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The rows of the demo's pair of genuine taus and jets, as its scored shards hold them.</summary>
internal sealed class ScoredDemo
{
    private static readonly string[] Signal = ["DYToLL_M50", "GluGluHToTauTau_M125"],
        Background = ["TTToSemiLeptonic", "WJetsToLNu", "QCD_Pt15to1000"];

    private readonly List<bool> _isTau = [];
    private readonly List<double> _network = [], _isolation = [];

    public ScoredDemo(string outputFolder)
    {
        foreach (string dataset in Signal.Concat(Background))
            foreach (
                string file in Directory
                    .EnumerateFiles(Path.Combine(outputFolder, "apply", "test", dataset), "*.h5")
                    .Order(StringComparer.Ordinal))
            {
                using TupleShardReader shard = TupleShardReader.Open(new ProductInput(file));
                foreach (Batch rows in shard.Batches()) Add(rows, Signal.Contains(dataset) ? StandardClasses.Tau : StandardClasses.Jet);
            }
    }

    public bool[] IsTau => [.. _isTau];

    public double[] Network => [.. _network];

    public double[] Isolation => [.. _isolation];

    private void Add(Batch rows, TauClass wanted)
    {
        ReadOnlySpan<int> type = rows.Flat<int>(CandidateColumns.Type), mode = rows.Flat<int>(CandidateColumns.DecayMode);
        ReadOnlySpan<float> dz = rows.Flat<float>(CandidateColumns.Dz),
            pt = rows.Flat<float>(CandidateColumns.Pt),
            isolation = rows.Flat<float>("combined_isolation");
        double[] scores = ScoreVs.Of(StandardClasses.Jet, rows.Flat<float>("score_tau"), rows.Flat<float>("score_jet"));
        for (int i = 0; i < rows.Rows; i++)
        {
            if (type[i] != wanted.Index) continue;
            if (mode[i] is not (0 or 1 or 2 or 10 or 11) || Math.Abs(dz[i]) >= 0.2 || pt[i] is < 20 or >= 1000) continue;
            _isTau.Add(wanted == StandardClasses.Tau);
            _network.Add(scores[i]);
            _isolation.Add(-isolation[i]);
        }
    }
}
