using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>What may be cleaned away: only what the log has recorded.</summary>
public sealed class StandingProductsTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void An_orphan_is_recorded_and_made_by_no_step_any_more()
    {
        _bench.Build(new ToyStage("A", _bench.Join("A", "1", "a/one.txt", []), _bench.Join("A", "2", "a/b/two.txt", [])));
        File.WriteAllText(Path.Combine(_bench.Out, "a", "foreign.txt"), "not ours");
        ToyStage now = new("A", _bench.Join("A", "1", "a/one.txt", []));

        StandingProduct orphan = StandingProducts.Orphans(_bench.Out, [now], CancellationToken.None).ShouldHaveSingleItem();

        (orphan.Path, orphan.Step, orphan.IsEdited).ShouldBe(("a/b/two.txt", "A/2", false));
        StandingProducts.Remove(_bench.Out, orphan);
        Directory.Exists(Path.Combine(_bench.Out, "a", "b")).ShouldBeFalse();
        File.Exists(Path.Combine(_bench.Out, "a", "one.txt")).ShouldBeTrue();
        File.Exists(Path.Combine(_bench.Out, "a", "foreign.txt")).ShouldBeTrue();
        StandingProducts.Orphans(_bench.Out, [now], CancellationToken.None).ShouldBeEmpty();
    }

    [Fact]
    public void A_product_that_another_step_makes_now_is_no_orphan()
    {
        _bench.Build(new ToyStage("A", _bench.Join("A", "old", "a.txt", [])));

        StandingProducts.Orphans(_bench.Out, [new ToyStage("B", _bench.Join("B", "new", "a.txt", []))], CancellationToken.None)
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_file_of_the_same_size_and_time_but_other_bytes_counts_as_edited()
    {
        _bench.Build(new ToyStage("A", _bench.Join("A", "1", "a.txt", [], prefix: "x")));
        string file = Path.Combine(_bench.Out, "a.txt");
        DateTime time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, "y");
        File.SetLastWriteTimeUtc(file, time);

        StandingProducts.Of(_bench.Out, CancellationToken.None).ShouldHaveSingleItem().IsEdited.ShouldBeTrue();
    }

    [Fact]
    public void A_folder_goes_whole_unless_something_in_it_is_made_today()
    {
        var shards = Artifact.Folder("shards");
        var step = new Step
        {
            Stage = "A",
            Reads = [],
            Writes = [shards],
            Settings = SettingsUsed.None,
            Work = run => run.Create<FolderWriter>(shards).Write(["one.txt"]),
        };
        _bench.Build(new ToyStage("A", step));
        ToyStage inside = new("B", _bench.Join("B", "", "shards/two.txt", [])), elsewhere = new("B", _bench.Join("B", "", "two.txt", []));

        StandingProducts.Orphans(_bench.Out, [inside], CancellationToken.None).ShouldBeEmpty();
        StandingProduct orphan = StandingProducts.Orphans(_bench.Out, [elsewhere], CancellationToken.None).ShouldHaveSingleItem();
        StandingProducts.Remove(_bench.Out, orphan);
        Directory.Exists(Path.Combine(_bench.Out, "shards")).ShouldBeFalse();
    }

    [Fact]
    public void Nobody_holds_a_folder_whose_run_has_ended()
    {
        string? during = null;
        _bench.Build(new ToyStage("A", _bench.Custom("A", "a.txt", [], (run, artifact) =>
        {
            during = BuildState.HolderOf(_bench.Out);
            run.Write(artifact, new ToyText("a"));
        })));

        during.ShouldNotBeNull().ShouldStartWith($"pid {Environment.ProcessId} on ");
        BuildState.HolderOf(_bench.Out).ShouldBeNull();
    }
}
