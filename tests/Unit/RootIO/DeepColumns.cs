using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Texts and vectors of vectors of every value type, made from row numbers only, and a batch that they stand beside.</summary>
internal static class DeepColumns
{
    // Lengths around the one from which on a text's length is written in five bytes.
    private static readonly int[] LongTexts = [253, 254, 255, 256, 700];

    public static IReadOnlyList<RootColumnShape> Shapes => [.. Of(0, 0).Select(column => column.Shape)];

    /// <summary>The text of a row: empty ones, long ones, and such that are not ASCII.</summary>
    public static string Text(int row) =>
        (row % 11) switch
        {
            0 => "",
            1 => $"τ-{row} → π⁺",
            2 => new string((char)('a' + row % 26), LongTexts[row / 11 % LongTexts.Length]),
            _ => $"event {row}",
        };

    /// <summary>Rows first to first + rows.</summary>
    public static IReadOnlyList<RootColumn> Of(int first, int rows)
    {
        int[] row = [.. Enumerable.Range(first, rows)];
        // JSROOT is 2^32 off for negative 64-bit numbers whose lower half has no top bit; ours have.
        return
        [
            RootColumn.OfTexts("name", [.. row.Select(Text)]),
            Nested("f32", row, (i, k) => i + k / 8f),
            Nested("f64", row, (i, k) => i - k / 3.0),
            Nested("i8", row, (_, k) => (sbyte)(k % 3 - 1)),
            Nested("u8", row, (i, k) => (byte)(i + k)),
            Nested("i16", row, (i, k) => (short)(k * 11 - i)),
            Nested("u16", row, (i, k) => (ushort)(k + i)),
            Nested("i32", row, (i, k) => i * 100 - k),
            Nested("u32", row, (i, k) => 3_000_000_000u + (uint)(i + k)),
            Nested("i64", row, (i, k) => -((long)i << 35) - k - 1),
            Nested("u64", row, (i, k) => (ulong)i << 35 | (uint)k),
            Nested("flag", row, (i, k) => (i ^ k) % 2 == 1),
        ];
    }

    /// <summary>A flat column and one counted by another branch.</summary>
    public static Batch Beside(int first, int rows)
    {
        int[] row = [.. Enumerable.Range(first, rows)];
        var offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + row[i] % 3;
        return new Batch([
            new Column<int>("id", row),
            new JaggedColumn<float>(
                "Tau_pt",
                "Tau",
                offsets,
                row.SelectMany(i => Enumerable.Range(0, i % 3).Select(k => i + k * 0.5f)).ToArray()),
        ]);
    }

    // No list, empty lists, and lists of up to four values.
    private static RootColumn<T> Nested<T>(string name, int[] rows, Func<int, int, T> value) where T : unmanaged
    {
        List<int> outer = [0], inner = [0];
        List<T> values = [];
        foreach (int row in rows)
        {
            for (int list = 0; list < row % 4; list++)
            {
                for (int k = 0; k < (row + list * 3) % 5; k++) values.Add(value(row, list * 10 + k));
                inner.Add(values.Count);
            }
            outer.Add(inner.Count - 1);
        }
        return new RootColumn<T>(
            RootColumnShape.OfNestedVectors(name, ColumnTypes.Of<T>()),
            rows.Length,
            [outer.ToArray(), inner.ToArray()],
            values.ToArray());
    }
}
