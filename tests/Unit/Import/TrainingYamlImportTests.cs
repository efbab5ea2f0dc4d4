using Shouldly;
using TauPipeline.Import;
using Xunit;

namespace TauPipeline.Tests.Unit.Import;

/// <summary>A training YAML of TauMLTools with its scaling file (training-and-evaluation 1.6 and 17, data-preparation 4.10).</summary>
public sealed class TrainingYamlImportTests
{
    private const string Training = """
        scaling_cfg: configs/scaling.json
        Setup:
          n_tau: 100
          n_inner_cells: 11
          tau_types_names: { "0": e, "1": mu, "2": tau, "3": jet }
          DeepTauVSjet_cut: 0.05
          input_dir: /store/shuffled/
          input_spectrum: /store/spectrum.root
          weight_thr: 1000.0
          yaxis: [20., 40., 1000.]
          xaxis_list: [[0.0, 1.0, 2.5], [0.0, 2.5]]
          invention: 1
        SetupNN:
          n_epochs: 3
          validation_split: 0.3
          learning_rate: 0.002
          optimizer_name: "Nadam"
          loss: tau_crossentropy_v2
          dense_net: { activation: PReLU, dropout_rate: 0.2, reduction_rate: 1, first_layer_width: 200, last_layer_width: 200, min_n_layers: 4 }
        Scaling_setup:
          file_path: /store/*.root
          cone_definition: { inner: { min_pt: 30., min_radius: 0.05, opening_coef: 3. }, outer: { dR: 0.5 } }
          cone_selection: { Electron: { var_names: { eta: ele_eta, phi: ele_phi }, cone_types: [inner, outer] } }
          selection:
            - &pi 3.141592653589793
            - &valid '(tau_dxy > -10) & (tau_dxy_error > 0)'
        Features_all:
          TauFlat:
            - tau_pt: [null, null, linear, 20, 1000]
            - tau_phi: [null, null, linear, -3.2, *pi]
            - tau_mass: [null, null, "normal"]
            - tau_dxy_valid: [null, {tau_dxy_valid: *valid}, "no_scaling"]
            - tau_dxy: [*valid, null, "normal", -5, 5]
            - tau_dxy_sig: [*valid, {tau_dxy_sig: "abs(tau_dxy)/tau_dxy_error"}, "normal", -5, 5]
            - tau_n_charged_prongs: [null, {tau_n_charged_prongs: "tau_decayMode//5 + 1"}, "categorical"]
          Electron:
            - ele_valid: [null, null, "no_scaling"]
            - ele_deta: ['ele_pt > 5', {ele_deta: "ele_eta - tau_eta"}, linear, {inner: [-0.1, 0.1], outer: [-0.5, 0.5]}]
        Features_disable:
          TauFlat: [tau_phi]
        """;

    private const string Scaling = """
        {"TauFlat": {"tau_mass": {"global": {"mean": 0.9, "std": 0.5, "lim_min": -5.0, "lim_max": 5.0, "sqmean": null}},
         "tau_dxy": {"global": {"mean": -1e-3, "std": 0.02, "lim_min": -5.0, "lim_max": 5.0}},
         "tau_dxy_sig": {"global": {"mean": 2, "std": 3, "lim_min": "-inf", "lim_max": "inf"}}}}
        """;

    [Fact]
    public void Features_and_training_are_carried_over_and_the_campaign_composes()
    {
        using ImportFiles files = new ImportFiles().With("training.yaml", Training).With("scaling.json", Scaling);

        ImportedCampaign campaign = files.Import();

        foreach (string line in new[]
        {
            "  selection: \"tau_byDeepTau2017v2p1VSjetraw > 0.05\"",
            "    tau_dxy_valid: { scaling: no_scaling, value: \"(tau_dxy > -10) & (tau_dxy_error > 0)\" }",
            "    tau_dxy: { scaling: normal, range: [-5, 5], when: \"(tau_dxy > -10) & (tau_dxy_error > 0)\" }",
            "    tau_n_charged_prongs: { scaling: categorical, value: tau_decayMode//5 + 1 }",
            "    tau_pt: { scaling: linear, range: [20, 1000] }",
            "    tau_mass: { scaling: normal, range: none }",
            "      range: [-0.1, 0.1]", "      outer_range: [-0.5, 0.5]", "      value: ele_eta - tau_eta", "      constituents: ele",
            "      group: Electron",
            "  cones: { least_pt: 30, least_radius: 0.05, opening: 3, outer: 0.5 }",
            "  file: scaling.json",
            "  epochs: 3", "  batch_size: 100", "  learning_rate: 0.002", "  optimiser: nadam", "  hidden: [200, 200, 200, 200]",
            "  dropout: 0.2", "  activation: prelu", "  largest_spread: 1000", "  thinning: none",
            "  fractions: { train: 0.49, validation: 0.21, calibration: 0.1, test: 0.2 }",
            "  binning: { pt: [20, 40, 1000], abs_eta: [0, 2.5] }",
        })
            campaign.Text.Split('\n').ShouldContain(line);
        campaign.Text.ShouldNotContain("tau_phi");
        files.Compose(campaign, "training=/store/x.root").ShouldContain("Train");
    }

    [Fact]
    public void Keys_that_are_not_carried_over_are_named_with_file_and_line()
    {
        using ImportFiles files = new ImportFiles().With("training.yaml", Training).Beside("configs/scaling.json", Scaling);

        ImportedCampaign campaign = files.Import();

        ImportFiles.Told(campaign).ShouldBe([
            "training.yaml:4 n_inner_cells", "training.yaml:8 input_spectrum", "training.yaml:11 xaxis_list", "training.yaml:12 Setup.invention",
            "training.yaml:18 loss", "training.yaml:19 SetupNN.dense_net.reduction_rate", "training.yaml:21 file_path",
            "training.yaml:37 ele_valid",
        ]);
        campaign.Text.ShouldContain("file: configs/scaling.json"); // the file that scaling_cfg names
    }

    [Fact]
    public void With_the_command_of_a_mixing_both_are_in_one_campaign()
    {
        using ImportFiles files = new ImportFiles().With("training.yaml", Training).With("scaling.json", Scaling)
            .With("run.sh", "ShuffleMergeSpectral --cfg g.cfg --pt-bins 20,50,1000 --eta-bins 0,2.3 --tau-ratio e:1,mu:1,tau:1,jet:1")
            .Beside("g.cfg", "DY: dir=DY.* types=e,mu,tau\nQCD: dir=QCD.* types=jet\n");

        ImportedCampaign campaign = files.Import();

        campaign.Text.ShouldContain("DY: { datasets: [DY], types: [e, mu, tau] }");
        campaign.Text.ShouldContain("binning: { pt: [20, 50, 1000], abs_eta: [0, 2.3] }");
        campaign.Text.ShouldContain("optimiser: nadam");
        files.Compose(campaign, "DY=/a.root", "QCD=/b.root").ShouldContain("Train");
    }
}
