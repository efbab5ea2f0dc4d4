using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Sends the rows of one dataset to the parts of the split, and accounts for each.</summary>
internal sealed class SplitSender(
    SplitSettings settings, ClassScheme classes, Dataset dataset, (IReadOnlyList<string> Names, SplitRule? ByHash) parts)
{
    private const string InNoPart = "in no part of the split", InNoRegion = "in no region of its dataset";

    private readonly RowRules _rules = new(settings.Rules, settings.Regions);

    /// <summary>The columns of the shards that are written.</summary>
    public Schema Written(Schema read) =>
        _rules.HasRegions ? new Schema(read.Columns.Append(new ColumnSpec(CandidateColumns.Region, ColumnType.Int32))) : read;

    /// <summary>Sends a batch whose first row has this number; a part without a writer takes no row of this dataset.</summary>
    public void Send(
        Batch batch, long first, HashSet<long> duplicates, IReadOnlyList<TupleShardWriter?> writers, RowLedger ledger)
    {
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> weight = batch.Flat<float>(CandidateColumns.Weight);
        int[] part = _rules.PartsOf(batch) ?? ByHash(batch);
        var rows = new List<int>[writers.Count];
        for (int i = 0; i < rows.Length; i++) rows[i] = [];
        for (int i = 0; i < batch.Rows; i++)
        {
            string @class = classes.Of(type[i]).Name;
            ledger.In(@class, 1, weight[i]);
            if (duplicates.Contains(first + i)) ledger.Dropped("duplicate candidate", @class, 1, weight[i]);
            else if (part[i] == ExclusiveRules.None) ledger.Dropped(InNoPart, @class, 1, weight[i]);
            else if (writers[part[i]] is null) ledger.Dropped(NotOf(part[i]), @class, 1, weight[i]);
            else rows[part[i]].Add(i);
        }
        for (int i = 0; i < rows.Length; i++)
            if (rows[i].Count > 0) Write(batch.Take([.. rows[i]]), parts.Names[i], writers[i]!, ledger);
    }

    private string NotOf(int part) => parts.ByHash is null
        ? $"in {parts.Names[part]}, which its dataset is not used for"
        : $"its event is in {parts.Names[part]} of the datasets that share it";

    private void Write(Batch batch, string part, TupleShardWriter writer, RowLedger ledger)
    {
        Batch written = _rules.HasRegions ? InRegions(batch, part, ledger) : batch;
        ReadOnlySpan<int> type = written.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> weight = written.Flat<float>(CandidateColumns.Weight);
        for (int i = 0; i < written.Rows; i++) ledger.Out(classes.Of(type[i]).Name, 1, weight[i], to: part);
        writer.Append(written);
    }

    private Batch InRegions(Batch batch, string part, RowLedger ledger)
    {
        int[] regions = _rules.RegionsOf(batch, dataset.Name, part);
        Batch known = batch.With(new Column<int>(CandidateColumns.Region, regions));
        if (!_rules.Asks(part) || !regions.Contains(ExclusiveRules.None)) return known;
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> weight = batch.Flat<float>(CandidateColumns.Weight);
        var stay = new List<int>();
        for (int i = 0; i < regions.Length; i++)
            if (regions[i] == ExclusiveRules.None) ledger.Dropped(InNoRegion, classes.Of(type[i]).Name, 1, weight[i]);
            else stay.Add(i);
        return known.Take([.. stay]);
    }

    private int[] ByHash(Batch batch)
    {
        ReadOnlySpan<uint> run = batch.Flat<uint>(CandidateColumns.Run), lumi = batch.Flat<uint>(CandidateColumns.Lumi);
        ReadOnlySpan<ulong> evt = batch.Flat<ulong>(CandidateColumns.Evt);
        var part = new int[batch.Rows];
        for (int i = 0; i < part.Length; i++) part[i] = parts.ByHash!.Of(run[i], lumi[i], evt[i]);
        return part;
    }
}
