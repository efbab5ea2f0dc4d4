using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Import as a user calls it: the campaign that it writes runs, and nothing of theirs is overwritten.</summary>
public sealed class ImportTests
{
    [SharedDataFact]
    public void A_configuration_of_UPP_becomes_a_campaign_that_runs_to_numbers()
    {
        using var place = new TempFolder();
        string campaign = place.At("mine.yaml"), theirs = SharedData.At("upp", "configs", "countup-small.yaml");
        string[] words =
        [
            $"--config={campaign}", $"--out={place.At("out")}", "--set=train.epochs=1",
            $"--input=ttbar={SharedData.At("upp", "ntuples", "data1.h5")}", $"--input=ttbar={SharedData.At("upp", "ntuples", "data2.h5")}",
            $"--input=zprime={SharedData.At("upp", "ntuples", "data3.h5")}",
        ];

        using ProgramRun tried = ProgramRun.Host("--target=Import", $"--file={theirs}", $"--out={campaign}", "--dryrun");
        bool written = File.Exists(campaign);
        using ProgramRun import = ProgramRun.Host("--target=Import", $"--file={theirs}", $"--out={campaign}");
        using ProgramRun again = ProgramRun.Host("--target=Import", $"--file={theirs}", $"--out={campaign}");
        using ProgramRun foreseen = ProgramRun.Host([.. words, "--target=Evaluate", "--dryrun"]);
        using ProgramRun numbers = ProgramRun.Host([.. words, "--target=Metrics"]);

        tried.Output.ShouldContain("would write");
        written.ShouldBeFalse();
        import.ExitCode.ShouldBe(0, import.Error);
        import.Output.ShouldContain("countup-small.yaml:61: batch_size: memory is bounded by step_memory");
        again.ExitCode.ShouldBe(2);
        again.Error.ShouldContain("is there already");
        foreseen.ExitCode.ShouldBe(0, foreseen.Error);
        numbers.ExitCode.ShouldBe(0, numbers.Error);
        File.Exists(place.At("out", "metrics", "performance.json")).ShouldBeTrue();
    }

    [Fact]
    public void A_training_YAML_of_TauMLTools_becomes_a_campaign_that_runs_on_its_tuples()
    {
        using var place = new TempFolder();
        string campaign = place.At("mine.yaml"), tuples = place.At("made", "generate", "tuples");
        File.WriteAllText(place.At("training.yaml"), $$"""
            Setup: { n_tau: 100, input_dir: "{{tuples}}", yaxis: [20, 60, 1000], xaxis_list: [[0, 2.5], [0, 2.5]] }
            SetupNN: { n_epochs: 1, validation_split: 0.2 }
            Features_all:
              TauFlat:
                - tau_pt: [null, null, linear, 20, 1000]
                - tau_dxy: ['(tau_dxy > -10) & (tau_dxy_error > 0)', null, normal, -5, 5]
                - tau_E_over_pt: [null, {tau_E_over_pt: "sqrt((tau_pt*cosh(tau_eta))*(tau_pt*cosh(tau_eta)) + tau_mass*tau_mass)/tau_pt"}, normal, -5, 5]
                - tau_chargedIsoPtSum: [null, null, normal, -5, 5]
            """);
        File.WriteAllText(place.At("scaling.json"), """
            {"TauFlat": {"tau_pt": {"global": {"mean": 510, "std": 490, "lim_min": -1, "lim_max": 1}},
             "tau_dxy": {"global": {"mean": 0.001, "std": 0.02, "lim_min": -5, "lim_max": 5}},
             "tau_E_over_pt": {"global": {"mean": 1.7, "std": 0.8, "lim_min": "-5", "lim_max": "5"}},
             "tau_chargedIsoPtSum": {"global": {"mean": 10.5, "std": 20, "lim_min": -5.0, "lim_max": 5.0}}}}
            """);
        ProgramRun.Host(
            "--config=configs/smoke.yaml", $"--out={place.At("made")}", "--target=Generate").Dispose();
        Directory.CreateDirectory(tuples);
        foreach (string file in Directory.GetFiles(place.At("made", "generate"), "*.root", SearchOption.AllDirectories))
            File.Move(file, Path.Combine(tuples, Path.GetFileName(file)));

        using ProgramRun import = ProgramRun.Host(
            "--target=Import", $"--file={place.At("training.yaml")}", $"--file={place.At("scaling.json")}", $"--out={campaign}");
        using ProgramRun numbers = ProgramRun.Host($"--config={campaign}", $"--out={place.At("out")}", "--target=Metrics");

        import.ExitCode.ShouldBe(0, import.Error);
        import.Output.ShouldNotContain("before it runs");
        numbers.ExitCode.ShouldBe(0, numbers.Error + numbers.Output);
        File.ReadAllText(place.At("out", "scale", "scaling.json")).ShouldContain("10.5");
        File.Exists(place.At("out", "metrics", "performance.json")).ShouldBeTrue();
    }

    [Fact]
    public void A_data_configuration_of_weaver_becomes_a_campaign_that_runs_on_flat_trees()
    {
        using var place = new TempFolder();
        string campaign = place.At("mine.yaml");
        File.WriteAllText(place.At("weaver.yaml"), """
            treename: taus
            selection: (tau_pt > 20) & (np.abs(tau_eta) < 2.3)
            new_variables:
              label_tau: tau_type == 2
              label_jet: tau_type == 3
            inputs:
              scalars:
                vars: [[log_pt, 4.0, 0.5], [tau_mass, null], rho]
            labels: { type: simple, value: [label_tau, label_jet] }
            observers: [run, lumi, evt, tau_pt, tau_eta]
            weights:
              reweight_method: flat
              reweight_vars: { tau_pt: [20, 40, 1000], tau_eta: [-2.3, 0, 2.3] }
              reweight_classes: [label_tau, label_jet]
              class_weights: [1, 2]
            """);
        ProgramRun.Host("--config=configs/smoke.yaml", $"--out={place.At("made")}", "--target=Ingest").Dispose();
        string[] inputs =
        [
            .. Directory.GetFiles(place.At("made", "ingest"), "*.h5", SearchOption.AllDirectories).Select((shard, i) =>
            {
                ProgramRun.Host("--target=Inspect", $"--file={shard}", $"--as-root={place.At($"flat{i}.root")}").Dispose();
                return $"--input={place.At($"flat{i}.root")}";
            }),
        ];

        using ProgramRun import = ProgramRun.Host("--target=Import", $"--file={place.At("weaver.yaml")}", $"--out={campaign}");
        using ProgramRun numbers = ProgramRun.Host(
            [$"--config={campaign}", $"--out={place.At("out")}", "--set=train.epochs=1", "--target=Metrics", .. inputs]);

        import.ExitCode.ShouldBe(0, import.Error);
        numbers.ExitCode.ShouldBe(0, numbers.Error + numbers.Output);
        inputs.Length.ShouldBeGreaterThan(2);
        File.Exists(place.At("out", "reweight", "tables.json")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--target=Import", "--target=Import needs --file")]
    [InlineData("--target=Inspect --file=a --file=b", "--file stands there more than once")]
    [InlineData("--target=Import --file=README.md", "'README.md' is no configuration that can be imported")]
    public void What_cannot_be_imported_is_misuse(string words, string error)
    {
        using ProgramRun run = ProgramRun.Host(words.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(error);
    }
}
