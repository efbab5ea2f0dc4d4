using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class IsolatedStepTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void An_isolated_step_works_in_a_child_and_its_progress_arrives()
    {
        BuildSummary summary = Build("where");

        summary.FirstError.ShouldBeNull();
        _bench.Read("sum.txt").ShouldBe("9 in toy value");
        _bench.Events.OfType<StepProgressed>().ShouldContain(told => told.Progress == new Progress(1, 2, "numbers", "half"));
        _bench.Events.OfType<BuildNote>().ShouldContain(told => told.Text.EndsWith(": odd")); // at once, however soon after the last word
        File.ReadAllText(Log).ShouldBe("adding up\n");
        Directory.GetFiles(Path.Combine(_bench.Out, ".tau", "plans")).ShouldBeEmpty();
        Build("where").Count(StepOutcome.UpToDate).ShouldBe(4);
    }

    [Fact]
    public void A_failure_in_a_child_is_told_as_it_was_there()
    {
        StepFailed failure = Build("fail").FirstError.ShouldBeOfType<StepFailed>();

        failure.Text.Title.ShouldBe("the numbers do not add up");
        failure.Text.Facts.ShouldBe([("seen", "three")]);
        failure.Text.Advice.ShouldBe("count again");
        File.Exists(Path.Combine(_bench.Out, "sum.txt")).ShouldBeFalse();
    }

    [Fact]
    public void A_child_that_dies_is_told_with_its_signal_and_last_lines()
    {
        StepFailed failure = Build("crash").FirstError.ShouldBeOfType<StepFailed>();

        failure.Text.Title.ShouldBe("Sum: its process ended without a result");
        failure.Text.Facts.SkipLast(1).ShouldBe([("ended", "signal 9 (KILL)"), ("log", Log), ("last lines", "adding up")]);
        failure.Text.Facts[^1].Label.ShouldBe("memory");
    }

    [Fact]
    public async Task A_child_that_hangs_is_ended_by_an_interrupt()
    {
        using var interrupt = new CancellationTokenSource();
        BuildRequest request = Request("hang");
        var run = BuildRun.Start(request, interrupt.Token);
        SpinWait.SpinUntil(_bench.Saw<StepProgressed>, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        await interrupt.CancelAsync();
        BuildSummary summary = await run.Completion.WaitAsync(TimeSpan.FromSeconds(40));

        summary.Interrupted.ShouldBeTrue();
        summary.Steps[^1].Outcome.ShouldBe(StepOutcome.Cancelled);
    }

    [Fact]
    public void A_child_that_comes_to_another_fingerprint_refuses()
    {
        // The child composes the campaign with a setting that the parent did not have.
        BuildRequest request = Request("add");
        Defect defect = _bench.Build(request with { Campaign = request.Campaign.Replace(",add", ",other", StringComparison.Ordinal) })
            .FirstError.ShouldBeOfType<Defect>();

        defect.Text.Title.ShouldBe("Sum is another step here than in the frozen plan");
        defect.Text.Facts[0].ShouldBe(("differs", "setting sum.how: add -> other"));
    }

    [Fact]
    public void A_child_leaves_when_its_parent_is_not_the_one_in_the_plan()
    {
        BuildRequest request = Request("hang");
        Step sum = request.Stages[2].Steps()[0];
        FrozenInput[] inputs = [.. sum.Reads.Select(_ => new FrozenInput("nowhere", InputContent.Unknown.Frozen()))];
        var fingerprint = Fingerprint.Of(sum, null, [.. inputs.Select(_ => InputContent.Unknown)], seed: null);
        var row = new FrozenStep(
            sum.Id,
            [.. fingerprint.Parts.Select(part => new FrozenPart(part.Key, part.Value))],
            inputs,
            _bench.Root,
            _bench.Root,
            1,
            Path.Combine(_bench.Root, "journal"));
        string plan = Path.Combine(_bench.Root, "plan.json");
        new FrozenPlan(request.Campaign, 1, new Dictionary<string, string>(), Parent: 1, [row]).Write(plan);

        ProcessOutcome outcome = ProcessRunner.Run(
            new ProcessRequest("dotnet", [typeof(ToyCampaign).Assembly.Location, "exec-step", $"--plan={plan}", "--row=0"])
            {
                Timeout = TimeSpan.FromSeconds(40),
            }, CancellationToken.None);

        outcome.TimedOut.ShouldBeFalse();
        outcome.ExitCode.ShouldBe(128 + LibC.Kill);
    }

    private string Log => Path.Combine(_bench.Out, ".tau", "logs", "Sum", "Sum.log");

    private BuildSummary Build(string how) => _bench.Build(Request(how));

    private BuildRequest Request(string how)
    {
        string raw = Path.Combine(_bench.Root, "raw");
        Directory.CreateDirectory(raw);
        File.WriteAllText(Path.Combine(raw, "1.txt"), "one");
        File.WriteAllText(Path.Combine(raw, "2.txt"), "twenty");
        string campaign = $"{raw},{how}";
        return _bench.Request(ToyCampaign.Compose(campaign)) with
        {
            Memory = 1,
            Campaign = campaign,
            ChildCommand = ["dotnet", typeof(ToyCampaign).Assembly.Location],
        };
    }
}
