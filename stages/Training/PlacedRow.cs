using TauPipeline.Columns;

namespace TauPipeline.Stages;

/// <summary>Consecutive rows of a sample, and the number of the first one in it.</summary>
internal sealed record PlacedBatch(Batch Rows, long First);

/// <summary>One row of them.</summary>
internal readonly record struct PlacedRow(PlacedBatch Among, int Index)
{
    /// <summary>Its number in the sample.</summary>
    public long Number => Among.First + Index;
}

/// <summary>Gathers rows from many places into batches. For one thread at a time.</summary>
internal sealed class RowGathering
{
    private BatchBuilder? _builder;

    /// <summary>These rows, in this order.</summary>
    public Batch Of(ReadOnlySpan<PlacedRow> rows)
    {
        _builder ??= new BatchBuilder(rows[0].Among.Rows.Schema);
        foreach (PlacedRow row in rows) _builder.Append(row.Among.Rows, row.Index);
        return _builder.Build();
    }
}
