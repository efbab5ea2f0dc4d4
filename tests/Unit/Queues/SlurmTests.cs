using System.Diagnostics;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Queues;
using Xunit;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>On a real cluster: what works, and each accident.</summary>
[Collection(SlurmCluster.Collection)]
public sealed class SlurmTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>, IDisposable
{
    private readonly QueueBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SlurmFact]
    public async Task Products_made_by_jobs_are_those_made_here()
    {
        string raw = Directory.CreateDirectory(Path.Combine(_bench.Root, "raw")).FullName;
        for (int i = 0; i < 6; i++) await File.WriteAllTextAsync(Path.Combine(raw, $"{i}.txt"), $"file {i}");
        using var here = new QueueBench();
        (await BuildRun.Start(here.Request($"graph,{raw}", null), default).Completion).FirstError.ShouldBeNull();

        BuildSummary summary = await _bench.OnSlurm($"graph,{raw}");

        summary.FirstError.ShouldBeNull();
        summary.Count(StepOutcome.Ran).ShouldBe(20);
        QueueBench.Products(_bench.Out).ShouldBe(QueueBench.Products(here.Out), ignoreOrder: true);
        Directory.GetDirectories(_bench.Queue).ShouldBeEmpty();
        Directory.GetFileSystemEntries(Path.Combine(_bench.Out, ".tau", "attempts")).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(_bench.Out, ".tau", "plans")).ShouldBeEmpty();
        // What is ready together goes together: at most an array for every other step, and the six of the first stage in one.
        string[] arrays = await Queue("all", "%F");
        arrays.GroupBy(array => array).Max(array => array.Count()).ShouldBeGreaterThanOrEqualTo(6);
        (await _bench.OnSlurm($"graph,{raw}")).Count(StepOutcome.UpToDate).ShouldBe(20);
    }

    [SlurmFact]
    public async Task Jobs_killed_twice_are_tried_again_and_others_are_not()
    {
        string script = _bench.Script(Counting + """
            [ $1 != 1 ] || [ $(wc -l < "$D/1") -ge 3 ] || { kill -9 $SLURM_TASK_PID; sleep 30; }
            echo $1
            """);

        BuildSummary summary = await _bench.OnSlurm($"programs,3,{script}");

        summary.FirstError.ShouldBeNull();
        _bench.Read("program/1.txt").ShouldBe("1\n");
        (Starts(0), Starts(1), Starts(2)).ShouldBe((1, 3, 1));
        summary.Steps[1].Attempts.ShouldBe(3);
    }

    [SlurmFact]
    public async Task A_job_killed_three_times_fails_and_says_how()
    {
        string script = _bench.Script("kill -9 $SLURM_TASK_PID; sleep 30");

        StepFailed failure = (await _bench.OnSlurm($"programs,1,{script}")).FirstError.ShouldBeOfType<StepFailed>();

        failure.Text.Title.ShouldBe("Program/0: its process ended without a result");
        failure.Text.Facts[0].Value.ShouldMatch("^Slurm [0-9]+_0: FAILED.*0:9");
    }

    [SlurmFact]
    public async Task An_element_that_is_cancelled_by_hand_fails_alone_and_the_next_run_does_it()
    {
        string script = _bench.Script(Counting + "[ $1 != 1 ] || [ -e \"$D/go\" ] || sleep 60\necho $1");
        Task<BuildSummary> run = _bench.OnSlurm($"programs,3,{script}");
        await SlurmCluster.Until(() => Task.FromResult(Starts(1) == 1 && File.Exists(Path.Combine(_bench.Out, "program", "2.txt"))));
        // One whose products are here may still be ending.
        await SlurmCluster.Until(async () => (await Queue("running", "%F_%K")).Length == 1);
        string[] job = await Queue("running", "%F_%K");

        await cluster.Ask("scancel", job.ShouldHaveSingleItem());

        BuildSummary summary = await run;
        summary.FirstError!.Text.Facts[0].Value.ShouldContain("CANCELLED");
        BuildGraph.BuildBench.Outcomes(summary).ShouldBe("Program/0:Ran Program/1:Failed Program/2:Ran");
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, "go"), "");
        (await _bench.OnSlurm($"programs,3,{script}")).Count(StepOutcome.Ran).ShouldBe(1);
    }

    [SlurmFact]
    public async Task Rows_wait_for_a_drained_node()
    {
        string node = (await cluster.Ask("sinfo", "-h", "-o", "%n")).Trim();
        await cluster.Ask("scontrol", "update", $"nodename={node}", "state=drain", "reason=test");
        Task<BuildSummary> run = _bench.OnSlurm($"programs,2,{_bench.Script("echo $1")}");
        await SlurmCluster.Until(() => Task.FromResult(_bench.Saw(told =>
            told is StepProgressed { Progress.Note: { } note } && note.Contains("waits", StringComparison.Ordinal))));

        await cluster.Ask("scontrol", "update", $"nodename={node}", "state=resume");

        (await run).FirstError.ShouldBeNull();
    }

    [SlurmFact]
    public async Task A_driver_that_is_killed_finds_its_jobs_again()
    {
        string script = _bench.Script(Counting + "sleep 4; echo $1");
        using Process first = Driver($"programs,3,{script}");
        await SlurmCluster.Until(() => Task.FromResult(Starts(0) + Starts(1) + Starts(2) == 3));

        first.Kill();
        await first.WaitForExitAsync();
        using Process second = Driver($"programs,3,{script}");
        await second.WaitForExitAsync();

        (await second.StandardError.ReadToEndAsync()).ShouldBe("");
        second.ExitCode.ShouldBe(0);
        (await second.StandardOutput.ReadToEndAsync()).ShouldBe("ran 3\n");
        (Starts(0), Starts(1), Starts(2)).ShouldBe((1, 1, 1));
        _bench.Read("program/2.txt").ShouldBe("2\n");
        Directory.GetDirectories(_bench.Queue).ShouldBeEmpty();
    }

    [SlurmFact]
    public async Task An_interrupt_ends_the_jobs_or_leaves_them_to_the_next_run()
    {
        string script = _bench.Script(Counting + "sleep 4; echo $1");
        string campaign = $"programs,2,{script}";
        (await Interrupted(campaign, QueueBench.Settings)).Count(StepOutcome.Cancelled).ShouldBe(2);
        await SlurmCluster.Until(async () => (await cluster.Ask("squeue", "-h")).Length == 0);
        (Starts(0), Starts(1)).ShouldBe((1, 1));

        await Interrupted(campaign, QueueBench.Settings with { StaysAfterInterrupt = true });
        BuildSummary summary = await _bench.OnSlurm(campaign);

        summary.FirstError.ShouldBeNull();
        (Starts(0), Starts(1)).ShouldBe((2, 2));
    }

    [SlurmFact]
    public async Task What_no_node_can_meet_is_refused_by_its_reason_and_not_waited_for()
    {
        string campaign = $"programs,1,{_bench.Script("echo $1")}";
        JobSettings job = QueueBench.Settings.Job;

        ErrorText partition = (await With(job with { Partition = "night" })).FirstError!.Text;
        ErrorText processors = (await With(job with { Options = ["--cpus-per-task=64"] })).FirstError!.Text;

        partition.Title.ShouldBe("Slurm does not take a job of Program/0");
        partition.Facts[0].Value.ShouldContain("invalid partition specified: night");
        processors.ToString().ShouldMatch("PartitionConfig|not available");
        (await cluster.Ask("squeue", "-h")).ShouldBeEmpty();

        Task<BuildSummary> With(JobSettings settings) => _bench.OnSlurm(campaign, QueueBench.Settings with { Job = settings });
    }

    // Each start of a step leaves a line in the file of its number.
    private string Counting => $"D='{_bench.Root}'; echo started >> \"$D/$1\"\n";

    private int Starts(int step) =>
        Path.Combine(_bench.Root, $"{step}") is var file && File.Exists(file) ? File.ReadAllLines(file).Length : 0;

    private async Task<BuildSummary> Interrupted(string campaign, QueueSettings settings)
    {
        int before = Starts(0);
        using var interrupt = new CancellationTokenSource();
        Task<BuildSummary> run = _bench.OnSlurm(campaign, settings, interrupt.Token);
        await SlurmCluster.Until(() => Task.FromResult(Starts(0) == before + 1 && Starts(1) == before + 1));
        await interrupt.CancelAsync();
        return await run;
    }

    private async Task<string[]> Queue(string states, string format) =>
        (await cluster.Ask("squeue", "--noheader", "--array", $"--states={states}", $"--format={format}"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Process Driver(string campaign)
    {
        var start = new ProcessStartInfo("dotnet", [QueueBench.Host[1], "slurm", campaign, _bench.Out])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
