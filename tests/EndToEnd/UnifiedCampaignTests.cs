using System.Text.Json;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Decay modes and fakes in one network, on a generated sample in the layout of THOR's ntuples, up to metrics.</summary>
public sealed class UnifiedCampaignTests
{
    [Fact]
    public void Five_decay_modes_and_fakes_from_ntuples_to_curves()
    {
        using var folder = new TempFolder();

        using ProgramRun run = ProgramRun.Host(
            "--config=configs/atlas-unified.yaml",
            "--target=Metrics",
            "--set=datasets.GammaTauTau.generate.events=2500",
            "--set=datasets.Dijets.generate.events=2500",
            "--set=definitions.binning.pt=[15, 10000 GeV]",
            "--set=definitions.binning.abs_eta=[0, 2.5]",
            "--set=train.epochs=3",
            $"--out={folder.At("out")}");

        run.ExitCode.ShouldBe(0, run.Error);
        using JsonDocument performance = JsonDocument.Parse(File.ReadAllText(folder.At("out", "metrics", "performance.json")));
        JsonElement[] curves = [.. performance.RootElement.GetProperty("roc_curve").EnumerateArray()];
        JsonElement network = curves.First(curve => curve.GetProperty("discriminator").GetString() == "network");
        network.GetProperty("auc_score").GetDouble().ShouldBeGreaterThan(0.9); // 0.99 with ten times the sample
        // Truth and decision know all six classes.
        using JsonDocument ledger = JsonDocument.Parse(
            File.ReadAllText(folder.At("out", "ledger", "Ingest", "GammaTauTau", "GammaTauTau_000.json")));
        foreach (string mode in (string[])["tau_1p0n", "tau_1p1n", "tau_1pXn", "tau_3p0n", "tau_3pXn"])
            ledger.RootElement.GetRawText().ShouldContain($"\"{mode}\"");
    }
}
