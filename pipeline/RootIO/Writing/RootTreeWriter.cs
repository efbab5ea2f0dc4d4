using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>A tree being written: takes batches, and holds at most one basket a branch in memory.</summary>
public sealed class RootTreeWriter
{
    private readonly List<BranchWriter> _branches;
    private readonly TreeOptions _options;

    // Of a branch that counts a table and of a table: the first column of the table.
    private readonly Dictionary<string, string> _counted, _first;

    internal RootTreeWriter(string name, Schema schema, IReadOnlyList<RootColumnShape> deep, TreeOptions options, RecordWriter records)
    {
        (Name, Schema, Deep, _options) = (name, schema, deep, options);
        _branches =
        [
            .. BranchPlan.Of(schema, options)
                .Concat(deep.Select(BranchPlan.Of))
                .Select(plan => new BranchWriter(plan, name, options.BasketBytes, records)),
        ];
        if (_branches.CountBy(branch => branch.Plan.Name).FirstOrDefault(same => same.Value > 1) is { Key: { } twice })
            throw RootErrors.TwoBranches(name, twice);
        _first = schema.Columns.Where(column => column.IsJagged).GroupBy(column => column.Table!, StringComparer.Ordinal)
            .ToDictionary(table => table.Key, table => table.First().Name, StringComparer.Ordinal);
        _counted = _branches.Where(branch => branch.Plan.CountsTable is not null)
            .ToDictionary(branch => branch.Plan.Name, branch => _first[branch.Plan.CountsTable!], StringComparer.Ordinal);
    }

    /// <summary>The tree's name.</summary>
    public string Name { get; }

    /// <summary>The columns it takes of a batch.</summary>
    public Schema Schema { get; }

    /// <summary>The columns it takes beside a batch: texts, and vectors of vectors of numbers.</summary>
    public IReadOnlyList<RootColumnShape> Deep { get; }

    /// <summary>Entries so far.</summary>
    public long Entries { get; private set; }

    internal IReadOnlyList<BranchWriter> Branches => _branches;
    internal string Title => _options.Title ?? Name;

    /// <summary>Appends all rows of a batch that has the tree's columns.</summary>
    /// <exception cref="StepFailed">A column is missing, has another type, or does not fit its table's counts or fixed length.</exception>
    public void Append(Batch batch) => Append(batch, []);

    /// <summary>Appends all rows of a batch that has the tree's columns, and as many entries of each column beside it.</summary>
    /// <exception cref="StepFailed">A column is missing, has another type or number of entries, does not fit its table, or a text has a
    /// zero byte.</exception>
    public void Append(Batch batch, IReadOnlyList<RootColumn> deep)
    {
        foreach (ColumnSpec expected in Schema.Columns) Check(expected, batch);
        Dictionary<string, RootColumn> byName = deep.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (RootColumnShape expected in Deep)
        {
            string? reason = byName.TryGetValue(expected.Name, out RootColumn? found)
                ? DeepEntries.WhyNot(found, expected, batch.Rows)
                : "none";
            if (reason is not null) throw RootErrors.OtherColumn(Name, expected, reason);
        }
        foreach (BranchWriter branch in _branches)
        {
            BranchPlan plan = branch.Plan;
            if (plan.IsDeep) branch.Append(byName[plan.Name]);
            else if (plan.CountsTable is { } table) branch.AppendCounts(Offsets(First(table, batch)));
            else branch.Append(batch[plan.Name]);
        }
        Entries += batch.Rows;
    }

    internal void Flush()
    {
        foreach (BranchWriter branch in _branches) branch.Flush();
    }

    private void Check(ColumnSpec expected, Batch batch)
    {
        Column column = batch[expected.Name];
        if (column.Spec.Type != expected.Type || column.Spec.IsJagged != expected.IsJagged)
            throw RootErrors.OtherColumn(Name, expected, column.Spec);
        if (expected.Table is { } table)
        {
            TableLayout layout = _options.LayoutOf(table);
            ReadOnlySpan<int> offsets = Offsets(column);
            if (layout.Kind == TableKind.Fixed && !IsSteady(offsets, layout.Length))
                throw RootErrors.OtherLength(Name, expected, $"{layout.Length} values in each row");
            if (layout.Kind == TableKind.Counted && !offsets.SequenceEqual(Offsets(First(table, batch))))
                throw RootErrors.OtherLength(Name, expected, $"as many values a row as '{First(table, batch).Spec.Name}'");
        }
        else if (_counted.TryGetValue(expected.Name, out string? counted) && !Counts(column, Offsets(batch[counted])))
            throw RootErrors.OtherLength(Name, expected, $"the number of values of '{batch[counted].Spec.Table}' in each row");
    }

    private Column First(string table, Batch batch) => batch[_first[table]];

    private static bool Counts(Column column, ReadOnlySpan<int> offsets)
    {
        double[] counts = column.ToDoubles();
        for (int i = 0; i < counts.Length; i++)
            if (counts[i] != offsets[i + 1] - offsets[i]) return false;
        return true;
    }

    private static bool IsSteady(ReadOnlySpan<int> offsets, int length)
    {
        for (int i = 0; i < offsets.Length; i++)
            if (offsets[i] != (long)i * length) return false;
        return true;
    }

    private static ReadOnlySpan<int> Offsets(Column column)
    {
        var reader = new OffsetsOf();
        column.Accept(reader);
        return reader.Offsets();
    }

    private sealed class OffsetsOf : IColumnVisitor
    {
        private static readonly int[] None = new int[1];

        public OffsetsGetter Offsets { get; private set; } = () => None;

        public void Visit<T>(Column<T> column) where T : unmanaged { }

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged => Offsets = () => column.Offsets;
    }

    private delegate ReadOnlySpan<int> OffsetsGetter();
}
