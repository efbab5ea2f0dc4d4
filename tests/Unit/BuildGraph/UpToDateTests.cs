using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class UpToDateTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_second_build_does_nothing()
    {
        IStage[] stages = Chain("a");
        _bench.Build(stages).Count(StepOutcome.Ran).ShouldBe(2);

        BuildSummary second = _bench.Build(stages);

        _bench.Worked.ShouldBeEmpty();
        second.Count(StepOutcome.UpToDate).ShouldBe(2);
        second.FirstError.ShouldBeNull();
        _bench.Read("last.txt").ShouldBe("a");
    }

    [Fact]
    public void A_changed_raw_file_reruns_its_readers_and_says_why()
    {
        _bench.Build(Chain("a"));

        BuildSummary summary = _bench.Build(Chain("b"));

        _bench.Worked.ShouldBe(["First", "Last"]);
        string reason = summary.Steps[0].Reasons.ShouldHaveSingleItem().ToString();
        reason.ShouldBe($"input in0 set/x: {ContentHash.Of("a").Short}… -> {ContentHash.Of("b").Short}…");
        _bench.Read("last.txt").ShouldBe("b");
    }

    [Fact]
    public void Touching_inputs_and_products_runs_nothing()
    {
        IStage[] stages = Chain("a");
        _bench.Build(stages);
        File.SetLastWriteTimeUtc(_bench.RawPath("x"), DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(Path.Combine(_bench.Out, "first.txt"), DateTime.UtcNow.AddYears(1));

        _bench.Build(stages);

        _bench.Worked.ShouldBeEmpty();
    }

    [Fact]
    public void A_changed_setting_is_named_with_both_values()
    {
        _bench.Build(Chain("a", prefix: "p"));

        BuildSummary summary = _bench.Build(Chain("a", prefix: "q"));

        summary.Steps[0].Outcome.ShouldBe(StepOutcome.UpToDate);
        summary.Steps[1].Reasons.ShouldHaveSingleItem().ToString().ShouldBe("setting last.prefix: p -> q");
    }

    [Fact]
    public void Changed_code_reruns_its_stage_and_equal_bytes_cut_off_the_rest()
    {
        IStage[] stages = Chain("a");
        _bench.Code["First"] = ContentHash.Of("old code");
        _bench.Build(stages);
        _bench.Code["First"] = ContentHash.Of("new code");

        BuildSummary summary = _bench.Build(stages);

        BuildBench.Outcomes(summary).ShouldBe("First:RanUnchanged Last:CutOff");
        summary.Steps[0].Reasons.ShouldHaveSingleItem().Component.ShouldBe("code First");
    }

    [Fact]
    public void A_raised_revision_other_tools_and_another_environment_are_reasons()
    {
        Step step = _bench.Custom("One", "one.txt", [], (run, one) => run.Write(one, new ToyText("1")));
        _bench.Build(new ToyStage("One", step));

        var changed = new Step
        {
            Stage = "One",
            Reads = [],
            Writes = step.Writes,
            Settings = step.Settings,
            Work = step.Work,
            Revision = 2,
            Tools = ["libtoy 2"],
            Environment = new Dictionary<string, string> { ["THREADS"] = "2" },
            Needs = new Resources { Memory = 1 },
        };
        BuildSummary summary = _bench.Build(new ToyStage("One", changed));

        summary.Steps[0].Reasons.Select(reason => reason.ToString())
            .ShouldBe(["environment THREADS: none -> 2", "revision: 1 -> 2", "tools: none -> libtoy 2"]);
    }

    [Fact]
    public void A_product_edited_by_hand_is_rebuilt_and_named()
    {
        IStage[] stages = Chain("a");
        _bench.Build(stages);
        _bench.Edit("first.txt", "z");

        BuildSummary summary = _bench.Build(stages);

        BuildBench.Outcomes(summary).ShouldBe("First:RanUnchanged Last:CutOff");
        summary.Steps[0].Reasons.ShouldHaveSingleItem().ToString()
            .ShouldBe($"output first.txt: {ContentHash.Of("a").Short}… -> {ContentHash.Of("z").Short}… (edited outside)");
        _bench.Read("first.txt").ShouldBe("a");
    }

    [Fact]
    public void A_deleted_product_is_rebuilt_and_nothing_behind_it()
    {
        IStage[] stages = Chain("a");
        _bench.Build(stages);
        File.Delete(Path.Combine(_bench.Out, "first.txt"));

        BuildSummary summary = _bench.Build(stages);

        BuildBench.Outcomes(summary).ShouldBe("First:RanUnchanged Last:CutOff");
        summary.Steps[0].Reasons.ShouldHaveSingleItem().New.ShouldBe("missing");
    }

    [Fact]
    public void The_seed_is_a_reason_only_for_steps_that_draw()
    {
        IStage[] stages =
        [
            new ToyStage(
                "Draws",
                _bench.Custom("Draws", "draws.txt", [], (run, draws) => run.Write(draws, new ToyText($"{run.Seed("purpose")}")))),
            new ToyStage("Plain", _bench.Custom("Plain", "plain.txt", [], (run, plain) => run.Write(plain, new ToyText("plain")))),
        ];
        BuildRequest request = _bench.Request(stages, "Draws", "Plain");
        _bench.Build(request);
        _bench.Build(request).Count(StepOutcome.UpToDate).ShouldBe(2);

        BuildSummary summary = _bench.Build(request with { Seed = 8 });

        BuildBench.Outcomes(summary).ShouldBe("Draws:Ran Plain:UpToDate");
        summary.Steps[0].Reasons.ShouldHaveSingleItem().ToString().ShouldBe("seed: 7 -> 8");
    }

    [Fact]
    public void Another_place_of_the_output_folder_and_of_raw_files_changes_nothing()
    {
        _bench.Build(Chain("a"));
        Directory.Move(_bench.Out, Path.Combine(_bench.Root, "moved"));
        File.Move(_bench.RawPath("x"), Path.Combine(_bench.Root, "elsewhere"));
        var raw = Artifact.Raw("set/x", new RawSource(Path.Combine(_bench.Root, "elsewhere")));
        Step first = _bench.Join("First", "", "first.txt", [raw]);
        IStage[] stages = [new ToyStage("First", first), new ToyStage("Last", _bench.Join("Last", "", "last.txt", first.Writes))];

        BuildSummary summary = _bench.Build(_bench.Request(stages) with { Out = Path.Combine(_bench.Root, "moved") });

        summary.Count(StepOutcome.UpToDate).ShouldBe(2);
    }

    private IStage[] Chain(string raw, string prefix = "")
    {
        Step first = _bench.Join("First", "", "first.txt", [_bench.Raw("x", raw)]);
        return [new ToyStage("First", first), new ToyStage("Last", _bench.Join("Last", "", "last.txt", first.Writes, prefix))];
    }
}
