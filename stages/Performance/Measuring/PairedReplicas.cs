using System.Globalization;
using TauPipeline.Foundation;
using TauPipeline.Formats;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>Replicas of a curve's numbers by which it can be compared with others of the same rows, here or in another campaign.</summary>
internal static class PairedReplicas
{
    // The same everywhere, or the same events would not be drawn.
    private const ulong Key = 0x7061697265642121;
    private const int Digits = 7;

    /// <summary>The replicas of the curve of a signal and a background with their scores.</summary>
    public static ReplicaEntry Of(
        (Sample Sample, double[] Scores) signal,
        (Sample Sample, double[] Scores) background,
        IReadOnlyList<double> efficiencies,
        int replicas)
    {
        bool[] positive = [.. signal.Sample.At.Select(_ => true), .. background.Sample.At.Select(_ => false)];
        double[] scores = [.. signal.Sample.At.Select(i => signal.Scores[i]), .. background.Sample.At.Select(i => background.Scores[i])];
        var ranked = new RocSample(positive, scores);
        RocMeasure[] measures = [RocMeasure.Area, .. efficiencies.Select(RocMeasure.FalsePositiveRateAt)];
        IReadOnlyList<IReadOnlyList<double?>> found = Sample.Bootstrap(new BootstrapPlan(replicas, Key), signal.Sample, background.Sample)
            .Replicas(weights => [.. measures.Select(measure => Short(ranked.Of(measure, weights)))]);
        return new(Identity(signal.Sample, background.Sample), found[0], [.. found.Skip(1)]);
    }

    // A sum does not depend on the order of rows.
    private static string Identity(Sample signal, Sample background)
    {
        ulong sum = 0;
        foreach ((Sample sample, ulong side) in new[] { (signal, 1ul), (background, 2ul) })
            for (int place = 0; place < sample.At.Length; place++)
            {
                int row = sample.At[place];
                ulong pt = BitConverter.DoubleToUInt64Bits(sample.Rows.Pt[row]);
                ulong eta = BitConverter.DoubleToUInt64Bits(sample.Rows.Eta[row]);
                ulong weight = BitConverter.DoubleToUInt64Bits(sample.Weights[place]);
                sum += new CounterRandom(sample.Rows.Events[row] ^ side, pt ^ (eta << 1) ^ (weight << 2)).NextUInt64();
            }
        return string.Create(CultureInfo.InvariantCulture, $"{signal.At.Length} and {background.At.Length} rows, {sum:x16}");
    }

    // Their spread needs no more, and two hundred of each stand in a file.
    private static double? Short(double? value) =>
        value is { } known ? double.Parse(known.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
