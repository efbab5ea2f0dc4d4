using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// Entries with lists of candidates, as one row a candidate: a list of such candidates gives its values, a number of the entry is repeated
/// for each of them.
/// </summary>
internal sealed class ElementRows
{
    private readonly int[] _entries;

    /// <summary>Rows for the elements of one of the lists of <paramref name="entries"/>.</summary>
    public ElementRows(Batch entries, string list)
    {
        int[] offsets = OffsetsOf(entries[list]);
        (_entries, Index) = (new int[offsets[^1]], new int[offsets[^1]]);
        for (int entry = 0; entry < entries.Rows; entry++)
            for (int k = offsets[entry]; k < offsets[entry + 1]; k++) (_entries[k], Index[k]) = (entry, k - offsets[entry]);
    }

    /// <summary>The entry that each row is from, from 0.</summary>
    public ReadOnlySpan<int> Entries => _entries;

    /// <summary>The place of each row in its entry's list.</summary>
    public int[] Index { get; }

    public int Count => _entries.Length;

    /// <summary>The number of each row's entry in its file.</summary>
    public long[] EntryNumbers(long firstEntry) => Array.ConvertAll(_entries, entry => firstEntry + entry);

    /// <summary>A column of the candidates' own lists, flat.</summary>
    public static Column Flat(Column list) => new Flattened(list).Column;

    /// <summary>A column of the entries, repeated for their rows.</summary>
    public Column Repeated(Column ofEntries) => ofEntries.Take(_entries);

    /// <summary>Where the list of each entry begins, and the last one ends; of a flat column no more than 0.</summary>
    public static int[] OffsetsOf(Column column) => new ListOffsets(column).Offsets;

    private sealed class ListOffsets : IColumnVisitor
    {
        public ListOffsets(Column column) => column.Accept(this);

        public int[] Offsets { get; private set; } = [0];

        public void Visit<T>(Column<T> column) where T : unmanaged { }

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged => Offsets = column.Offsets.ToArray();
    }

    private sealed class Flattened : IColumnVisitor
    {
        public Flattened(Column column) => column.Accept(this);

        public Column Column { get; private set; } = null!;

        public void Visit<T>(Column<T> column) where T : unmanaged => Column = column;

        public void Visit<T>(JaggedColumn<T> column)
            where T : unmanaged => Column = new Column<T>(column.Spec.Name, column.Values.ToArray());
    }
}
