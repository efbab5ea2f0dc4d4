using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Signals and second runs, on real processes.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM", "ingest")]
    [InlineData("INT", "metrics")]
    [InlineData("HUP", "ingest")]
    public void A_signal_ends_a_run_cleanly_with_130(string signal, string slow)
    {
        using ProgramRun run = ProgramRun.StartToy(_folder, "--target=Evaluate", $"--set={slow}.seconds=40", "--json");
        run.WaitFor("\"event\":\"progress\",\"step\":\"" + char.ToUpperInvariant(slow[0]) + slow[1..]);
        IReadOnlyList<int> children = run.Descendants();

        run.Signal(signal);

        run.ExitCode.ShouldBe(130);
        children.Where(Pid.Lives).ShouldBeEmpty();
        using ProgramRun next = ProgramRun.Toy(_folder, "--target=Evaluate");
        next.ExitCode.ShouldBe(0, next.Error);
    }

    [Fact]
    public void A_second_run_waits_for_the_first_and_says_for_whom()
    {
        using ProgramRun first = ProgramRun.StartToy(_folder, "--target=Ingest", "--set=ingest.seconds=3", "--json");
        first.WaitFor("started");

        using ProgramRun second = ProgramRun.Toy(_folder, "--target=Ingest", "--set=ingest.seconds=3");

        first.ExitCode.ShouldBe(0);
        second.ExitCode.ShouldBe(0);
        second.Output.ShouldContain("waiting for another run");
        second.Output.ShouldContain($"pid {first.Pid}");
        second.Output.ShouldContain("nothing to do");
    }

    [Fact]
    public void With_no_wait_a_second_run_fails_at_once()
    {
        using ProgramRun first = ProgramRun.StartToy(_folder, "--target=Ingest", "--set=ingest.seconds=40", "--json");
        first.WaitFor("started");

        using ProgramRun second = ProgramRun.Toy(_folder, "--target=Ingest", "--no-wait");
        first.Signal("TERM");

        second.ExitCode.ShouldBe(1);
        second.Error.ShouldContain($"pid {first.Pid}");
        first.ExitCode.ShouldBe(130);
    }

    [Fact]
    public void A_second_signal_ends_the_program_at_once()
    {
        using ProgramRun run = ProgramRun.StartToy(_folder, "--target=Metrics", "--set=metrics.seconds=40", "--json");
        run.WaitFor("\"step\":\"Metrics\"");

        run.Signal("TERM");
        run.Signal("TERM");

        run.ExitCode.ShouldBe(130);
    }
}
