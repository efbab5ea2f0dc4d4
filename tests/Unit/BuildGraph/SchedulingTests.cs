using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class SchedulingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly BuildBench _bench = new();
    private int _running, _mostRunning;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Independent_steps_overlap_under_two_jobs()
    {
        using var both = new Barrier(2);
        Step Meeting(string key) => _bench.Custom("A", $"{key}.txt", [], (run, output) =>
        {
            both.SignalAndWait(Patience).ShouldBeTrue("the other step never started");
            run.Write(output, new ToyText(key));
        }, key);

        BuildSummary summary = _bench.Build(_bench.Request([new ToyStage("A", Meeting("1"), Meeting("2"))]) with { Jobs = 2 });

        summary.FirstError.ShouldBeNull();
    }

    [Theory]
    [InlineData(4, 1000, 600, 1)]
    [InlineData(4, 2000, 600, 3)]
    [InlineData(2, 9000, 600, 2)]
    [InlineData(4, 100, 600, 1)]
    public void No_more_steps_run_than_processors_and_memory_allow(int jobs, long memory, long each, int most)
    {
        Step[] steps = [.. Enumerable.Range(0, 6).Select(i => Counting($"{i}", new Resources { Memory = each }))];

        BuildSummary summary = _bench.Build(_bench.Request([new ToyStage("A", steps)]) with { Jobs = jobs, Memory = memory });

        summary.Count(StepOutcome.Ran).ShouldBe(6);
        _mostRunning.ShouldBeLessThanOrEqualTo(most);
    }

    [Fact]
    public void A_named_token_is_held_by_one_step_unless_there_are_more()
    {
        Step[] steps =
        [
            .. Enumerable.Range(0, 4).Select(i => Counting($"{i}", new Resources { Tokens = new Dictionary<string, int> { ["gpu"] = 1 } })),
        ];

        _bench.Build(_bench.Request([new ToyStage("A", steps)]) with { Jobs = 4 }).Count(StepOutcome.Ran).ShouldBe(4);

        _mostRunning.ShouldBe(1);
    }

    [Fact]
    public void A_step_that_asks_for_more_than_there_is_runs_alone_and_it_is_said()
    {
        Step[] steps = [Counting("big", new Resources { Memory = 8L << 20 }), Counting("small", new Resources { Memory = 1 })];

        _bench.Build(_bench.Request([new ToyStage("A", steps)]) with { Jobs = 4, Memory = 4 << 20 }).Count(StepOutcome.Ran).ShouldBe(2);

        _mostRunning.ShouldBe(1);
        _bench.Events.OfType<BuildNote>().Single().Text.ShouldBe("A/big asks for 8 MiB of memory where there are 4: it runs alone");
    }

    // Two processors, 8 GiB. All decisions fall on one thread, so that the order in which steps start is sure: when "Scale" ends,
    // "Small/0" still runs, and the other small ones would fit beside it for ever.
    [Theory]
    [InlineData(2, 512)]
    [InlineData(1, 7936)] // MiB
    public void What_waits_at_the_head_of_the_critical_path_starts_before_small_steps_pass_it_by(int cpu, long memory)
    {
        Step scale = _bench.Join("Scale", "", "scale.txt", []);
        Step train = _bench.Join("Train", "", "train.txt", scale.Writes).Needing(new Resources { Cpu = cpu, Memory = memory << 20 });
        Step apply = _bench.Join("Apply", "", "apply.txt", train.Writes);
        Step[] small = [.. Enumerable.Range(0, 8).Select(i => _bench.Custom("Small", $"{i}.txt", [], (run, output) =>
        {
            SpinWait.SpinUntil(() => HasEnded("Scale"), Patience).ShouldBeTrue();
            run.Write(output, new ToyText(""));
        }, $"{i}"))];

        BuildSummary summary = _bench.Build(_bench.Request(
            [new ToyStage("Scale", scale), new ToyStage("Train", train), new ToyStage("Apply", apply), new ToyStage("Small", small)],
            "Apply",
            "Small") with
        {
            Jobs = 2,
            Memory = 8L << 30,
        });

        summary.FirstError.ShouldBeNull();
        _bench.Events.OfType<StepStarted>().Select(started => started.Step.Id).Take(3).ShouldBe(["Scale", "Small/0", "Train"]);
    }

    [Fact]
    public void A_step_that_waits_for_a_token_keeps_no_processor_from_those_that_need_none()
    {
        using var both = new Barrier(2);
        Step Meeting(string key) => _bench.Custom("A", $"{key}.txt", [], (run, output) =>
        {
            both.SignalAndWait(Patience).ShouldBeTrue("the other step never started");
            run.Write(output, new ToyText(key));
        }, key);
        var gpu = new Resources { Tokens = new Dictionary<string, int> { ["gpu"] = 1 } };
        Step[] steps = [Meeting("1").Needing(gpu), _bench.Join("A", "2", "2.txt", []).Needing(gpu), Meeting("3")];

        _bench.Build(_bench.Request([new ToyStage("A", steps)]) with { Jobs = 2 }).Count(StepOutcome.Ran).ShouldBe(3);

        _bench.Events.OfType<StepStarted>().Select(started => started.Step.Id).ShouldBe(["A/1", "A/3", "A/2"]);
    }

    [Fact]
    public void One_job_runs_the_steps_in_plan_order()
    {
        Step[] steps = [.. new[] { "c", "a", "b" }.Select(key => _bench.Join("A", key, $"{key}.txt", []))];

        _bench.Build(new ToyStage("A", steps));

        _bench.Worked.ShouldBe(["A/c", "A/a", "A/b"]);
    }

    [Fact]
    public void A_failure_blocks_what_needs_it_and_starts_nothing_more()
    {
        BuildSummary summary = _bench.Build(_bench.Request(WithAFailure(), "After", "Other"));

        BuildBench.Outcomes(summary).ShouldBe("Bad:Failed After:Blocked Other:Cancelled");
        summary.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("bad");
        summary.Steps[0].Error!.Title.ShouldBe("bad");
    }

    [Fact]
    public void Keep_going_runs_what_does_not_need_the_failed_step()
    {
        BuildSummary summary = _bench.Build(_bench.Request(WithAFailure(), "After", "Other") with { KeepGoing = true });

        BuildBench.Outcomes(summary).ShouldBe("Bad:Failed After:Blocked Other:Ran");
    }

    [Fact]
    public async Task A_stage_is_finished_also_when_it_failed_and_unknown_ones_are_a_defect()
    {
        BuildRun run = BuildRun.Start(_bench.Request(WithAFailure(), "After"), CancellationToken.None);

        await run.Finished("After").WaitAsync(Patience);
        await run.Finished("Other").WaitAsync(Patience);
        await run.Completion;

        Should.Throw<Defect>(() => run.Finished("Nowhere"));
    }

    [Fact]
    public void An_interrupt_cancels_what_runs_and_what_waits_and_the_next_build_goes_on()
    {
        using var interrupt = new CancellationTokenSource();
        Step first = _bench.Join("First", "", "first.txt", []);
        Step stopped = _bench.Custom("Stopped", "stopped.txt", [new StepInput("in", first.Writes[0])], (run, output) =>
        {
            interrupt.Cancel();
            run.Cancellation.ThrowIfCancellationRequested();
            run.Write(output, new ToyText(""));
        });
        IStage[] stages =
        [
            new ToyStage("First", first),
            new ToyStage("Stopped", stopped),
            new ToyStage("Last", _bench.Join("Last", "", "last.txt", stopped.Writes)),
        ];

        BuildSummary summary = _bench.Build(_bench.Request(stages), interrupt.Token);

        BuildBench.Outcomes(summary).ShouldBe("First:Ran Stopped:Cancelled Last:Cancelled");
        summary.Interrupted.ShouldBeTrue();
        summary.FirstError.ShouldBeNull();
        _bench.Build(_bench.Request(stages) with { Targets = ["First"] }).Count(StepOutcome.UpToDate).ShouldBe(1);
    }

    [Fact]
    public void A_step_that_takes_too_long_fails_and_is_tried_again_as_often_as_it_says()
    {
        int tries = 0;
        var output = new Artifact<ToyText>("slow.txt");
        var slow = new Step
        {
            Stage = "Slow",
            Reads = [],
            Writes = [output],
            Settings = SettingsUsed.None,
            Needs = new Resources { Timeout = TimeSpan.FromMilliseconds(50), Retries = 2 },
            Work = run =>
            {
                tries++;
                run.Cancellation.WaitHandle.WaitOne(Patience);
                run.Cancellation.ThrowIfCancellationRequested();
            },
        };

        BuildSummary summary = _bench.Build(new ToyStage("Slow", slow));

        summary.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldStartWith("Slow did not end within");
        tries.ShouldBe(3);
    }

    [Fact]
    public void Exclusive_runs_the_targets_only_and_refuses_stale_inputs()
    {
        Step first = _bench.Join("First", "", "first.txt", []);
        IStage[] stages = [new ToyStage("First", first), new ToyStage("Last", _bench.Join("Last", "", "last.txt", first.Writes))];
        BuildRequest exclusive = _bench.Request(stages) with { Exclusive = true };

        BuildSummary refused = _bench.Build(exclusive);
        _bench.Build(_bench.Request(stages, "First"));
        BuildSummary allowed = _bench.Build(exclusive);

        refused.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("First is stale, and --exclusive forbids to run it");
        BuildBench.Outcomes(allowed).ShouldBe("First:UpToDate Last:Ran");
    }

    private bool HasEnded(string step)
    {
        lock (_bench.Events) return _bench.Events.OfType<StepEnded>().Any(ended => ended.Step.Id == step);
    }

    private Step Counting(string key, Resources needs)
    {
        var output = new Artifact<ToyText>($"{key}.txt");
        return new Step
        {
            Stage = "A",
            Key = key,
            Reads = [],
            Writes = [output],
            Settings = SettingsUsed.None,
            Needs = needs,
            Work = run =>
            {
                int now = Interlocked.Increment(ref _running);
                lock (_bench) _mostRunning = Math.Max(_mostRunning, now);
                Thread.Sleep(20);
                Interlocked.Decrement(ref _running);
                run.Write(output, new ToyText(key));
            },
        };
    }

    private IStage[] WithAFailure()
    {
        Step bad = _bench.Custom("Bad", "bad.txt", [], (_, _) => throw new StepFailed("bad"));
        return
        [
            new ToyStage("Bad", bad),
            new ToyStage("After", _bench.Join("After", "", "after.txt", bad.Writes)),
            new ToyStage("Other", _bench.Join("Other", "", "other.txt", [])),
        ];
    }
}
