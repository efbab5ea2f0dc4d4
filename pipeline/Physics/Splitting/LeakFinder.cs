using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>An event that stands in two parts of a split, and the dataset that it comes from in each.</summary>
public sealed record Leak(string First, string FirstDataset, string Second, string SecondDataset, uint Run, uint Lumi, ulong Evt);

/// <summary>
/// Finds what stands in more than one part. Among datasets that hold the same events (and so within a dataset) an event is
/// told by (run, lumi, event) alone, whatever its candidates; among all others by a candidate of the same kinematics too.
/// Memory is bounded: many rows are looked at in several passes over ranges of their keys.
/// </summary>
/// <param name="memory">About how many bytes may be held.</param>
/// <param name="datasets">Each dataset by its index: its name, and the name of the numbering that its events share with others.</param>
/// <param name="charge">The column of the candidate's charge, if all parts have it.</param>
public sealed class LeakFinder(long memory, IReadOnlyList<(string Name, string Events)> datasets, string? charge = null)
{
    /// <summary>Leaks that are listed; there may be more.</summary>
    public const int MostReported = 20;

    // An entry of a dictionary and its place in it, the next prime number of entries, and passes that are not all equally large.
    private const int BytesPerKey = 48;

    private readonly List<Part> _parts = [];
    private readonly int[] _numbering =
    [
        .. datasets.Select(dataset => datasets.Select(one => one.Events).Distinct().ToList().IndexOf(dataset.Events)),
    ];

    /// <summary>
    /// Adds a part: how many rows, and its batches with the columns of events and kinematics, and their dataset where the batch has no
    /// such column.
    /// </summary>
    public void Add(string part, long rows, Func<IEnumerable<(Batch Rows, int? Dataset)>> read) => _parts.Add(new Part(part, rows, read));

    /// <summary>The leaks of the lowest events, at most <see cref="MostReported"/>: the same ones whatever the memory.</summary>
    public IReadOnlyList<Leak> Find(CancellationToken cancellation)
    {
        // Where all events are numbered together a candidate says nothing that its event does not.
        bool compares = _numbering.Distinct().Count() > 1;
        var passes = new KeyPasses(_parts.Sum(part => part.Rows) * (compares ? 2 : 1), BytesPerKey, memory);
        var seen = new Dictionary<UInt128, (int Part, int Dataset)>(passes.Capacity);
        var leaks = new SortedSet<Leak>(Comparer<Leak>.Create((one, other) => Order(one).CompareTo(Order(other))));
        foreach (ulong pass in passes.All)
        {
            seen.Clear();
            for (int part = 0; part < _parts.Count; part++)
                foreach ((Batch rows, int? dataset) in _parts[part].Read())
                {
                    cancellation.ThrowIfCancellationRequested();
                    var keysOf = new CandidateKeys(rows, charge);
                    ReadOnlySpan<int> from = dataset is null ? rows.Flat<int>(CandidateColumns.Dataset) : [];
                    for (int i = 0; i < rows.Rows; i++)
                    {
                        (int Part, int Dataset) here = (part, dataset ?? from[i]);
                        if (MeetsOther(keysOf.Event(i, _numbering[here.Dataset]), here) is { } there) Report(there, here, rows, i);
                        if (
                            compares
                            && MeetsOther(keysOf.Candidate(i), here) is { } twin
                            && _numbering[twin.Dataset] != _numbering[here.Dataset])
                            Report(twin, here, rows, i);
                    }
                }

            (int Part, int Dataset)? MeetsOther(UInt128 key, (int Part, int Dataset) here) =>
                !passes.Takes(key, pass) || seen.TryAdd(key, here) || seen[key].Part == here.Part ? null : seen[key];
        }
        return [.. leaks];

        void Report((int Part, int Dataset) first, (int Part, int Dataset) second, Batch rows, int row)
        {
            leaks.Add(
                new Leak(
                    _parts[first.Part].Name,
                    datasets[first.Dataset].Name,
                    _parts[second.Part].Name,
                    datasets[second.Dataset].Name,
                rows.Flat<uint>(CandidateColumns.Run)[row],
                rows.Flat<uint>(CandidateColumns.Lumi)[row],
                rows.Flat<ulong>(CandidateColumns.Evt)[row]));
            if (leaks.Count > MostReported) leaks.Remove(leaks.Max!);
        }
    }

    private static (uint, uint, ulong, string, string, (string, string)) Order(Leak leak) =>
        (leak.Run, leak.Lumi, leak.Evt, leak.First, leak.Second, (leak.FirstDataset, leak.SecondDataset));

    private sealed record Part(string Name, long Rows, Func<IEnumerable<(Batch Rows, int? Dataset)>> Read);
}
