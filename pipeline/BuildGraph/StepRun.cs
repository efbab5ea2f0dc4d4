using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What a step has while it works: its declared inputs and outputs and nothing else.</summary>
public sealed class StepRun
{
    private readonly Func<Artifact, ProductInput> _input;
    private readonly Func<Artifact, ProductOutput> _output;

    /// <summary>A run whose inputs and outputs are resolved, and refused, by the engine (or by a test).</summary>
    public StepRun(Func<Artifact, ProductInput> input, Func<Artifact, ProductOutput> output)
    {
        _input = input;
        _output = output;
    }

    /// <summary>Reads a small product whole.</summary>
    /// <exception cref="Defect">The step did not declare it.</exception>
    public T Read<T>(Artifact<T> artifact) where T : IProduct<T> => T.Read(_input(artifact));

    /// <summary>Reads whole a small product whose artifact does not state its type: a ledger, a lineage.</summary>
    /// <exception cref="Defect">The step did not declare it.</exception>
    public T ReadAs<T>(Artifact artifact) where T : IProduct<T> => T.Read(_input(artifact));

    /// <summary>Opens a large product for its declared columns.</summary>
    /// <exception cref="Defect">The step did not declare it.</exception>
    public R Stream<R>(Artifact artifact) where R : IProductReader<R> => R.Open(_input(artifact));

    /// <summary>Writes a small product whole.</summary>
    /// <exception cref="Defect">The step did not declare it.</exception>
    public void Write<T>(Artifact<T> artifact, T value) where T : IProduct<T> => T.Write(_output(artifact), value);

    /// <summary>Creates a large product.</summary>
    /// <exception cref="Defect">The step did not declare it.</exception>
    public W Create<W>(Artifact artifact) where W : IProductWriter<W> => W.Create(_output(artifact));

    /// <summary>Rows in, out, dropped and repeated; must close when the step counts rows.</summary>
    public RowLedger Rows { get; } = new();

    /// <summary>
    /// The campaign's seed; see <see cref="Seed"/>. Whoever reads it depends on it: the engine notes that in the step's fingerprint.
    /// </summary>
    public required ulong CampaignSeed
    {
        get
        {
            UsedSeed = true;
            return field;
        }
        init;
    }

    /// <summary>Whether the seed was asked for.</summary>
    internal bool UsedSeed { get; private set; }

    /// <summary>Name of the stage; part of every seed.</summary>
    public required string Stage { get; init; }

    /// <summary>The key of a stream of random numbers: campaign seed, stage and purpose; index it by row or event.</summary>
    public ulong Seed(string purpose) => CounterRandom.Key(CampaignSeed, Stage, purpose);

    /// <summary>Takes the progress of the step.</summary>
    public IProgress<Progress> Progress { get; init; } = new Silent();

    /// <summary>About how many bytes the step may hold.</summary>
    public required long Memory { get; init; }

    /// <summary>A folder that survives a crash and is removed when the step's outputs are committed: for checkpoints.</summary>
    public required string Scratch
    {
        get
        {
            Directory.CreateDirectory(field);
            return field;
        }
        init;
    }

    /// <summary>Takes series of numbers for people; nothing of it can be read here.</summary>
    public StepJournal Journal { get; init; } = new(null);

    /// <summary>Asks the step to stop.</summary>
    public CancellationToken Cancellation { get; init; }

    private sealed class Silent : IProgress<Progress>
    {
        public void Report(Progress value) { }
    }
}

/// <summary>How far a step is: done of total, in units (rows, batches), with a word on what it does.</summary>
/// <param name="Done">Units that are done.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Note">What the step does now.</param>
/// <param name="Warning">What a user should be told once, whatever else is shown.</param>
public readonly record struct Progress(long Done, long Total, string Unit, string? Note = null, string? Warning = null);
