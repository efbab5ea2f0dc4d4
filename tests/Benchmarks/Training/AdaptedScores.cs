using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// Scores against jets of test rows: those of the control region by domain, those of taus and jets of simulation by class.
/// </summary>
internal sealed class AdaptedScores
{
    private const int Replicas = 200;
    private static readonly Expression Region = Expression.Parse(
        "20 < tau_pt < 200 and tau_decayMode in {0, 1, 10, 11} and tau_type in {2, 3}", "the control region");

    private readonly List<bool> _isData = [], _isTau = [];
    private readonly List<double> _control = [], _simulated = [];
    private RocSample? _sample;

    /// <summary>Rows of the control region.</summary>
    public int Rows => _control.Count;

    /// <summary>Area under the curve of a classifier of data and simulation that goes by the score alone.</summary>
    public double Area => Of(Enumerable.Repeat(1.0, Rows).ToArray());

    /// <summary>Share of simulated jets that pass where 70 % of simulated taus do.</summary>
    public double Misidentification => new RocSample(_isTau.ToArray(), _simulated.ToArray())
        .Of(RocMeasure.FalsePositiveRateAt(0.7), Enumerable.Repeat(1.0, _isTau.Count).ToArray())!.Value;

    /// <summary>By how much the second's area is nearer to one half, with the error of a bootstrap of the rows that both have.</summary>
    public static (double Mean, double Error) Nearer(AdaptedScores one, AdaptedScores other)
    {
        var drawn = new double[Replicas];
        for (int replica = 0; replica < Replicas; replica++)
        {
            var weights = new double[one.Rows];
            var random = new CounterRandom(CounterRandom.Key(1, "bootstrap"), (ulong)replica);
            for (int row = 0; row < weights.Length; row++) weights[(int)(random.NextDouble() * weights.Length)]++;
            drawn[replica] = Difference(one.Of(weights), other.Of(weights));
        }
        double mean = drawn.Average();
        return (Difference(one.Area, other.Area), Math.Sqrt(drawn.Sum(value => (value - mean) * (value - mean)) / (Replicas - 1)));
    }

    /// <summary>From the products of <c>Apply</c>.</summary>
    public static AdaptedScores Read(string folder)
    {
        var scores = new AdaptedScores();
        string test = Path.Combine(folder, "apply", "test");
        foreach (string file in Directory.EnumerateFiles(test, "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using TupleShardReader reader = TupleShardReader.Open(new ProductInput(file));
            foreach (Batch rows in reader.Batches()) scores.Add(Path.GetFileName(Path.GetDirectoryName(file))!, rows);
        }
        return scores;
    }

    private void Add(string dataset, Batch rows)
    {
        bool isData = dataset.StartsWith("collisions", StringComparison.Ordinal);
        double[] scores = ScoreVs.Of(StandardClasses.Scheme, StandardClasses.Jet, rows);
        bool[] inRegion = Region.True(rows);
        ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
        for (int row = 0; row < rows.Rows; row++)
        {
            if (inRegion[row] && (isData || dataset is "DYToLL_M50" or "QCD_Pt15to1000"))
            {
                _isData.Add(isData);
                _control.Add(scores[row]);
            }
            bool isTau = types[row] == StandardClasses.Tau.Index && dataset == "DYToLL_M50";
            if (isData || (!isTau && types[row] != StandardClasses.Jet.Index)) continue;
            _isTau.Add(isTau);
            _simulated.Add(scores[row]);
        }
    }

    private double Of(double[] weights) =>
        (_sample ??= new RocSample(_isData.ToArray(), _control.ToArray())).Of(RocMeasure.Area, weights)!.Value;

    private static double Difference(double without, double with) => Math.Abs(without - 0.5) - Math.Abs(with - 0.5);
}
