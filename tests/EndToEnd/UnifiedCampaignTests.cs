using System.IO.Compression;
using System.Text.Json;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Taus against fakes and decay modes in one network, on generated ntuples in THOR's layout, up to metrics.</summary>
public sealed class UnifiedCampaignTests
{
    [Fact]
    public void Taus_and_their_decay_modes_by_a_deep_set_from_ntuples_to_curves()
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
        using JsonDocument modes = JsonDocument.Parse(File.ReadAllText(folder.At("out", "metrics", "heads", "decay_mode.json")));
        JsonElement[] guesses = [.. modes.RootElement.GetProperty("guesses").EnumerateArray()];
        guesses.Select(one => one.GetProperty("title").GetString()).ShouldBe(["Network", "Reconstructed"]);
        guesses[0].GetProperty("group_accuracy").GetProperty("value").GetDouble().ShouldBeGreaterThan(0.8);
        using ZipArchive model = ZipFile.OpenRead(folder.At("out", "train", "model.zip"));
        using JsonDocument shape = JsonDocument.Parse(model.GetEntry("archive/extra/shape.json")!.Open());
        shape.RootElement.GetProperty("Network").GetString().ShouldBe("sets");
        shape.RootElement.GetProperty("Sets").EnumerateArray().Select(set => set.GetProperty("Input").GetProperty("Name").GetString())
            .ShouldBe(["TauTracks", "NeutralPFO", "ShotPFO", "ConvTrack"]);
        shape.RootElement.GetProperty("Heads")[0].GetProperty("Values").GetInt32().ShouldBe(5);
    }
}
