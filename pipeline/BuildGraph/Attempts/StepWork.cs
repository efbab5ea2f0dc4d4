using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Where a step finds what it was promised: the same for work in the engine and in a child.</summary>
/// <param name="Inputs">Place of each input, in the order of <see cref="Step.Reads"/>.</param>
/// <param name="Attempt">Where outputs are written.</param>
/// <param name="Scratch">Where checkpoints may stand.</param>
/// <param name="Seed">The campaign's seed.</param>
/// <param name="Memory">What it may hold, in bytes.</param>
/// <param name="Journal">The file of its journal.</param>
internal sealed record WorkPlace(
    IReadOnlyList<WorkInput> Inputs, Attempt Attempt, string Scratch, ulong Seed, long Memory, string Journal);

/// <summary>A file to be read, and what is known of its content.</summary>
internal sealed record WorkInput(string Place, InputContent Content);

/// <summary>What the engine must know of work that was done.</summary>
/// <param name="Columns">By logical path, the hashes of the columns of each output that has columns.</param>
/// <param name="UsedSeed">Whether the campaign's seed can have changed the result.</param>
internal sealed record WorkDone(IReadOnlyDictionary<string, IReadOnlyDictionary<string, ContentHash>> Columns, bool UsedSeed);

/// <summary>Lets a step work on its declared inputs and outputs, and on nothing else.</summary>
internal sealed class StepWork
{
    // A step's memory is shared by its own arrays and the batches of the readers it has open.
    private const int ShareOfAStream = 8;

    private readonly Lock _gate = new();
    private readonly Step _step;
    private readonly WorkPlace _place;
    private readonly Dictionary<(bool Raw, string Path), ProductInput> _inputs = [];
    private readonly Dictionary<string, ProductOutput> _outputs = new(StringComparer.Ordinal);

    public StepWork(Step step, WorkPlace place)
    {
        _step = step;
        _place = place;
        for (int i = 0; i < step.Reads.Count; i++) Declare(step.Reads[i], place.Inputs[i]);
    }

    /// <summary>Does the work.</summary>
    public WorkDone Do(IProgress<Progress> progress, CancellationToken cancellation)
    {
        using var journal = new StepJournal(_place.Journal);
        var run = new StepRun(Input, Output)
        {
            CampaignSeed = _place.Seed,
            Stage = _step.Stage,
            Memory = _place.Memory,
            Scratch = _place.Scratch,
            Journal = journal,
            Progress = progress,
            Cancellation = cancellation,
        };
        _step.Work(run);
        if (_step.CountsRows) LedgerWriter.Write(_place.Attempt.Output(_step.Ledger), _step, run.Rows);
        else if (!run.Rows.IsEmpty) throw BuildGraphErrors.CountsUndeclared(_step);
        return new WorkDone(
            _outputs.Where(output => output.Value.Columns.Count > 0).ToDictionary(output => output.Key, output => output.Value.Columns),
            run.UsedSeed);
    }

    // The same artifact read in two roles is open for the columns of both.
    private void Declare(StepInput input, WorkInput place)
    {
        var key = (input.Artifact.Kind == ArtifactKind.Raw, input.Artifact.Path);
        IReadOnlyList<string>? columns = input.Columns.Count == 0 ? null : input.Columns;
        if (_inputs.TryGetValue(key, out ProductInput? other))
            columns = columns is null || other.Columns is null ? null : [.. other.Columns.Union(columns)];
        Dictionary<string, ContentHash> stated = new(place.Content.ColumnHashes, StringComparer.Ordinal);
        foreach ((string name, ContentHash hash) in other?.ColumnHashes ?? stated) stated[name] = hash;
        _inputs[key] = new ProductInput(place.Place, columns, _place.Memory / ShareOfAStream)
        {
            Hash = place.Content.Hash ?? other?.Hash,
            ColumnHashes = stated,
        };
    }

    private ProductInput Input(Artifact artifact) =>
        _inputs.TryGetValue((artifact.Kind == ArtifactKind.Raw, artifact.Path), out ProductInput? input)
        ? input
        : throw BuildGraphErrors.Undeclared(_step, "reads", artifact, _step.Reads.Select(read => read.Artifact.Path));

    private ProductOutput Output(Artifact artifact)
    {
        if (!_step.Writes.Any(output => output.Path == artifact.Path))
            throw BuildGraphErrors.Undeclared(_step, "writes", artifact, _step.Writes.Select(write => write.Path));
        var output = new ProductOutput(_place.Attempt.Output(artifact));
        if (artifact.Path.Contains('/', StringComparison.Ordinal)) Directory.CreateDirectory(Path.GetDirectoryName(output.Path)!);
        lock (_gate)
            if (!_outputs.TryAdd(artifact.Path, output)) throw BuildGraphErrors.WrittenTwice(_step, artifact);
        return output;
    }
}
