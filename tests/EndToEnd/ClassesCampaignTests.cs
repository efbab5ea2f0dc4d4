using System.Text.Json;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>A campaign with truth classes of its own: one-prong and three-prong taus, told from jets and from leptons together.</summary>
[Collection(SmokeBuild.Name)]
public sealed class ClassesCampaignTests : IDisposable
{
    private const string Campaign = """
        campaign: decay_modes
        seed: 3
        classes:
          lepton: { role: background, title: Leptons, truth: "gen_match in {1, 2, 3, 4}" }
          tau_1p: { role: signal, title: One-prong taus, truth: "gen_match == 5 and tau_decayMode in {0, 1, 2}" }
          tau_3p: { role: signal, title: Three-prong taus, truth: "gen_match == 5 and tau_decayMode >= 10" }
          jet: { role: background, title: Jets, truth: gen_match == 6 }
        datasets:
          DYToLL_M50: { use: both, generate: { process: DYToLL_M50, files: 1, events: 900 } }
          QCD_Pt15to1000: { use: both, generate: { process: QCD_Pt15to1000, files: 1, events: 1500 } }
        definitions:
          binning: { pt: [20, 1000 GeV], abs_eta: [0, 2.3] }
          features:
            log_pt: { scaling: normal, range: [-5, 5] }
            log_iso: { scaling: normal, range: [-5, 5] }
            tau_mass: { scaling: normal, range: [-5, 5] }
        ingest:
          selection: "tau_pt > 20 and abs(tau_eta) < 2.3"
          columns: { log_pt: log(tau_pt), log_iso: log1p(tau_chargedIsoPtSum) }
          keep: [gen_match]
        split: { fractions: { train: 0.5, validation: 0.1, calibration: 0.15, test: 0.25 } }
        shuffle_merge:
          groups:
            taus: { datasets: [DYToLL_M50], types: [tau_1p, tau_3p] }
            leptons: { datasets: [DYToLL_M50], types: [lepton] }
            jets: { datasets: [QCD_Pt15to1000], types: [jet] }
          tau_ratio: { tau_1p: -1, tau_3p: -1, lepton: -1, jet: -1 }
          thinning: none
        train: { epochs: 2, hidden: [16], batch_size: 100 }
        working_points: { efficiencies: { jet: { Medium: 0.7 }, lepton: { Loose: 0.95 } }, require: { lepton: Loose } }
        evaluation:
          - { name: tau_vs_jet, against: jet, signal: { DYToLL_M50: [tau_1p, tau_3p] }, background: { QCD_Pt15to1000: [jet] } }
          - { name: tau_vs_lepton, against: lepton, signal: { DYToLL_M50: [tau_1p, tau_3p] }, background: { DYToLL_M50: [lepton] } }
        plot: { feature_bins: 5 }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Classes_of_a_campaign_go_from_truth_to_scores_thresholds_and_curves()
    {
        File.WriteAllText(_folder.At("decay_modes.yaml"), Campaign);

        using ProgramRun run = ProgramRun.Host(
            "--target=Evaluate",
            $"--config={_folder.At("decay_modes.yaml")}",
            $"--out={_folder.At("out")}");

        run.ExitCode.ShouldBe(0, run.Error);
        using TupleShardReader shard = TupleShardReader.Open(new(_folder.At("out", "ingest", "DYToLL_M50", "DYToLL_M50_000.h5")));
        Batch rows = shard.Read(0, (int)shard.Rows);
        int[] type = rows.Flat<int>("tau_type").ToArray(),
            match = rows.Flat<int>("gen_match").ToArray(),
            mode = rows.Flat<int>("tau_decayMode").ToArray();
        // Indices as the campaign lists its classes; a genuine tau of another decay mode (two prongs) is in none and was dropped.
        for (int i = 0; i < type.Length; i++)
            type[i].ShouldBe(match[i] switch { <= 4 => 0, 5 => mode[i] >= 10 ? 2 : 1, _ => 3 });
        type.Distinct().Order().ShouldBe([0, 1, 2, 3]);
        mode.Where((_, i) => match[i] == 5).ShouldAllBe(found => found <= 2 || found >= 10);

        using var performance = JsonDocument.Parse(File.ReadAllText(_folder.At("out", "metrics", "performance.json")));
        JsonElement[] curves = [.. performance.RootElement.GetProperty("roc_curve").EnumerateArray()];
        curves.Select(curve => curve.GetProperty("vs_type").GetString()).Distinct().ShouldBe(["jet", "lepton"]);
        // Isolation alone tells taus from jets: the two signals are scored together.
        curves.First().GetProperty("auc_score").GetDouble().ShouldBeGreaterThan(0.8);
        File.ReadAllText(_folder.At("out", "working_points", "working_points.json")).ShouldContain("\"lepton\"");
        File.ReadAllText(_folder.At("out", "plot", "features", "feature_log_iso.vl.json")).ShouldContain("Three-prong taus");
    }
}
