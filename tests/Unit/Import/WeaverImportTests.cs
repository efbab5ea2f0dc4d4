using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Import;
using Xunit;

namespace TauPipeline.Tests.Unit.Import;

/// <summary>Data configurations of weaver (modern-peers 1.1).</summary>
public sealed class WeaverImportTests
{
    private const string Configuration = """
        treename: Events
        selection:
          ### a comment
          (jet_tightId==1) & ~(np.abs(fj_eta) > 2.4)
        new_variables:
          fj_abseta: np.abs(fj_eta)
          pf_mask: awkward.JaggedArray.ones_like(pf_etarel)
          pf_reldr: np.sqrt(pf_etarel**2 + pf_phirel**2)
        preprocess: { method: manual, data_fraction: 0.5 }
        inputs:
          scalars:
            vars:
              - [fj_pt, 500, 0.01, -3, 4]
              - fj_abseta
          pf_features:
            length: 100
            pad_mode: wrap
            vars:
              - [pf_pt_log, -1, 0.6]
              - pf_reldr
              - pf_mask
          pf_mask:
            length: 100
            vars: [pf_mask]
        labels: { type: simple, value: [label_H_bb, label_QCD] }
        observers: [event_no, fj_pt, fj_eta, fj_phi]
        weights:
          use_precomputed_weights: false
          reweight_method: ref
          reweight_vars:
            fj_pt: [170, 300, 1200]
            fj_sdmass: [30, 100, 260]
          reweight_classes: [label_H_bb, label_QCD]
          class_weights: [1, 0.5]
          reweight_threshold: 15
        novelty: 1
        """;

    [Fact]
    public void Inputs_labels_selection_and_weights_are_carried_over_and_the_campaign_composes()
    {
        using ImportFiles files = new ImportFiles().With("data.yaml", Configuration);

        ImportedCampaign campaign = files.Import();

        foreach (string line in new[]
        {
            "  label_H_bb: { role: signal, truth: \"label_H_bb == 1\" }",
            "  flat: { table: Events, pt: fj_pt, eta: fj_eta, phi: fj_phi, event: event_no }",
            "  selection: \"(jet_tightId==1) & !(abs(fj_eta) > 2.4)\"",
            "    scaled_fj_pt: \"clamp((fj_pt - 500) * 0.01, (-3), 4)\"",
            "    fj_abseta: \"(abs(fj_eta))\"",
            "    mean_pf_pt_log: \"sum(clamp((pf_pt_log - (-1)) * 0.6, (-5), 5)) / max(1, length(pf_pt_log))\"",
            "    scaled_fj_pt: { scaling: no_scaling }",
            "    mean_pf_reldr: \"sum((sqrt(pf_etarel**2 + pf_phirel**2))) / max(1, length((sqrt(pf_etarel**2 + pf_phirel**2))))\"",
            "      method: reference",
            "      target: label_H_bb",
            "      threshold: 15",
            "      ratios: { label_H_bb: 1, label_QCD: 0.5 }",
            "  cells: { reweight: { axes: { fj_pt: [170, 300, 1200], fj_sdmass: [30, 100, 260] } } }",
            "  keep: [event_no, fj_pt, fj_eta, fj_phi]",
        })
            campaign.Text.Split('\n').ShouldContain(line);
        files.Compose(campaign, "/data/a.root").ShouldContain("Reweight");
    }

    [Fact]
    public void Keys_that_are_not_carried_over_are_named_with_file_and_line()
    {
        using ImportFiles files = new ImportFiles().With("data.yaml", Configuration);

        ImportFiles.Told(files.Import()).ShouldBe([
            "data.yaml:7 new_variables.pf_mask", "data.yaml:9 data_fraction", "data.yaml:16 pf_features.length", "data.yaml:17 pad_mode",
            "data.yaml:21 pf_mask", "data.yaml:22 pf_mask", "data.yaml:36 novelty",
        ]);
    }

    // Median 0 and the wider side's 34 % at 1, which is what weaver's auto does.
    [Fact]
    public void Inputs_without_a_centre_are_scaled_by_quantiles_where_weaver_does_so()
    {
        using ImportFiles files = new ImportFiles()
            .With("data.yaml", Configuration.Replace("method: manual", "method: auto", StringComparison.Ordinal));

        string text = files.Import().Text;

        text.ShouldContain("fj_abseta: { scaling: quantile, range: [-5, 5] }");
        text.ShouldContain("scaled_fj_pt: { scaling: no_scaling }");
    }

    [Fact]
    public void Weights_of_the_files_are_multiplied()
    {
        string given = Configuration.Replace("use_precomputed_weights: false", "use_precomputed_weights: true\n  weight_branches: [w, v]",
            StringComparison.Ordinal);
        using ImportFiles files = new ImportFiles().With("data.yaml", given);

        ImportedCampaign campaign = files.Import();

        campaign.Text.ShouldContain("times: w * v");
        files.Compose(campaign, "/data/a.root").ShouldContain("ShuffleMerge");
    }

    [Theory]
    [InlineData("type: simple", "type: custom", "data.yaml:25: simple (labels that are 0 or 1) is expected here")]
    [InlineData("fj_eta", "fj_theta", "no variable is the candidate's eta")]
    [InlineData("[label_H_bb, label_QCD] }", "[label_H_bb] }", "data.yaml:25: at least two labels")]
    public void What_no_campaign_can_do_without_is_an_error(string what, string by, string error)
    {
        using ImportFiles files = new ImportFiles().With("data.yaml", Configuration.Replace(what, by, StringComparison.Ordinal));

        Should.Throw<Misuse>(() => files.Import("weaver")).Text.Title.ShouldContain(error);
    }
}
