using System.Globalization;
using System.Text;
using TauPipeline.Columns;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// Mean and spread of the inputs, and weights of the classes, of rows that go into files for training elsewhere, as umami-preprocessing
/// gives them (section 7): missing values left out, constituents counted one by one, in double precision.
/// </summary>
internal sealed class TrainingNorm(IReadOnlyList<TrainingTable> tables)
{
    // Numbers that name something and are no class.
    private static readonly string[] NoClasses = ["VertexIndex", "ftagTruthParentBarcode", "barcode", "eventNumber", "jetFoldHash"];

    private readonly Dictionary<(string Table, string Input), Moments> _moments = [];
    private readonly Dictionary<(string Table, string Label), LabelCounts> _labels = [];

    /// <summary>Adds rows.</summary>
    public void Add(Batch rows)
    {
        foreach (TrainingTable table in tables)
        {
            foreach (string input in table.Inputs)
                _moments[(table.Name, input)] =
                    _moments.GetValueOrDefault((table.Name, input)).And(rows[table.ColumnOf(input)].ToDoubles());
            if (table.IsRows) Count((table.Name, "flavour_label"), rows[CandidateColumns.Type]);
            foreach (string label in table.Labels.Where(label => IsClass(label, rows[table.ColumnOf(label)])))
                Count((table.Name, label), rows[table.ColumnOf(label)]);
        }
    }

    /// <summary><c>norm_dict.yaml</c>: <c>table: {input: {mean, std}}</c>, in the campaign's order.</summary>
    /// <exception cref="Foundation.StepFailed">An input is the same everywhere, or infinite somewhere.</exception>
    public string Norm()
    {
        var yaml = new StringBuilder();
        foreach (TrainingTable table in tables)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"{table.Name}:\n");
            foreach (string input in table.Inputs)
            {
                Moments of = _moments.GetValueOrDefault((table.Name, input));
                if (of.Infinite > 0 || !(of.StandardDeviation > 0)) throw StageErrors.NoNorm(table.ColumnOf(input), of);
                yaml.Append(CultureInfo.InvariantCulture, $"  {input}:\n    mean: {of.Mean:R}\n    std: {of.StandardDeviation:R}\n");
            }
        }
        return yaml.ToString();
    }

    /// <summary><c>class_dict.yaml</c>: for each label the weights of its values in their order, which stand beside them.</summary>
    public string Classes()
    {
        var yaml = new StringBuilder();
        foreach (IGrouping<string, KeyValuePair<(string Table, string Label), LabelCounts>> table in _labels
            .GroupBy(one => one.Key.Table))
        {
            yaml.Append(CultureInfo.InvariantCulture, $"{table.Key}:\n");
            foreach (((_, string label), LabelCounts counts) in table)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"  {label}:\n");
                foreach ((long value, double weight) in Weights(counts.Sorted))
                    yaml.Append(CultureInfo.InvariantCulture, $"  - {weight:0.0#}  # {value}\n");
            }
        }
        return yaml.ToString();
    }

    // (total / count) over the smallest of these, in two decimals.
    private static IEnumerable<(long Value, double Weight)> Weights(SortedDictionary<long, long> counts)
    {
        double total = counts.Values.Sum(), smallest = total / counts.Values.Max();
        return counts.Select(one => (one.Key, Math.Round(total / one.Value / smallest, 2)));
    }

    private static bool IsClass(string label, Column column) =>
        column.Spec.Type is not (ColumnType.Float32 or ColumnType.Float64 or ColumnType.Bool)
        && !NoClasses.Any(word => label.Contains(word, StringComparison.Ordinal));

    private void Count((string, string) key, Column column)
    {
        if (!_labels.TryGetValue(key, out LabelCounts? counts)) _labels[key] = counts = new LabelCounts();
        counts.Add(column.ToDoubles());
    }

    /// <summary>How often each value came; the usual ones, which are small, in an array.</summary>
    private sealed class LabelCounts
    {
        private const int Small = 1024;

        private readonly long[] _small = new long[2 * Small];
        private readonly SortedDictionary<long, long> _others = [];

        public SortedDictionary<long, long> Sorted
        {
            get
            {
                var all = new SortedDictionary<long, long>(_others);
                for (int i = 0; i < _small.Length; i++)
                    if (_small[i] > 0) all[i - Small] = _small[i];
                return all;
            }
        }

        public void Add(double[] values)
        {
            foreach (double value in values)
            {
                if (double.IsNaN(value)) continue;
                if (value is >= -Small and < Small) _small[(int)value + Small]++;
                else _others[(long)value] = _others.GetValueOrDefault((long)value) + 1;
            }
        }
    }
}
