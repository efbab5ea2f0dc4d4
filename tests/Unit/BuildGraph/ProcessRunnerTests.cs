using System.Diagnostics;
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

        Should.Throw<OperationCanceledException>(() =>
            ProcessRunner.Run(
                new ProcessRequest("sleep", ["100"])
                {
                    Started = child =>
                    {
                        id = child;
                        interrupt.Cancel();
                    },
                },
                interrupt.Token));

        Pid.Lives(id).ShouldBeFalse();
    }

    [Fact]
    public void A_child_outlives_the_thread_that_asked_for_it()
    {
        // A parent-death signal would follow the thread that forks, not the process.
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
        SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{grandchild}/comm").Trim() == "sleep", Patience).ShouldBeTrue();

        LibC.SignalProcess(host, LibC.Kill);

        SpinWait.SpinUntil(() => !Pid.Lives(grandchild), Patience).ShouldBeTrue();
        runner.Join(Patience).ShouldBeTrue();
    }

    [Fact]
    public void Killing_us_kills_what_our_children_started_too()
    {
        var family = new List<int>();
        int host = 0;
        using var told = new CountdownEvent(2);
        Thread runner = new(() =>
            ProcessRunner.Run(
                new ProcessRequest(
                    "dotnet",
                    [typeof(ToyCampaign).Assembly.Location, "shell", "trap '' TERM HUP; sleep 100 & echo $!; echo $$; wait"])
                {
                    Started = id => host = id,
                    Line = line =>
                    {
                        family.Add(int.Parse(line));
                        told.Signal();
                    },
                }, CancellationToken.None));
        runner.Start();
        told.Wait(Patience).ShouldBeTrue();

        LibC.SignalProcess(host, LibC.Kill);

        SpinWait.SpinUntil(() => !family.Any(Pid.Lives), Patience).ShouldBeTrue();
        runner.Join(Patience).ShouldBeTrue();
    }

    [Fact]
    public void Much_input_and_much_output_go_both_ways_at_once()
    {
        string text = new('ä', 1_000_000);

        ProcessOutcome outcome = ProcessRunner.Run(
            new ProcessRequest("sh", ["-c", "tee /dev/stderr"]) { Input = text },
            CancellationToken.None);

        (outcome.Output == text).ShouldBeTrue();
        (outcome.Error == text).ShouldBeTrue();
    }

    [Fact]
    public void Input_that_nobody_reads_is_no_failure() =>
        ProcessRunner.Run(new ProcessRequest("true", []) { Input = new string('a', 1_000_000) }, CancellationToken.None)
            .ExitCode.ShouldBe(0);

    [Fact]
    public void Our_children_and_those_of_dotnet_keep_their_own_exit_codes() =>
        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
        {
            // What CliWrap starts with: whoever asks for one child's end must not take another's.
            using var theirs = Process.Start("sh", ["-c", $"exit {i + 100}"]);
            Run("sh", "-c", $"exit {i}").ExitCode.ShouldBe(i);
            theirs.WaitForExit();
            theirs.ExitCode.ShouldBe(i + 100);
        });

    [Fact]
    public void A_child_does_not_ignore_the_signals_that_we_ignore()
    {
        // .NET ignores SIGPIPE (bit 13); a child that did would print for ever into a pipe without an end.
        string ignored = Run("sed", "-n", @"s/^SigIgn:\s*//p", "/proc/self/status").Output;

        (Convert.ToUInt64(ignored.Trim(), 16) & (1 << 12)).ShouldBe(0ul);
    }

    [Fact]
    public void A_script_that_does_not_name_its_shell_is_read_by_sh()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("tool"), "echo \"$1\"");
        Run("chmod", "u+x", folder.At("tool"));

        Run(folder.At("tool"), "a b").Output.ShouldBe("a b\n");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Should.Throw<StepFailed>(() =>
                ProcessRunner.Run(new ProcessRequest("true", []) { Folder = "/no/such/folder" }, CancellationToken.None))
            .Message.ShouldContain("/no/such/folder");

    [Fact]
    public void A_child_whose_lines_cannot_be_taken_is_ended()
    {
        int id = 0;
        var request = new ProcessRequest("sh", ["-c", "echo a; sleep 100"])
        {
            Started = child => id = child,
            Line = _ => throw new IOException("full"),
        };

        Should.Throw<IOException>(() => ProcessRunner.Run(request, CancellationToken.None));

        Pid.Lives(id).ShouldBeFalse();
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

    private static ProcessOutcome Run(string program, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest(program, arguments), CancellationToken.None);
}
