using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Queues;
using Xunit;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>On commands that behave as HTCondor's; no real pool was at hand.</summary>
public sealed class CondorTests : IDisposable
{
    private readonly QueueBench _bench = new();
    private readonly StubPool _pool;

    public CondorTests() => _pool = new StubPool(Path.Combine(_bench.Root, "pool"));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Products_made_by_jobs_are_those_made_here()
    {
        string raw = Directory.CreateDirectory(Path.Combine(_bench.Root, "raw")).FullName;
        for (int i = 0; i < 3; i++) await File.WriteAllTextAsync(Path.Combine(raw, $"{i}.txt"), $"file {i}");
        using var here = new QueueBench();
        (await BuildRun.Start(here.Request(raw, null), default).Completion).FirstError.ShouldBeNull();

        (await Build(raw)).FirstError.ShouldBeNull();

        QueueBench.Products(_bench.Out).ShouldBe(QueueBench.Products(here.Out), ignoreOrder: true);
        _pool.Descriptions.Count.ShouldBeInRange(3, 5);
        Directory.GetDirectories(_bench.Queue).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_is_held_for_its_memory_is_removed_and_tried_with_more()
    {
        _pool.Set("hold", "1");

        BuildSummary summary = await Build($"programs,2,{_bench.Script("echo $1")}");

        summary.FirstError.ShouldBeNull();
        summary.Steps.Sum(step => step.Attempts).ShouldBe(3);
        _bench.Saw(told => told is StepRetried { Memory: 2 }).ShouldBeTrue(); // of one byte
    }

    [Fact]
    public async Task A_job_that_vanished_to_the_history_without_a_word_is_tried_again()
    {
        string script = _bench.Script($$"""
            D="{{_bench.Root}}"
            [ -e "$D/was" ] || { touch "$D/was"; kill -9 $TOY_JOB; sleep 30; }
            echo $1
            """);

        BuildSummary summary = await Build($"programs,1,{script}");

        summary.FirstError.ShouldBeNull();
        summary.Steps[0].Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_job_that_is_removed_by_hand_fails()
    {
        string script = _bench.Script($"touch '{_bench.Root}/started'; sleep 60");
        Task<BuildSummary> run = Build($"programs,1,{script}");
        await SlurmCluster.Until(() => Task.FromResult(File.Exists(Path.Combine(_bench.Root, "started"))));

        _pool.RemoveByHand("1.0");

        (await run).FirstError!.Text.Facts[0].Value.ShouldBe("HTCondor 1_0: removed: via condor_rm (by user root)");
    }

    [Fact]
    public async Task A_description_that_is_refused_fails_with_what_was_said_and_silence_is_borne()
    {
        string campaign = $"programs,1,{_bench.Script("sleep 2; echo $1")}";
        _pool.Set("refuse", "unknown attribute");
        ErrorText refusal = (await Build(campaign)).FirstError.ShouldBeOfType<StepFailed>().Text;
        refusal.Title.ShouldBe("HTCondor does not take a job of Program/0");
        refusal.Facts[0].Value.ShouldContain("unknown attribute");
        File.Delete(Path.Combine(_pool.Folder, "state", "refuse"));

        _pool.Set("silent");

        (await Build(campaign)).FirstError.ShouldBeNull();
        _bench.Saw(told => told is BuildNote note && note.Text.Contains("HTCondor does not answer", StringComparison.Ordinal))
            .ShouldBeTrue();
    }

    private async Task<BuildSummary> Build(string campaign)
    {
        QueueSettings settings = QueueBench.Settings with { Commands = _pool.Folder };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var executor = BatchExecutor.OnCondor(settings, _bench.Queue, QueueBench.Host);
        return await BuildRun.Start(_bench.Request(campaign, executor), limit.Token).Completion;
    }
}
