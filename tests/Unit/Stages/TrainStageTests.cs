using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// What the step declares; the training itself is Learning's, and the way from file to model that of the end-to-end tests.
/// </summary>
public sealed class TrainStageTests
{
    [Fact]
    public void Only_features_and_types_of_mixed_rows_are_read_in_a_child_with_the_numeric_environment()
    {
        Step step = Steps("threads: 3").Single();

        step.Isolated.ShouldBeTrue();
        step.Environment["OMP_NUM_THREADS"].ShouldBe("3");
        step.Needs.Cpu.ShouldBe(3);
        foreach (string sample in new[] { SplitSettings.Train, SplitSettings.Validation })
            step.Reads.Single(read => read.Role == sample).Columns.ShouldBe(["tau_pt", CandidateColumns.Type]);
    }

    [Fact]
    public void Memory_changes_no_fingerprint_and_epochs_do()
    {
        Step one = Steps("epochs: 3").Single(), more = Steps("epochs: 3, memory: 2 GiB").Single(), longer = Steps("epochs: 4").Single();

        more.Settings.Hash().ShouldBe(one.Settings.Hash());
        longer.Settings.Hash().ShouldNotBe(one.Settings.Hash());
        more.Needs.Memory.ShouldBe(2L << 30);
    }

    [Fact]
    public void A_graphics_processor_has_no_portable_numbers()
    {
        ConfigBlock root = Campaigns.Root("train: { device: cuda }");

        TrainSettings.Read(root.Block("train"), ClassSettings.Standard);

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain("expected  cpu with numeric: portable");
        Steps("device: cuda, numeric: fastest").Single().Settings.Hash().ShouldNotBe(Steps("numeric: fastest").Single().Settings.Hash());
    }

    [Fact]
    public void Numbers_of_the_library_are_another_fingerprint()
    {
        Step portable = Steps("epochs: 3").Single(), fastest = Steps("epochs: 3, numeric: fastest").Single();

        fastest.Settings.Hash().ShouldNotBe(portable.Settings.Hash());
        portable.Environment["MKL_CBWR"].ShouldBe("COMPATIBLE");
        fastest.Environment.Keys.ShouldNotContain("MKL_CBWR");
    }

    private static IReadOnlyList<Step> Steps(string train)
    {
        ConfigBlock root = Campaigns.Root($"definitions: {{ features: {{ tau_pt: {{ }} }} }}\ntrain: {{ {train} }}");
        var flow = new SamplingFlow("shuffle_merge: { groups: { all: { datasets: [DY], types: [tau] } }, tau_ratio: { tau: 1 } }");
        return new TrainStage(
            flow.Mix.Mixed,
            flow.Parts,
            FeatureSettings.Read(root.Block("definitions"), root.Block("train")),
            TrainSettings.Read(root.Block("train"), ClassSettings.Standard)).Steps();
    }
}
