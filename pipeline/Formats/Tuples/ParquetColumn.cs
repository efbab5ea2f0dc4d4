using Parquet;
using Parquet.Schema;
using TauPipeline.Columns;

namespace TauPipeline.Formats;

/// <summary>
/// One column of a row group, with Parquet's levels: how far a value is defined (a list that is there, an element in it, a number that is
/// not missing), and whether it begins a row (0) or goes on in its list (1).
/// </summary>
internal sealed class ParquetColumn(ParquetRowGroupWriter group, DataField field, CancellationToken cancellation) : IColumnVisitor
{
    /// <summary>Whether values of a type may be missing, and are null then; of floats NaN says so itself.</summary>
    public static bool MayBeNull(ColumnType type) => Missing.In(type) && type is not (ColumnType.Float32 or ColumnType.Float64);

    public void Visit<T>(Column<T> column) where T : unmanaged
    {
        T[] values = column.Values.ToArray();
        if (field.MaxDefinitionLevel == 0) Write(values, null, null);
        else Write(Present(values), Levels<T>(values), null);
    }

    public void Visit<T>(JaggedColumn<T> column) where T : unmanaged
    {
        ReadOnlySpan<int> offsets = column.Offsets;
        T[] values = column.Values[offsets[0]..offsets[^1]].ToArray();
        int[] ofValues = Levels<T>(values);
        // A list without elements is defined as far as the list itself.
        int ofEmpty = field.MaxDefinitionLevel - (field.IsNullable ? 2 : 1);
        var definitions = new List<int>(ofValues.Length + offsets.Length);
        var repetitions = new List<int>(ofValues.Length + offsets.Length);
        for (int row = 0; row + 1 < offsets.Length; row++)
        {
            if (offsets[row] == offsets[row + 1]) Add(ofEmpty, 0);
            for (int at = offsets[row]; at < offsets[row + 1]; at++) Add(ofValues[at - offsets[0]], at == offsets[row] ? 0 : 1);
        }
        Write(field.IsNullable ? Present(values) : values, definitions.ToArray(), repetitions.ToArray());

        void Add(int definition, int repetition)
        {
            definitions.Add(definition);
            repetitions.Add(repetition);
        }
    }

    private static T[] Present<T>(T[] values) where T : unmanaged
    {
        return Array.FindAll(values, value => !Missing.Is(value));
    }

    private int[] Levels<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        var levels = new int[values.Length];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = field.MaxDefinitionLevel - (field.IsNullable && Missing.Is(values[i]) ? 1 : 0);
        return levels;
    }

    private void Write<T>(T[] values, int[]? definitions, int[]? repetitions) where T : unmanaged =>
        group.WriteAllPartsAsync<T>(
            field,
            values,
            definitions is null ? null : (ReadOnlyMemory<int>?)definitions,
            repetitions is null ? null : (ReadOnlyMemory<int>?)repetitions,
            cancellation).GetAwaiter().GetResult();
}
