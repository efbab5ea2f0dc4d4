using System.Globalization;
using TauPipeline.Columns;

namespace TauPipeline.Host;

/// <summary>A column of any type as rows of bytes and of text, to be compared bit by bit.</summary>
internal sealed class ColumnRows : IColumnVisitor
{
    private const int MostShown = 8;
    private Func<int, (int From, int To)> _range = row => (row, row + 1);
    private Func<int, string> _value = _ => "";
    private readonly Column _column;

    public ColumnRows(Column column)
    {
        _column = column;
        column.Accept(this);
    }

    public void Visit<T>(Column<T> column) where T : unmanaged => _value = at => Text(column.Values[at]);

    public void Visit<T>(JaggedColumn<T> column) where T : unmanaged
    {
        _range = row => (column.Offsets[row], column.Offsets[row + 1]);
        _value = at => Text(column.Values[at]);
    }

    /// <summary>The first row that differs, or <see langword="null"/>; a row that only one has differs.</summary>
    public int? FirstOtherThan(ColumnRows other)
    {
        int both = Math.Min(_column.Rows, other._column.Rows);
        for (int row = 0; row < both; row++)
            if (!BytesOf(row).SequenceEqual(other.BytesOf(row))) return row;
        return _column.Rows == other._column.Rows ? null : both;
    }

    /// <summary>The values of a row.</summary>
    public string TextOf(int row)
    {
        if (row >= _column.Rows) return "no such row";
        (int from, int to) = _range(row);
        if (!_column.Spec.IsJagged) return _value(from);
        return $"[{string.Join(", ", Enumerable.Range(from, Math.Min(MostShown, to - from)).Select(_value))}{(to - from > MostShown ? $", … {to - from} values" : "")}]";
    }

    private ReadOnlySpan<byte> BytesOf(int row)
    {
        (int from, int to) = _range(row);
        int size = ColumnTypes.Size(_column.Spec.Type);
        return _column.Bytes[(from * size)..(to * size)];
    }

    private static string Text<T>(T value) where T : unmanaged => value switch
    {
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };
}
