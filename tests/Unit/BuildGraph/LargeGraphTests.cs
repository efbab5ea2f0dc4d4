using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>
/// A chain of 100,000 steps, and one step that gathers 100,000: no recursion, and memory that grows with the steps and not faster.
/// </summary>
[Collection(Alone.Name)]
public sealed class LargeGraphTests : IDisposable
{
    private const int Many = 100_000, Few = 10_000, MostBytesAStep = 1536;
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_run_that_finds_nothing_to_do_holds_is_less_than_1536_bytes_a_step(bool isFan)
    {
        Step[] steps = isFan ? Fan(Many) : Chain(Many);
        IStage[] stages = [new ToyStage("Large", steps)];
        string output = LogAsIfBuilt(steps);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        var plan = BuildPlan.Of(stages, ["Large"]);
        var folder = new BuildFolder(output);
        using var log = BuildLog.ReadOnly(folder);
        var contents = new Contents(folder, log, FileStamp.CoarsestTick);
        var judge = new Judge(plan, log, contents, _bench.Request(stages));
        foreach (PlannedStep step in plan.Steps)
            judge.Of(step, CancellationToken.None).Reasons.ShouldHaveSingleItem().New.ShouldBe("missing");
        IReadOnlyList<TimeSpan> lengths = CriticalPath.Of(plan, log);
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;

        plan.Steps.Count.ShouldBe(steps.Length);
        lengths.Count.ShouldBe(steps.Length);
        GC.KeepAlive(judge);
        (held / steps.Length).ShouldBeLessThan(MostBytesAStep);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ten_times_the_steps_cost_ten_times_the_memory_to_plan(bool isFan)
    {
        long few = Allocated(isFan ? Fan(Few) : Chain(Few)), many = Allocated(isFan ? Fan(Many) : Chain(Many));

        ((double)many / few).ShouldBeInRange(8, 12);
    }

    [LongFact]
    public void A_chain_of_100000_steps_runs_to_its_end_and_then_does_nothing()
    {
        IStage[] stages = [new ToyStage("Large", Chain(Many))];

        _bench.Build(stages).Count(StepOutcome.Ran).ShouldBe(Many);
        _bench.Build(stages).Count(StepOutcome.UpToDate).ShouldBe(Many);
    }

    private static long Allocated(Step[] steps)
    {
        IStage[] stages = [new ToyStage("Large", steps)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        BuildPlan.Of(stages, ["Large"]).Steps.Count.ShouldBe(steps.Length);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // The log of a finished build, without the 100,000 files: each product then counts as missing, and all else as it was.
    private string LogAsIfBuilt(Step[] steps)
    {
        string output = Path.Combine(_bench.Root, "large");
        var folder = new BuildFolder(output);
        Directory.CreateDirectory(folder.Own);
        using var log = BuildLog.Open(folder, _ => { });
        ContentHash hash = ContentHash.Of("x");
        foreach (Step step in steps.OrderBy(step => step.Key == "all" ? int.MaxValue : int.Parse(step.Key)))
        {
            InputContent[] inputs = [.. step.Reads.Select(_ => InputContent.Whole(hash))];
            log.Append(
                new StepKept(
                    new StepRecord(
                        step.Id,
                        Fingerprint.Of(step, null, inputs, null),
                        [new OutputRecord(step.Writes[0].Path, ArtifactKind.Product, 1, hash, [])],
                        TimeSpan.FromSeconds(1))));
            log.Append(new FileSeen(step.Writes[0].Path, new SeenContent(new FileStamp(1, 2, 3, 4, 5), hash, Racy: false)));
        }
        return output;
    }

    private Step[] Chain(int length) =>
        [
            .. Enumerable.Range(0, length)
                .Select(i => Text($"{i}", $"large/{i}.txt", i == 0 ? [] : [new Artifact<ToyText>($"large/{i - 1}.txt")])),
        ];

    private Step[] Fan(int width)
    {
        Step[] leaves = [.. Enumerable.Range(0, width).Select(i => Text($"{i}", $"large/{i}.txt", []))];
        return [.. leaves, Text("all", "all.txt", [.. leaves.Select(leaf => leaf.Writes[0])])];
    }

    private Step Text(string key, string output, IReadOnlyList<Artifact> inputs) =>
        _bench.Custom(
            "Large",
            output,
            [.. inputs.Select(input => new StepInput("in", input))],
            (run, to) => run.Write(to, new ToyText("x")),
            key);
}
