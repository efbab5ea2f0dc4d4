using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Sends the rows of one dataset to the parts of the split, but for those beyond a cap, and accounts for each.</summary>
internal sealed class SplitSender(SplitPlaces places, ClassScheme classes, IReadOnlyList<TupleShardWriter?> writers)
{
    /// <summary>No caps.</summary>
    public static IReadOnlyDictionary<string, (BinCap Cap, SortedDictionary<int, ulong> Limits)> NoCaps { get; } =
        new Dictionary<string, (BinCap, SortedDictionary<int, ulong>)>();

    /// <summary>The caps of parts that have one, with what they leave of each cell.</summary>
    public IReadOnlyDictionary<string, (BinCap Cap, SortedDictionary<int, ulong> Limits)> Caps { get; init; } = NoCaps;

    /// <summary>The columns of the shards that are written.</summary>
    public Schema Written(Schema read) =>
        places.HasRegions ? new Schema(read.Columns.Append(new ColumnSpec(CandidateColumns.Region, ColumnType.Int32))) : read;

    /// <summary>Sends a batch whose first row has this number.</summary>
    public void Send(Batch batch, long first, HashSet<long> duplicates, RowLedger ledger)
    {
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> weight = batch.Flat<float>(CandidateColumns.Weight);
        for (int i = 0; i < batch.Rows; i++) ledger.In(classes.Of(type[i]).Name, 1, weight[i]);
        foreach (PlacedRows placed in places.Of(batch, first, duplicates, LeftOut))
        {
            string part = places.Names[placed.Part];
            HashSet<int> beyond = Caps.TryGetValue(part, out (BinCap Cap, SortedDictionary<int, ulong> Limits) cap)
                ? [.. cap.Cap.Beyond(cap.Limits, batch, placed.Rows)] : [];
            foreach (int row in beyond) LeftOut(row, $"beyond the cap of its bin in {part}");
            int[] stay = [.. Enumerable.Range(0, placed.Rows.Count).Where(i => !beyond.Contains(placed.Rows[i]))];
            if (stay.Length > 0) Write(batch, placed, stay, ledger);
        }

        void LeftOut(int row, string why) => ledger.Dropped(
            why, classes.Of(batch.Flat<int>(CandidateColumns.Type)[row]).Name, 1, batch.Flat<float>(CandidateColumns.Weight)[row]);
    }

    private void Write(Batch batch, PlacedRows placed, int[] stay, RowLedger ledger)
    {
        Batch written = batch.Take([.. stay.Select(i => placed.Rows[i])]);
        if (places.HasRegions)
            written = written.With(new Column<int>(CandidateColumns.Region, stay.Select(i => placed.Regions[i]).ToArray()));
        ReadOnlySpan<int> type = written.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> weight = written.Flat<float>(CandidateColumns.Weight);
        for (int i = 0; i < written.Rows; i++) ledger.Out(classes.Of(type[i]).Name, 1, weight[i], to: places.Names[placed.Part]);
        writers[placed.Part]!.Append(written);
    }
}
