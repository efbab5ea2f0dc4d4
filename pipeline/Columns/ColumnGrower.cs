using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>One column that is being collected from many batches.</summary>
internal abstract class ColumnGrower(ColumnSpec spec)
{
    protected ColumnSpec Spec => spec;

    /// <summary>The column of that batch which we collect.</summary>
    /// <exception cref="StepFailed">There is none, or it has another type.</exception>
    public Column In(Batch batch)
    {
        Column column = batch[spec.Name];
        bool fits = column.Spec.Type == spec.Type && column.Spec.IsJagged == spec.IsJagged;
        return fits ? column : throw ColumnErrors.OtherType(column.Spec, spec.TypeName);
    }

    /// <summary>
    /// Adds these rows, so many together; <paramref name="sources"/> are what <see cref="In"/> gave. They come source by source: a
    /// block to be mixed is larger than any cache, what is made of a part of it is not.
    /// </summary>
    public abstract void Append(ReadOnlySpan<Column> sources, NotedRows noted);

    /// <summary>What was collected; starts again from nothing.</summary>
    public abstract Column Finish();

    public static ColumnGrower Of(ColumnSpec spec) => spec.Type switch
    {
        ColumnType.Bool => Of<bool>(spec),
        ColumnType.Int8 => Of<sbyte>(spec),
        ColumnType.UInt8 => Of<byte>(spec),
        ColumnType.Int16 => Of<short>(spec),
        ColumnType.UInt16 => Of<ushort>(spec),
        ColumnType.Int32 => Of<int>(spec),
        ColumnType.UInt32 => Of<uint>(spec),
        ColumnType.Int64 => Of<long>(spec),
        ColumnType.UInt64 => Of<ulong>(spec),
        ColumnType.Float32 => Of<float>(spec),
        ColumnType.Float64 => Of<double>(spec),
        _ => throw new Defect($"no builder for columns of {spec.Type}"),
    };

    private static ColumnGrower Of<T>(ColumnSpec spec)
        where T : unmanaged => spec.IsJagged ? new JaggedGrower<T>(spec) : new FlatGrower<T>(spec);

    private sealed class FlatGrower<T>(ColumnSpec spec) : ColumnGrower(spec) where T : unmanaged
    {
        private readonly GrowingArray<T> _values = new();

        public override void Append(ReadOnlySpan<Column> sources, NotedRows noted)
        {
            Span<T> target = _values.Extend(noted.Rows);
            for (int source = 0; source < sources.Length; source++)
            {
                ReadOnlySpan<T> values = ((Column<T>)sources[source]).Values;
                Gather(values, noted.SinglesOf(source), target);
                foreach (RowRun run in noted.RunsOf(source)) values.Slice(run.First, run.Count).CopyTo(target[run.Target..]);
            }
        }

        // As little as can be between one load and the next: what waits is memory, and several of them wait at once.
        private static void Gather(ReadOnlySpan<T> values, ReadOnlySpan<RowMove> singles, Span<T> target)
        {
            foreach (RowMove row in singles) target[row.To] = values[row.From];
        }

        public override Column Finish() => new Column<T>(Spec.Name, _values.Finish());
    }

    private sealed class JaggedGrower<T>(ColumnSpec spec) : ColumnGrower(spec) where T : unmanaged
    {
        private readonly GrowingArray<int> _ends = new();
        private readonly GrowingArray<T> _values = new();

        public override void Append(ReadOnlySpan<Column> sources, NotedRows noted)
        {
            if (_ends.Count == 0) _ends.Extend(1)[0] = 0;
            Span<int> ends = _ends.Extend(noted.Rows);
            foreach (RowRun run in noted.All)
            {
                ReadOnlySpan<int> offsets = Of(sources, run).Offsets.Slice(run.First, run.Count + 1);
                for (int i = 0; i < run.Count; i++) ends[run.Target + i] = offsets[i + 1] - offsets[i];
            }
            int before = _values.Count, end = before;
            foreach (ref int one in ends) one = end += one;
            Span<T> target = _values.Extend(end - before);
            foreach (RowRun run in noted.All)
            {
                JaggedColumn<T> column = Of(sources, run);
                int start = run.Target == 0 ? before : ends[run.Target - 1];
                column.Values[column.Offsets[run.First]..column.Offsets[run.First + run.Count]].CopyTo(target[(start - before)..]);
            }
        }

        private static JaggedColumn<T> Of(ReadOnlySpan<Column> sources, RowRun run) => (JaggedColumn<T>)sources[run.Source];

        public override Column Finish()
        {
            if (_ends.Count == 0) _ends.Extend(1)[0] = 0;
            return new JaggedColumn<T>(Spec.Name, Spec.Table!, _ends.Finish(), _values.Finish());
        }
    }
}
