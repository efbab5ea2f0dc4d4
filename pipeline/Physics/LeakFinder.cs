using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>An event that stands in two parts of a split.</summary>
public sealed record Leak(string First, string Second, int Dataset, uint Run, uint Lumi, ulong Evt);

/// <summary>
/// Finds events that stand in more than one part. Memory is bounded: many events are looked at in several passes over
/// ranges of their hash. An event is told by dataset, run, luminosity section and number.
/// </summary>
public sealed class LeakFinder(long memory)
{
    private const long BytesPerEvent = 64;
    private const int MostReported = 20;

    private readonly List<(string Part, Func<IEnumerable<(Batch Events, int? Dataset)>> Read)> _parts = [];

    /// <summary>Adds a part: its batches with the event columns, and their dataset where the batch has no such column.</summary>
    public void Add(string part, Func<IEnumerable<(Batch Events, int? Dataset)>> read) => _parts.Add((part, read));

    /// <summary>The first events found in two parts, at most 20.</summary>
    public IReadOnlyList<Leak> Find(CancellationToken cancellation)
    {
        long rows = _parts.Sum(part => part.Read().Sum(batch => (long)batch.Events.Rows));
        ulong passes = (ulong)Math.Max(1, (rows * BytesPerEvent + memory - 1) / memory);
        var leaks = new List<Leak>();
        for (ulong pass = 0; pass < passes && leaks.Count < MostReported; pass++)
        {
            var seen = new Dictionary<UInt128, int>();
            for (int part = 0; part < _parts.Count; part++)
                foreach ((Batch events, int? dataset) in _parts[part].Read())
                {
                    cancellation.ThrowIfCancellationRequested();
                    Look(events, dataset, part, (pass, passes), seen, leaks);
                }
        }
        return leaks;
    }

    private void Look(Batch events, int? dataset, int part, (ulong Number, ulong Count) pass, Dictionary<UInt128, int> seen, List<Leak> leaks)
    {
        ReadOnlySpan<uint> run = events.Flat<uint>(CandidateColumns.Run), lumi = events.Flat<uint>(CandidateColumns.Lumi);
        ReadOnlySpan<ulong> evt = events.Flat<ulong>(CandidateColumns.Evt);
        ReadOnlySpan<int> datasets = dataset is null ? events.Flat<int>(CandidateColumns.Dataset) : [];
        for (int i = 0; i < events.Rows && leaks.Count < MostReported; i++)
        {
            int from = dataset ?? datasets[i];
            var mixed = new CounterRandom(evt[i], new CounterRandom(((ulong)run[i] << 32) | lumi[i], (ulong)(uint)from).NextUInt64());
            var identity = new UInt128(mixed.NextUInt64(), mixed.NextUInt64());
            if ((ulong)identity % pass.Count != pass.Number) continue;
            if (!seen.TryAdd(identity, part) && seen[identity] != part) leaks.Add(new Leak(_parts[seen[identity]].Part, _parts[part].Part, from, run[i], lumi[i], evt[i]));
        }
    }
}
