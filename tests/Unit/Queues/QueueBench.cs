using TauPipeline.BuildGraph;
using TauPipeline.Queues;
using TauPipeline.Tests.EngineHost;
using TauPipeline.Tests.Unit.BuildGraph;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>An output folder, and toy campaigns that are built in it by jobs.</summary>
internal sealed class QueueBench : IDisposable
{
    public static readonly string[] Host = ["dotnet", typeof(ToyCampaign).Assembly.Location];

    private readonly BuildBench _bench = new();

    public string Out => _bench.Out;

    public string Root => _bench.Root;

    public string Queue => Path.Combine(Out, ".tau", "queue");

    public List<BuildEvent> Events => _bench.Events;

    /// <summary>What jobs ask for, of a cluster that answers at once.</summary>
    public static QueueSettings Settings { get; } = new()
    {
        Job = new JobSettings { ProgramMemory = 64 << 20 },
        Poll = TimeSpan.FromSeconds(0.5),
        Latency = TimeSpan.FromSeconds(1),
    };

    public void Dispose() => _bench.Dispose();

    public string Read(string product) => _bench.Read(product);

    public bool Saw(Func<BuildEvent, bool> which)
    {
        lock (Events) return Events.Any(which);
    }

    /// <summary>A script that each step of <c>programs,COUNT,SCRIPT</c> runs with its number.</summary>
    public string Script(string text)
    {
        string path = Path.Combine(Root, "script.sh");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The request of a toy campaign.</summary>
    public BuildRequest Request(string campaign, IStepExecutor? executor) => _bench.Request(ToyCampaign.Compose(campaign)) with
    {
        Campaign = campaign,
        ChildCommand = Host,
        Executor = executor,
        KeepGoing = true,
        Jobs = 2,
    };

    /// <summary>Builds it on Slurm.</summary>
    public async Task<BuildSummary> OnSlurm(string campaign, QueueSettings? settings = null, CancellationToken cancellation = default)
    {
        // A queue waits for ever; a test does not.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        await using var executor = BatchExecutor.OnSlurm(settings ?? Settings, Queue, Host);
        return await BuildRun.Start(Request(campaign, executor), limit.Token).Completion;
    }

    /// <summary>All products, by path.</summary>
    public static IReadOnlyDictionary<string, string> Products(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(path => !path.StartsWith(".tau", StringComparison.Ordinal) && !path.StartsWith("runs", StringComparison.Ordinal))
            .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(folder, path)));
}
