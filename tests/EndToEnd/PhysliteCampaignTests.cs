using System.Text.Json;
using Shouldly;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>
/// The campaign on a real PHYSLITE file of ATLAS: 8 genuine taus, 18 electrons, 12 muons and 29 jets (root-file-format 12).
/// </summary>
public sealed class PhysliteCampaignTests
{
    [SharedDataFact]
    public void From_a_PHYSLITE_file_to_curves_of_its_stored_discriminators()
    {
        using var folder = new TempFolder();

        using ProgramRun run = ProgramRun.Host(
            "--config=configs/atlas-physlite.yaml",
            "--target=Evaluate",
            "--set=train.epochs=2",
            "--set=plot.feature_bins=0",
            "--set=plot.pdf=false",
            "--set=plot.scaling=none",
            "--set=plot.spectra=false",
            $"--out={folder.At("out")}");

        run.ExitCode.ShouldBe(0, run.Error);
        using JsonDocument performance = JsonDocument.Parse(File.ReadAllText(folder.At("out", "metrics", "performance.json")));
        JsonElement[] curves = [.. performance.RootElement.GetProperty("roc_curve").EnumerateArray()];
        curves.Select(curve => $"{Text(curve, "discriminator")} {Text(curve, "vs_type")} {Number(curve, "signal")} {Number(curve, "background")}")
            .ShouldBe(["network jet 8 29", "rnn jet 8 29", "deepset jet 8 29", "network e 8 18", "rnn e 8 18", "network mu 8 12"]);
        // 229 of 232 pairs of a tau and a jet are in order.
        curves[1].GetProperty("auc_score").GetDouble().ShouldBe(229.0 / 232, 1e-12);
        File.ReadAllText(folder.At("out", "report", "index.html")).ShouldContain("RNN jet identification");
    }

    private static string Text(JsonElement curve, string name) => curve.GetProperty(name).GetString()!;

    private static double Number(JsonElement curve, string name) => curve.GetProperty(name).GetDouble();
}
