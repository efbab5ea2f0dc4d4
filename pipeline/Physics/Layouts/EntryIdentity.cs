using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>
/// Events told apart by their file and entry, for files that lack a run, luminosity section or event number: the file's name in
/// its campaign gives run and section (64 bits of its hash), the entry is the event. The same event in two files is then two.
/// </summary>
/// <param name="columns">The layout's columns of run, luminosity section and event.</param>
/// <param name="origin">The file's name in its campaign: dataset and entry of the manifest, never a place on a machine.</param>
public sealed class EntryIdentity(IReadOnlyList<string> columns, string origin)
{
    private readonly ulong _file = ContentHash.Of(origin).A;

    /// <summary>The table's columns with these, in place of what it may have of them.</summary>
    public Schema In(Schema table) => new(
    [
        .. table.Columns.Where(column => !columns.Contains(column.Name)),
        new(columns[0], ColumnType.UInt32), new(columns[1], ColumnType.UInt32), new(columns[2], ColumnType.UInt64),
    ]);

    /// <summary>The entries with these columns.</summary>
    public Batch In(Batch entries, long firstEntry)
    {
        var numbers = new ulong[entries.Rows];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (ulong)(firstEntry + i);
        return entries.With(LayoutColumns.Constant(columns[0], (uint)(_file >> 32), entries.Rows),
            LayoutColumns.Constant(columns[1], (uint)_file, entries.Rows), new Column<ulong>(columns[2], numbers));
    }
}
