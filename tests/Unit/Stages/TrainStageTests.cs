using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// What the step declares; the training itself is Learning's, and the way from file to model that of the end-to-end tests.
/// </summary>
public sealed class TrainStageTests
{
    private const string HeadOfOne = "heads: { a: { truth: tau_pt, values: { x: 0, y: 1 } } }";

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
    public void An_adaptation_reads_control_rows_of_both_samples_with_domain_and_weight()
    {
        StepInput[] control = [.. Steps("adaptation: { }").Single().Reads.Where(read => read.Role.StartsWith("control"))];

        control.Select(read => read.Artifact.Path).ShouldBe(["control/train.h5", "control/validation.h5"]);
        control.ShouldAllBe(read => read.Columns.SequenceEqual(new[] { "tau_pt", "control_domain", "control_weight" }));
        Steps("epochs: 3").Single().Reads.ShouldNotContain(read => read.Role.StartsWith("control"));
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

    // A key that were read and not counted would leave another network under the same fingerprint.
    [Theory]
    [InlineData("loss: { name: focal }", "loss: { name: focal, gamma: 3 }")]
    [InlineData("loss: { smoothing: 0.1 }", "loss: { smoothing: 0.2 }")]
    [InlineData("loss: { name: tau_crossentropy_v2 }", "loss: { name: tau_crossentropy_v2, factors: { mu: 2 } }")]
    [InlineData("loss: { name: wp_loss }", "loss: { name: wp_loss, thresholds: { mu: [0.5] } }")]
    [InlineData("schedule: { name: step }", "schedule: { name: step, every: 2 }")]
    [InlineData("optimiser: sgd", "optimiser: sgd, momentum: 0.9")]
    [InlineData("average: 0.9", "average: 0.99")]
    [InlineData("epochs: 3", "epochs: 3, max_gradient: 1")]
    [InlineData("epochs: 3", "epochs: 3, checkpoints: 1")]
    [InlineData(HeadOfOne, "heads: { a: { truth: tau_pt, values: { x: 0, y: 1 }, factor: 2 } }")]
    [InlineData(HeadOfOne, "heads: { a: { truth: tau_pt, values: { x: 0, y: 2 } } }")]
    [InlineData(HeadOfOne, "heads: { a: { truth: tau_pt, values: { x: 0, y: 1 }, factors: { y: 2 } } }")]
    [InlineData("epochs: 3", "epochs: 3, adaptation: { }")]
    [InlineData("adaptation: { }", "adaptation: { factors: [1, 5] }")]
    [InlineData("adaptation: { }", "adaptation: { learning_rate: 0.1 }")]
    [InlineData(
        "start: { inputs: [{ entry: a, location: /a }] }",
        "start: { inputs: [{ entry: a, location: /a }] }, start_layers: [tau_*]")]
    public void Constants_of_loss_schedule_and_optimiser_are_other_fingerprints(string one, string other) =>
        Steps(other).Single().Settings.Hash().ShouldNotBe(Steps(one).Single().Settings.Hash());

    [Fact]
    public void DeepTau_s_constants_hold_for_classes_of_its_names_unless_others_are_stated()
    {
        LossPlan own = Loss("name: wp_loss2"), stated = Loss("name: wp_loss, factors: { mu: 7 }, thresholds: { mu: [0.25, 0.75] }");

        own.Signal.ShouldBe(2);
        own.Factors.ShouldBe([1, 2.5, 5, 1.5]);
        own.Thresholds.Select(list => list.Count).ShouldBe([8, 4, 0, 8]);
        stated.Factors.ShouldBe([1, 7, 5, 1.5]);
        stated.Thresholds[1].ShouldBe([0.25, 0.75]);
        Loss("name: focal, factors: { jet: 3 }").Factors.ShouldBe([1, 1, 1, 3]);
        Loss("name: focal").Factors.ShouldBeEmpty();

        static LossPlan Loss(string loss) =>
            TrainSettings.Read(Campaigns.Root($"train: {{ loss: {{ {loss} }} }}").Block("train"), ClassSettings.Standard).Plan.Loss;
    }

    [Theory]
    [InlineData("loss: { factors: { mu: 2 } }", "none with this loss")]
    [InlineData("loss: { name: focal, factors: { muon: 2 } }", "factors of e, mu, tau, jet")]
    [InlineData("loss: { name: focal, smoothing: 0.1 }", "0 with another loss")]
    [InlineData("nesterov: yes", "above 0 with nesterov")]
    [InlineData("adaptation: { factors: [1] }", "two: of the classes' gradient and of the adversary's")]
    public void What_does_not_go_together_is_told(string train, string message)
    {
        ConfigBlock root = Campaigns.Root($"train: {{ {train} }}");

        TrainSettings.Read(root.Block("train"), ClassSettings.Standard);

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain(message);
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
