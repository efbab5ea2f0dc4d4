using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Rows of scored shards as arrays: what a ROC curve or a threshold is made of.</summary>
internal sealed class ScoredRows(
    ClassScheme classes,
    IReadOnlyList<Discriminator> discriminators,
    RowWeight weight,
    IReadOnlyList<EfficiencyVariable> variables)
{
    private readonly List<double[]> _weights = [], _pt = [], _eta = [];
    private readonly List<int[]> _modes = [], _datasets = [];
    private readonly List<ulong[]> _events = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, List<double[]>> _values = variables.ToDictionary(one => one.Name, _ => new List<double[]>());
    private readonly Dictionary<(string Discriminator, TauClass Against), List<double[]>> _scores = [];
    private readonly Dictionary<(string Discriminator, TauClass Against), List<long[]>> _points = [];

    /// <summary>Adds rows of a dataset, already selected.</summary>
    public void Add(string dataset, Batch rows)
    {
        if (!_names.Contains(dataset)) _names.Add(dataset);
        _datasets.Add([.. Enumerable.Repeat(_names.IndexOf(dataset), rows.Rows)]);
        _events.Add(EventKeys.Of(rows, (ulong)_names.IndexOf(dataset)));
        _weights.Add(weight.Of(rows));
        _pt.Add(rows[CandidateColumns.Pt].ToDoubles());
        _eta.Add(rows[CandidateColumns.Eta].ToDoubles());
        _modes.Add(rows.Flat<int>(CandidateColumns.DecayMode).ToArray());
        foreach (EfficiencyVariable variable in variables) _values[variable.Name].Add(variable.Value.Flat(rows));
        foreach (Discriminator one in discriminators)
            foreach (TauClass against in classes.Backgrounds)
            {
                if (one.Has(against)) Of(_scores, (one.Name, against)).Add(one.Score(classes, against, rows));
                if (one.Points.TryGetValue(against, out StoredPoints? points))
                    Of(_points, (one.Name, against))
                        .Add([.. rows[points.Column].ToDoubles().Select(value => double.IsNaN(value) ? -1 : (long)value)]);
            }
    }

    public int Rows => _pt.Sum(part => part.Length);
    public double[] Weights => Joined(_weights);
    public double[] Pt => Joined(_pt);
    public double[] Eta => Joined(_eta);
    public int[] DecayModes => Joined(_modes);

    /// <summary>The datasets that rows come from; <see cref="Datasets"/> has each row's place in it.</summary>
    public IReadOnlyList<string> DatasetNames => _names;
    public int[] Datasets => Joined(_datasets);

    /// <summary>The value of a variable for each row.</summary>
    public double[] Values(EfficiencyVariable variable) => Joined(_values[variable.Name]);

    /// <summary>A number for each row that those of its event share.</summary>
    public ulong[] Events => Joined(_events);

    /// <summary>
    /// The score against a class, not a number where a row has none; <see langword="null"/> if the discriminator has none at all.
    /// </summary>
    public double[]? Scores(string discriminator, TauClass against) =>
        _scores.TryGetValue((discriminator, against), out List<double[]>? parts) ? Joined(parts) : null;

    /// <summary>The stored working points against a class, -1 where a row has none, or <see langword="null"/>.</summary>
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

    private static List<T> Of<T>(Dictionary<(string, TauClass), List<T>> map, (string, TauClass) key)
    {
        if (!map.TryGetValue(key, out List<T>? list)) map[key] = list = [];
        return list;
    }
}
