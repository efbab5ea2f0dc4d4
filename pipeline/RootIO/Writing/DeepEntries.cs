using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>
/// Entries for which a batch has no column, as their bytes in a basket (spec sections 3.4 and 4.3); and whether a column of them is
/// whole.
/// </summary>
internal static class DeepEntries
{
    private const int CountBytes = sizeof(int);

    /// <summary>A C string: its length, then its bytes without an end.</summary>
    /// <returns>The length.</returns>
    public static int WriteText(RootWriter to, ReadOnlySpan<byte> text)
    {
        to.StringHead(text.Length).Bytes(text);
        return text.Length;
    }

    /// <summary>One head, then each inner vector as its count and its values.</summary>
    public static void WriteVectors(RootWriter to, RootColumn column, int entry)
    {
        ReadOnlySpan<int> lists = column.Offsets(0), values = column.Offsets(1);
        int first = lists[entry], end = lists[entry + 1], size = ColumnTypes.Size(column.Shape.Type);
        VectorHead.Write(to.Extend(VectorHead.Bytes), (end - first) * CountBytes + (values[end] - values[first]) * size, end - first);
        for (int list = first; list < end; list++)
        {
            ReadOnlySpan<byte> bytes = column.Bytes[(values[list] * size)..(values[list + 1] * size)];
            to.I32(values[list + 1] - values[list]);
            BigEndian.Swap(bytes, to.Extend(bytes.Length), size);
        }
    }

    /// <summary>What keeps a column from being written as that shape, or <see langword="null"/>.</summary>
    public static string? WhyNot(RootColumn column, RootColumnShape shape, int rows)
    {
        if (column.Shape.TypeName != shape.TypeName) return column.Shape.TypeName;
        if (column.Entries != rows) return $"{column.Entries} entries, where the batch has {rows}";
        int items = rows;
        for (int level = 0; level < shape.Levels; level++)
        {
            ReadOnlySpan<int> offsets = column.Offsets(level);
            if (offsets.Length != items + 1 || offsets[0] != 0 || Falls(offsets))
                return $"offsets of level {level} that do not cut {items} lists";
            items = offsets[^1];
        }
        if (items != column.ValueCount) return $"{column.ValueCount} values, where offsets end at {items}";
        return shape.IsText && column.Bytes.Contains((byte)0) ? "a text with a zero byte, where a C string ends" : null;
    }

    private static bool Falls(ReadOnlySpan<int> offsets)
    {
        for (int i = 1; i < offsets.Length; i++)
            if (offsets[i] < offsets[i - 1]) return true;
        return false;
    }
}
