using TauPipeline.BuildGraph;

namespace TauPipeline.Queues;

/// <summary>Rows that were, or are to be, submitted together, and which of them have not ended.</summary>
/// <param name="folder">Its folder.</param>
/// <param name="file">Its rows.</param>
/// <param name="open">Those that have not ended.</param>
internal sealed class Wave(WaveFolder folder, WaveFile file, IEnumerable<OpenRow> open)
{
    private readonly Dictionary<int, OpenRow> _open = open.ToDictionary(row => row.Number);

    public WaveFolder Folder => folder;

    public WaveFile File => file;

    /// <summary>What the batch system calls it; empty as long as that is not known.</summary>
    public string Id { get; set; } = folder.Id ?? "";

    /// <summary>Whether it may have been submitted although that is not known: then it is looked for first.</summary>
    public bool MayBeThere { get; set; }

    /// <summary>The rows that nobody has been told the end of.</summary>
    public IEnumerable<OpenRow> Open => _open.Values;

    public bool IsOver => _open.Count == 0;

    public JobId JobOf(int row) => new(Id, file.JobOf(row));

    public OpenRow? Find(int row) => _open.GetValueOrDefault(row);

    /// <summary>The end of a row has been told.</summary>
    public void Close(int row)
    {
        _open.Remove(row);
        folder.Forget(row);
        if (IsOver) folder.Delete();
    }

    /// <summary>The rows of jobs that nobody waits for any more, by job.</summary>
    public IReadOnlyList<IGrouping<int, OpenRow>> Unwanted() =>
        [.. _open.Values.GroupBy(row => file.JobOf(row.Number)).Where(job => job.All(row => row.IsUnwanted))];
}

/// <summary>A row whose end has not been told.</summary>
internal sealed class OpenRow(int number, WaveRow row)
{
    public int Number => number;

    public WaveRow Row => row;

    /// <summary>Who waits for it; nobody (yet) where an earlier run submitted it.</summary>
    public Waiter? Waiter { get; set; }

    /// <summary>Whether it is to be ended, as nobody waits for it.</summary>
    public bool IsUnwanted { get; set; }

    /// <summary>When the batch system was first seen not to have it any more.</summary>
    public long? GoneSince { get; set; }

    /// <summary>What was told of it last.</summary>
    public string? Told { get; set; }

    /// <summary>Tells whoever waits what it does now.</summary>
    public void Tell(string what)
    {
        if (Told == what) return;
        Told = what;
        Waiter?.Watch.Progress.Report(new Progress(0, 1, "rows", what));
    }
}

/// <summary>Somebody who waits for the end of a row.</summary>
/// <param name="Row">The row, as the engine gave it.</param>
/// <param name="Watch">Is told meanwhile.</param>
internal sealed record Waiter(FrozenRow Row, RowWatch Watch)
{
    /// <summary>Takes the end.</summary>
    public TaskCompletionSource<RowEnd> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the run was interrupted meanwhile.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Is told something that a user should know.</summary>
    public void Warn(string what) => Watch.Progress.Report(new Progress(0, 1, "rows", Warning: what));
}
