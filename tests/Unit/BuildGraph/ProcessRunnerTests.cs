using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class ProcessRunnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Output_error_and_exit_code_are_collected_and_arguments_are_never_a_shell_string()
    {
        ProcessOutcome outcome = Run("sh", "-c", "printf '%s' \"$1\"; cat; printf bad >&2; exit 3", "sh", "a b; $(echo no) 'q'");

        outcome.ShouldBe(new ProcessOutcome(3, "a b; $(echo no) 'q'", "bad", false));
    }

    [Fact]
    public void Input_and_environment_reach_the_program_line_by_line()
    {
        var lines = new List<string>();
        var request = new ProcessRequest("sh", ["-c", "cat; echo; echo $TOY_VALUE ${HOME:-nothing}"])
        {
            Input = "first\nsecond",
            Line = lines.Add,
            Environment = new Dictionary<string, string?> { ["TOY_VALUE"] = "v", ["HOME"] = null },
        };

        ProcessRunner.Run(request, CancellationToken.None);

        lines.ShouldBe(["first", "second", "v nothing"]);
    }

    [Fact]
    public void A_program_that_is_not_there_is_a_failed_step() =>
        Should.Throw<StepFailed>(() => Run("no-such-program-of-ours")).Text.Title.ShouldBe("'no-such-program-of-ours' cannot be started");

    [Fact]
    public void A_timeout_ends_the_whole_group_even_if_it_ignores_SIGTERM()
    {
        int grandchild = 0;
        ProcessOutcome outcome = ProcessRunner.Run(new ProcessRequest("sh", ["-c", "trap '' TERM; sleep 100 & echo $!; wait; sleep 100"])
        {
            Line = line => grandchild = int.Parse(line),
            Timeout = TimeSpan.FromSeconds(1),
            Grace = TimeSpan.FromMilliseconds(200),
        }, CancellationToken.None);

        outcome.TimedOut.ShouldBeTrue();
        outcome.ExitCode.ShouldBe(128 + LibC.Kill);
        grandchild.ShouldBeGreaterThan(0);
        SpinWait.SpinUntil(() => !Pid.Lives(grandchild), Patience).ShouldBeTrue();
    }

    [Fact]
    public void Cancelling_ends_the_program_and_throws()
    {
        using var interrupt = new CancellationTokenSource();
        int id = 0;

        Should.Throw<OperationCanceledException>(() => ProcessRunner.Run(new ProcessRequest("sleep", ["100"]) { Started = child => { id = child; interrupt.Cancel(); } }, interrupt.Token));

        Pid.Lives(id).ShouldBeFalse();
    }

    [Fact]
    public void A_child_outlives_the_thread_that_asked_for_it()
    {
        // The kernel's parent-death signal follows the thread that forks, not the process.
        ChildProcess? child = null;
        var thread = new Thread(() => child = ChildProcess.Start(new ProcessRequest("sleep", ["100"]), new ProcessSpawner()));
        thread.Start();
        thread.Join();

        bool ended = child!.WaitForExit(TimeSpan.FromSeconds(1), CancellationToken.None);

        ended.ShouldBeFalse();
        child.Stop(TimeSpan.Zero);
        child.Dispose();
    }

    [Fact]
    public void Killing_us_kills_our_children()
    {
        int grandchild = 0, host = 0;
        using var told = new ManualResetEventSlim();
        Thread runner = new(() => ProcessRunner.Run(new ProcessRequest("dotnet", [typeof(ToyCampaign).Assembly.Location, "spawn", "100"])
        {
            Started = id => host = id,
            Line = line =>
            {
                grandchild = int.Parse(line);
                told.Set();
            },
        }, CancellationToken.None));
        runner.Start();
        told.Wait(Patience).ShouldBeTrue();
        // The signal is set by setpriv just before it becomes sleep.
        SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{grandchild}/comm").Trim() == "sleep", Patience).ShouldBeTrue();

        LibC.SignalProcess(host, LibC.Kill);

        SpinWait.SpinUntil(() => !Pid.Lives(grandchild), Patience).ShouldBeTrue();
        runner.Join(Patience).ShouldBeTrue();
    }

    [LongFact]
    public async Task A_child_started_from_the_pool_lives_longer_than_a_pool_thread()
    {
        ProcessOutcome outcome = await Task.Run(() => Run("sleep", "25"));

        outcome.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_process_mark_tells_a_process_from_a_stranger_of_the_same_number()
    {
        ProcessMark own = ProcessMark.Of(Environment.ProcessId);

        own.IsAlive.ShouldBeTrue();
        (own with { StartTicks = own.StartTicks + 1 }).IsAlive.ShouldBeFalse();
        (own with { Boot = "another" }).IsAlive.ShouldBeFalse();
        ProcessMark.None.IsAlive.ShouldBeFalse();
    }

    private static ProcessOutcome Run(string program, params string[] arguments) => ProcessRunner.Run(new ProcessRequest(program, arguments), CancellationToken.None);
}
