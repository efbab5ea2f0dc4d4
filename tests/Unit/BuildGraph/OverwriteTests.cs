using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>A step that reaches beyond its own folder, into what another has made.</summary>
public sealed class OverwriteTests : IDisposable
{
    private readonly BuildBench _bench = new();
    private bool _isSound;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_product_that_another_step_wrote_into_is_told_with_who_may_have_done_it()
    {
        IStage[] stages =
        [
            new ToyStage("Victim", _bench.Join("Victim", "", "victim.txt", [], "whole")),
            new ToyStage("Vandal", Vandal([])),
        ];
        BuildRequest request = _bench.Request(stages, "Victim", "Vandal");

        BuildSummary summary = _bench.Build(request);

        StepFailed failure = summary.FirstError.ShouldBeOfType<StepFailed>();
        failure.Text.Title.ShouldBe("1 product was changed during this run after the step that makes it had ended");
        failure.Text.Facts.ShouldBe([("victim.txt", "made by Victim"), ("may have done it", "Vandal")]);
        _isSound = true;
        BuildBench.Outcomes(_bench.Build(request)).ShouldBe("Victim:RanUnchanged Vandal:UpToDate");
        _bench.Read("victim.txt").ShouldBe("whole");
        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(2);
    }

    [Fact]
    public void What_was_read_from_a_product_that_changed_meanwhile_is_not_taken()
    {
        Step victim = _bench.Join("Victim", "", "victim.txt", [], "whole");
        IStage[] stages = [new ToyStage("Victim", victim), new ToyStage("Vandal", Vandal([new StepInput("in", victim.Writes[0])]))];

        BuildSummary summary = _bench.Build(stages);

        summary.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("Vandal: victim.txt changed while the step was running");
        File.Exists(Path.Combine(_bench.Out, "vandal.txt")).ShouldBeFalse();
        _isSound = true;
        BuildBench.Outcomes(_bench.Build(stages)).ShouldBe("Victim:RanUnchanged Vandal:Ran");
    }

    [Fact]
    public void What_was_read_from_a_folder_whose_files_changed_meanwhile_is_not_taken()
    {
        var folder = Artifact.Folder("victim");
        IStage[] stages =
        [
            new ToyStage("Victim", BuildBench.Tree("Victim", folder)),
            new ToyStage("Vandal", Vandal([new StepInput("in", folder)], "victim/deep/b.txt")),
        ];

        _bench.Build(stages)
            .FirstError.ShouldBeOfType<StepFailed>()
            .Text.Title.ShouldBe("Vandal: victim changed while the step was running");

        _isSound = true;
        BuildBench.Outcomes(_bench.Build(stages)).ShouldBe("Victim:RanUnchanged Vandal:Ran");
        _bench.Read("victim/deep/b.txt").ShouldBe("[whole]");
    }

    private Step Vandal(IReadOnlyList<StepInput> reads, string what = "victim.txt") =>
        _bench.Custom("Vandal", "vandal.txt", reads, (run, output) =>
        {
            if (!_isSound) _bench.Edit(what, "holed");
            run.Write(output, new ToyText("done"));
        });
}
