using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Rows of a batch that go to one part of the split.</summary>
/// <param name="Part">The part's place among all.</param>
/// <param name="Rows">Their numbers in the batch.</param>
/// <param name="Regions">The region of each, where the campaign has regions.</param>
internal sealed record PlacedRows(int Part, IReadOnlyList<int> Rows, IReadOnlyList<int> Regions);

/// <summary>Tells to which part of the split each row of a dataset goes, or why to none.</summary>
/// <param name="settings">The split.</param>
/// <param name="dataset">The dataset.</param>
/// <param name="parts">All parts, and the hash of events that tells them apart, unless rules do.</param>
internal sealed class SplitPlaces(SplitSettings settings, Dataset dataset, (IReadOnlyList<string> Names, SplitRule? ByHash) parts)
{
    private const string InNoPart = "in no part of the split", InNoRegion = "in no region of its dataset";

    private readonly RowRules _rules = new(settings.Rules, settings.Regions);
    private readonly bool[] _isOfDataset = [.. parts.Names.Select(settings.PartsOf(dataset.Use).Contains)];

    /// <summary>All parts.</summary>
    public IReadOnlyList<string> Names => parts.Names;

    /// <summary>Whether rows have regions.</summary>
    public bool HasRegions => _rules.HasRegions;

    /// <summary>
    /// The rows of a batch by part; the first of them has the number <paramref name="first"/> in its file. What goes nowhere is told, with
    /// the reason.
    /// </summary>
    public IEnumerable<PlacedRows> Of(Batch batch, long first, HashSet<long> duplicates, Action<int, string> leftOut)
    {
        int[] part = _rules.PartsOf(batch) ?? ByHash(batch);
        var rows = new List<int>[parts.Names.Count];
        for (int i = 0; i < rows.Length; i++) rows[i] = [];
        for (int i = 0; i < batch.Rows; i++)
        {
            if (duplicates.Contains(first + i)) leftOut(i, "duplicate candidate");
            else if (part[i] == ExclusiveRules.None) leftOut(i, InNoPart);
            else if (!_isOfDataset[part[i]]) leftOut(i, NotOf(part[i]));
            else rows[part[i]].Add(i);
        }
        for (int i = 0; i < rows.Length; i++)
            if (rows[i].Count > 0) yield return InRegions(batch, new PlacedRows(i, rows[i], []), leftOut);
    }

    private string NotOf(int part) => parts.ByHash is null
        ? $"in {parts.Names[part]}, which its dataset is not used for"
        : $"its event is in {parts.Names[part]} of the datasets that share it";

    private PlacedRows InRegions(Batch batch, PlacedRows placed, Action<int, string> leftOut)
    {
        if (!HasRegions) return placed;
        string part = parts.Names[placed.Part];
        int[] regions = _rules.RegionsOf(batch.Take([.. placed.Rows]), dataset.Name, part);
        if (!_rules.Asks(part)) return placed with { Regions = regions };
        (int Row, int Region)[] all = [.. placed.Rows.Zip(regions)];
        foreach ((int row, int region) in all)
            if (region == ExclusiveRules.None) leftOut(row, InNoRegion);
        all = [.. all.Where(one => one.Region != ExclusiveRules.None)];
        return new PlacedRows(placed.Part, [.. all.Select(one => one.Row)], [.. all.Select(one => one.Region)]);
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
