using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Queues;

/// <summary>All waves of an output folder, of this run and of those before it; what is asked and told from several threads.</summary>
/// <param name="queue">The folder of all waves.</param>
internal sealed class WaveBook(string queue)
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _fresh = [];
    private List<Wave>? _waves;

    /// <summary>Whether anybody waits for anything.</summary>
    public bool HasWork
    {
        get { lock (_gate) return _fresh.Count > 0 || Waves.Any(wave => wave.Open.Any(row => row.Waiter is not null || row.IsUnwanted)); }
    }

    /// <summary>Whether there are jobs that are to be cancelled.</summary>
    public bool HasUnwanted
    {
        get { lock (_gate) return Waves.Any(wave => wave.Unwanted().Count > 0); }
    }

    /// <summary>Whether an attempt is the attempt of a row that has not been told the end of.</summary>
    public bool Has(string attempt)
    {
        lock (_gate) return Waves.Any(wave => wave.Open.Any(row => row.Row.AttemptName == attempt));
    }

    /// <summary>The attempt of that very step that nobody waits for; one with another fingerprint is not wanted any more.</summary>
    public string? Adopt(string step, ContentHash fingerprint)
    {
        lock (_gate)
        {
            OpenRow[] left = [.. Waves.SelectMany(wave => wave.Open).Where(row => row.Waiter is null && row.Row.Step == step)];
            OpenRow? same = left.FirstOrDefault(row => !row.IsUnwanted && row.Row.Fingerprint == fingerprint.ToString());
            foreach (OpenRow other in left.Where(row => row != same)) other.IsUnwanted = true;
            return same?.Row.AttemptName;
        }
    }

    /// <summary>Somebody waits for a row: one that we have, or a new one.</summary>
    public void Wait(Waiter waiter)
    {
        lock (_gate)
        {
            string attempt = Path.GetFileName(waiter.Row.Folder);
            if (Waves.SelectMany(wave => wave.Open).FirstOrDefault(row => row.Row.AttemptName == attempt) is { } row) row.Waiter = waiter;
            else _fresh.Add(waiter);
        }
    }

    /// <summary>The run is interrupted, and does not wait any more.</summary>
    /// <param name="waiter">Who.</param>
    /// <param name="stays">Whether the job goes on.</param>
    public void Leave(Waiter waiter, bool stays)
    {
        lock (_gate)
        {
            waiter.HasLeft = true;
            OpenRow? row = Waves.SelectMany(wave => wave.Open).FirstOrDefault(row => row.Waiter == waiter);
            if (row is not null && !stays) { row.IsUnwanted = true; return; }
            if (row is not null) row.Waiter = null;
            _fresh.Remove(waiter);
        }
        waiter.End.TrySetCanceled();
    }

    /// <summary>Takes the new rows, so that they can be put into waves.</summary>
    public IReadOnlyList<Waiter> TakeFresh()
    {
        lock (_gate)
        {
            Waiter[] taken = [.. _fresh.Where(waiter => !waiter.HasLeft)];
            _fresh.Clear();
            return taken;
        }
    }

    /// <summary>How many new rows there are.</summary>
    public int Fresh
    {
        get { lock (_gate) return _fresh.Count; }
    }

    /// <summary>Adds waves.</summary>
    public void Add(IReadOnlyList<Wave> waves)
    {
        lock (_gate)
        {
            Waves.AddRange(waves);
            foreach (OpenRow row in waves.SelectMany(wave => wave.Open))
                if (row.Waiter!.HasLeft) row.IsUnwanted = true;
        }
    }

    /// <summary>Does something with the waves while nobody else does.</summary>
    public T With<T>(Func<IReadOnlyList<Wave>, T> work)
    {
        lock (_gate) return work(Waves);
    }

    /// <summary>The end of a row is known: it is told, and the row is no more.</summary>
    public void Close(Wave wave, OpenRow row, Action<TaskCompletionSource<RowEnd>> tell)
    {
        lock (_gate)
        {
            wave.Close(row.Number);
            if (wave.IsOver) Waves.Remove(wave);
        }
        if (row.Waiter is { } waiter) tell(waiter.End);
    }

    // Those of earlier runs are read when they are first asked for: the output folder is ours by then.
    private List<Wave> Waves => _waves ??= [.. WaveFolder.In(queue).Select(Read).OfType<Wave>()];

    private static Wave? Read(WaveFolder folder)
    {
        if (!File.Exists(folder.File)) { folder.Delete(); return null; /* it was never whole */ }
        WaveFile file = WaveFile.Parse(File.ReadAllBytes(folder.File));
        // What was told, and committed or given up, has no folder any more.
        OpenRow[] open = [.. file.Rows.Select((row, i) => new OpenRow(i, row)).Where(row => Directory.Exists(row.Row.Folder))];
        if (open.Length > 0) return new Wave(folder, file, open) { MayBeThere = true };
        folder.Delete();
        return null;
    }
}
