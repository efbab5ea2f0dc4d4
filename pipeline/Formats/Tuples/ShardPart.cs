using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>Some rows of a shard being read; the columns of a table share their offsets.</summary>
internal sealed class ShardPart(ShardDatasets datasets, long first, int rows)
{
    private readonly Dictionary<string, (long First, int[] Offsets)> _tables = new(StringComparer.Ordinal);

    public Column Column(ColumnSpec spec) => spec.Type switch
    {
        ColumnType.Bool => Column<bool>(spec),
        ColumnType.Int8 => Column<sbyte>(spec),
        ColumnType.UInt8 => Column<byte>(spec),
        ColumnType.Int16 => Column<short>(spec),
        ColumnType.UInt16 => Column<ushort>(spec),
        ColumnType.Int32 => Column<int>(spec),
        ColumnType.UInt32 => Column<uint>(spec),
        ColumnType.Int64 => Column<long>(spec),
        ColumnType.UInt64 => Column<ulong>(spec),
        ColumnType.Float32 => Column<float>(spec),
        ColumnType.Float64 => Column<double>(spec),
        _ => throw new Defect($"no shard holds {spec.Type}"),
    };

    private Column Column<T>(ColumnSpec spec) where T : unmanaged
    {
        if (spec.Table is null) return new Column<T>(spec.Name, datasets.Values(spec).Read<T>(first, rows));
        (long begin, int[] offsets) = Table(spec.Table);
        return new JaggedColumn<T>(spec.Name, spec.Table, offsets, datasets.Values(spec).Read<T>(begin, offsets[^1]));
    }

    private (long First, int[] Offsets) Table(string table)
    {
        if (_tables.TryGetValue(table, out (long, int[]) known)) return known;
        long[] absolute = datasets.Offsets(table).Read<long>(first, rows + 1);
        var offsets = new int[absolute.Length];
        for (int i = 1; i < offsets.Length; i++)
        {
            if (absolute[i] < absolute[i - 1])
                throw FormatErrors.Damaged(
                    datasets.File,
                    $"the offsets of '{table}' fall",
                    $"{absolute[i - 1]}, {absolute[i]} at row {first + i - 1}");
            if (absolute[i] - absolute[0] > Array.MaxLength)
                throw FormatErrors.Damaged(datasets.File, $"{rows} rows of '{table}' are too many values", $"{absolute[i] - absolute[0]}");
            offsets[i] = (int)(absolute[i] - absolute[0]);
        }
        return _tables[table] = (absolute[0], offsets);
    }
}
