using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Two runs that meet in one output folder, and a folder that cannot be one.</summary>
public sealed class SharedFolderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_second_run_on_the_same_folder_waits_or_fails_naming_the_first()
    {
        using var started = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        Step holding = _bench.Custom("A", "a.txt", [], (run, output) =>
        {
            started.Set();
            mayEnd.Wait(Patience);
            run.Write(output, new ToyText(""));
        });
        BuildRequest request = _bench.Request([new ToyStage("A", holding)]) with { CommandLine = "first command" };
        BuildRun first = BuildRun.Start(request, CancellationToken.None);
        started.Wait(Patience).ShouldBeTrue();

        StepFailed busy = Should.Throw<StepFailed>(() => BuildRun.Start(request with { Wait = false }, CancellationToken.None));
        Task<BuildSummary> second = Task.Run(async () => await BuildRun.Start(request, CancellationToken.None).Completion);
        SpinWait.SpinUntil(_bench.Saw<BuildNote>, Patience).ShouldBeTrue();
        mayEnd.Set();

        busy.Message.ShouldContain($"pid {Environment.ProcessId}");
        busy.Message.ShouldContain("first command");
        (await first.Completion).Count(StepOutcome.Ran).ShouldBe(1);
        (await second).Count(StepOutcome.UpToDate).ShouldBe(1);
        _bench.Events.OfType<BuildNote>().ShouldContain(note => note.Text.StartsWith("waiting for another run"));
    }

    [Fact]
    public async Task A_run_that_waits_outlives_the_removal_of_what_it_waits_for()
    {
        string own = Path.Combine(_bench.Out, ".tau"), file = Path.Combine(own, "lock");
        Directory.CreateDirectory(own);
        var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        BuildRequest request = _bench.Request([new ToyStage("A", _bench.Join("A", "", "a.txt", []))]);
        Task<BuildSummary> waiting = Task.Run(async () => await BuildRun.Start(request, CancellationToken.None).Completion);
        SpinWait.SpinUntil(() => _bench.Events.ToArray().OfType<BuildNote>().Any(), Patience).ShouldBeTrue();

        Directory.Delete(_bench.Out, recursive: true);
        BuildSummary summary = await waiting;
        held.Dispose();

        BuildBench.Outcomes(summary).ShouldBe("A:Ran");
        File.Exists(file).ShouldBeTrue();
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made_is_misuse()
    {
        File.WriteAllText(_bench.Out, "a file stands here");

        Misuse misuse = Should.Throw<Misuse>(() => _bench.Build(new ToyStage("A", _bench.Join("A", "", "a.txt", []))));

        misuse.Text.Title.ShouldBe("the output folder cannot be written");
        misuse.Text.Facts[0].ShouldBe(("folder", _bench.Out));
    }
}
