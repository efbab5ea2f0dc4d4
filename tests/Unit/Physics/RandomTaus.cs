using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>
/// A random sample of taus with correlated scores against two or three classes, and random targets; a third of the samples has negative
/// weights.
/// </summary>
internal sealed class RandomTaus
{
    private static readonly string[] Classes = ["e", "mu", "jet"];
    private static readonly WorkingPoint[] Points = [WorkingPoint.Loose, WorkingPoint.Medium, WorkingPoint.Tight];

    private readonly WorkingPointTarget[] _targets;

    public RandomTaus(ulong seed)
    {
        Seed = seed;
        var random = new CounterRandom(73, seed);
        int rows = 30 + random.NextInt(150), classes = 2 + random.NextInt(2);
        double[] common = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        double correlation = random.NextDouble() * 1.4 - 0.5;
        foreach (string against in Classes.Take(classes))
            Scores[against] =
            [
                .. common.Select(shared =>
                    0.5 + (0.49 * correlation * (shared - 0.5)) + (0.5 * (1 - Math.Abs(correlation)) * (random.NextDouble() - 0.5))),
            ];
        Weights =
        [
            .. common.Select(_ => seed % 3 == 0 ? 1 : random.NextExponential() * (seed % 3 == 1 && random.NextInt(8) == 0 ? -1 : 1)),
        ];
        _targets =
        [
            .. Classes.Take(classes).SelectMany(against =>
            {
                double loose = 0.97 - 0.2 * random.NextDouble();
                return Points.Select((point, i) => new WorkingPointTarget(against, point, Math.Round(loose - 0.2 * i, 3)));
            }),
        ];
        Settings = new WorkingPointSettings
        {
            Targets = _targets,
            Required = Classes.Take(classes).ToDictionary(against => against, _ => Points[random.NextInt(2)]),
            Tolerance = 1e-9,
            Decimals = 12,
        };
    }

    public ulong Seed { get; }

    public Dictionary<string, double[]> Scores { get; } = [];

    public double[] Weights { get; }

    public WorkingPointSettings Settings { get; }

    /// <summary>
    /// The share of weight that passes one target's threshold among the taus that pass what is required against the others, and one tau's
    /// share.
    /// </summary>
    public (double Share, double OneTau) Efficiency(int target, double[] thresholds)
    {
        double passed = 0, total = 0, largest = 0;
        string against = _targets[target].Against;
        for (int row = 0; row < Weights.Length; row++)
        {
            bool counts = true;
            for (int other = 0; other < _targets.Length; other++)
                if (_targets[other].Against != against && Settings.Required[_targets[other].Against] == _targets[other].Point)
                    counts &= Scores[_targets[other].Against][row] > thresholds[other];
            if (!counts) continue;
            total += Weights[row];
            largest = Math.Max(largest, Math.Abs(Weights[row]));
            if (Scores[against][row] > thresholds[target]) passed += Weights[row];
        }
        return (passed / total, largest / total);
    }

    /// <summary>The largest shortfall and the largest excess beyond one tau.</summary>
    public (double Shortfall, double Excess) Miss(double[] thresholds)
    {
        double shortfall = 0, excess = 0;
        for (int i = 0; i < _targets.Length; i++)
        {
            (double share, double oneTau) = Efficiency(i, thresholds);
            double above = share - _targets[i].Efficiency, beyond = Math.Max(0, Math.Abs(above) - oneTau - 1e-9);
            if (above < 0) shortfall = Math.Max(shortfall, beyond);
            else excess = Math.Max(excess, beyond);
        }
        return (shortfall, excess);
    }
}
