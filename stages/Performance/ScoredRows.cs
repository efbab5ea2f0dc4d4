using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Rows of scored shards as arrays: what a ROC curve or a threshold is made of.</summary>
internal sealed class ScoredRows
{
    private readonly ClassScheme _classes;
    private readonly IReadOnlyList<Discriminator> _discriminators;
    private readonly List<double[]> _weights = [], _pt = [], _eta = [];
    private readonly List<int[]> _modes = [];
    private readonly Dictionary<(string Discriminator, TauClass Against), List<double[]>> _scores = [];
    private readonly Dictionary<(string Discriminator, TauClass Against), List<long[]>> _points = [];

    public ScoredRows(ClassScheme classes, IReadOnlyList<Discriminator> discriminators) => (_classes, _discriminators) = (classes, discriminators);

    /// <summary>Adds rows already selected.</summary>
    public void Add(Batch rows)
    {
        _weights.Add(rows[CandidateColumns.Weight].ToDoubles());
        _pt.Add(rows[CandidateColumns.Pt].ToDoubles());
        _eta.Add(rows[CandidateColumns.Eta].ToDoubles());
        _modes.Add(rows.Flat<int>(CandidateColumns.DecayMode).ToArray());
        foreach (Discriminator one in _discriminators)
            foreach (TauClass against in _classes.Backgrounds)
            {
                if (one.Has(against)) Of(_scores, (one.Name, against)).Add(Score(one, against, rows));
                if (one.Points.TryGetValue(against, out StoredPoints? points))
                    Of(_points, (one.Name, against)).Add([.. rows[points.Column].ToDoubles().Select(value => double.IsNaN(value) ? -1 : (long)value)]);
            }
    }

    public int Rows => _pt.Sum(part => part.Length);
    public double[] Weights => Joined(_weights);
    public double[] Pt => Joined(_pt);
    public double[] Eta => Joined(_eta);
    public int[] DecayModes => Joined(_modes);

    /// <summary>The score against a type, or <see langword="null"/> if the discriminator has none, or a row lacks it.</summary>
    public double[]? Scores(string discriminator, TauClass against)
    {
        if (!_scores.TryGetValue((discriminator, against), out List<double[]>? parts)) return null;
        double[] scores = Joined(parts);
        return scores.Any(double.IsNaN) ? null : scores;
    }

    /// <summary>The stored working points against a type, or <see langword="null"/>; -1 where a row has none.</summary>
    public long[]? Points(string discriminator, TauClass against) =>
        _points.TryGetValue((discriminator, against), out List<long[]>? parts) ? Joined(parts) : null;

    // The parts become one the first time they are asked for, and stay so.
    private static T[] Joined<T>(List<T[]> parts)
    {
        if (parts.Count == 1) return parts[0];
        T[] whole = [.. parts.SelectMany(part => part)];
        parts.Clear();
        parts.Add(whole);
        return whole;
    }

    private double[] Score(Discriminator one, TauClass against, Batch rows) => one.IsNetwork
        ? ScoreVs.Of(_classes, against, rows)
        : one.Scores[against].Flat(rows);

    private static List<T> Of<T>(Dictionary<(string, TauClass), List<T>> map, (string, TauClass) key)
    {
        if (!map.TryGetValue(key, out List<T>? list)) map[key] = list = [];
        return list;
    }
}
