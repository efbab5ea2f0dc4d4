using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class AttemptsTests : IDisposable
{
    private readonly BuildBench _bench = new();
    private readonly List<(string Scratch, long Memory)> _tries = [];

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_failed_step_is_tried_again_in_a_fresh_attempt_with_its_scratch_kept()
    {
        var output = new Artifact<ToyText>("a.txt");
        BuildSummary summary = Build(2, new Resources { Retries = 3 }, run =>
        {
            string memo = Path.Combine(run.Scratch, "tries");
            int tries = File.Exists(memo) ? int.Parse(File.ReadAllText(memo)) + 1 : 1;
            File.WriteAllText(memo, $"{tries}");
            run.Write(output, new ToyText($"try {tries}"));
            if (tries < 3) throw new StepFailed($"try {tries} failed");
        });

        summary.FirstError.ShouldBeNull();
        _bench.Read("a.txt").ShouldBe("try 3");
        summary.Steps[0].Attempts.ShouldBe(3);
        _bench.Events.OfType<StepStarted>().Count().ShouldBe(1);
        _bench.Events.OfType<StepRetried>()
            .Select(again => $"{again.Attempt} {again.Error.Title}")
            .ShouldBe(["2 try 1 failed", "3 try 2 failed"]);
        Directory.GetFileSystemEntries(Path.Combine(_bench.Out, ".tau", "attempts")).ShouldBeEmpty();
    }

    [Fact]
    public void After_its_last_retry_a_step_has_failed_with_its_last_error()
    {
        BuildSummary summary = Build(1, new Resources { Retries = 2 }, _ => throw new StepFailed($"try {_tries.Count}"));

        summary.FirstError!.Text.Title.ShouldBe("try 3");
        summary.Steps[0].Attempts.ShouldBe(3);
        _tries.Select(one => one.Scratch).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Misuse_and_defects_would_only_come_again()
    {
        Build(1, new Resources { Retries = 5 }, _ => throw new Misuse("wrong")).FirstError.ShouldBeOfType<Misuse>();
        _tries.Count.ShouldBe(1);
        Build(1, new Resources { Retries = 5 }, _ => throw new InvalidOperationException("broken")).FirstError.ShouldBeOfType<Defect>();
        _tries.Count.ShouldBe(2);
    }

    [Fact]
    public void A_step_that_was_killed_gets_twice_the_memory_up_to_all_there_is_and_then_fails()
    {
        BuildSummary summary = Build(2, new Resources { Memory = 300, Retries = 1 }, _ =>
            throw new StepFailed("killed") { WasKilled = true });

        _tries.Select(one => one.Memory).ShouldBe([300, 600, 1000]);
        summary.FirstError!.Text.Title.ShouldBe("killed");
    }

    [Fact]
    public void More_memory_is_taken_from_the_budget_that_running_steps_share()
    {
        // Two steps of 500 fit into 1,000; once one needs 1,000 it must wait for the other.
        using var killed = new ManualResetEventSlim();
        int running = 0, mostBeside = 0;
        Step Of(string key, Action<StepRun, Artifact<ToyText>> work)
        {
            var output = new Artifact<ToyText>($"{key}.txt");
            return new Step
            {
                Stage = "A",
                Key = key,
                Reads = [],
                Writes = [output],
                Settings = SettingsUsed.None,
                Needs = new Resources { Memory = 500 },
                Work = run => work(run, output),
            };
        }
        Step greedy = Of("greedy", (run, output) =>
        {
            if (run.Memory == 500) { killed.Set(); throw new StepFailed("killed") { WasKilled = true }; }
            mostBeside = Volatile.Read(ref running);
            run.Write(output, new ToyText("done"));
        });
        Step slow = Of("slow", (run, output) =>
        {
            Interlocked.Increment(ref running);
            killed.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            Thread.Sleep(100);
            Interlocked.Decrement(ref running);
            run.Write(output, new ToyText("done"));
        });

        BuildSummary summary = _bench.Build(_bench.Request([new ToyStage("A", greedy, slow)]) with { Jobs = 2, Memory = 1000 });

        summary.FirstError.ShouldBeNull();
        mostBeside.ShouldBe(0);
    }

    [Fact]
    public void After_another_step_failed_nothing_is_tried_again()
    {
        Step bad = _bench.Custom("Bad", "bad.txt", [], (_, _) => throw new StepFailed("bad"));
        int tries = 0;
        var output = new Artifact<ToyText>("retry.txt");
        var retried = new Step
        {
            Stage = "Retried",
            Reads = [],
            Writes = [output],
            Settings = SettingsUsed.None,
            Needs = new Resources { Retries = 9 },
            Work = _ =>
            {
                tries++;
                SpinWait.SpinUntil(_bench.Saw<StepEnded>, TimeSpan.FromSeconds(30)).ShouldBeTrue();
                throw new StepFailed("this too");
            },
        };

        BuildSummary summary = _bench.Build(
            _bench.Request([new ToyStage("Bad", bad), new ToyStage("Retried", retried)], "Bad", "Retried") with
            {
                Jobs = 2,
            });

        summary.Count(StepOutcome.Failed).ShouldBe(2);
        tries.ShouldBe(1);
    }

    private BuildSummary Build(int jobs, Resources needs, Action<StepRun> work)
    {
        var step = new Step
        {
            Stage = "A",
            Reads = [],
            Writes = [new Artifact<ToyText>("a.txt")],
            Settings = SettingsUsed.None,
            Needs = needs,
            Work = run =>
            {
                _tries.Add((run.Scratch, run.Memory));
                work(run);
            },
        };
        return _bench.Build(_bench.Request([new ToyStage("A", step)]) with { Jobs = jobs, Memory = 1000 });
    }
}
