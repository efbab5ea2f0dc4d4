using System.IO.Compression;
using System.Text.Json;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The campaign of domain adaptation that ships, on fewer events.</summary>
public sealed class AdaptationCampaignTests
{
    private static readonly string[] s_small =
    [
        "--config=configs/cms-adaptation.yaml",
        "--target=Apply",
        "--set=datasets.DYToLL_M50.generate={ process: DYToLL_M50, files: 1, events: 900 }",
        "--set=datasets.QCD_Pt15to1000.generate={ process: QCD_Pt15to1000, files: 1, events: 1500 }",
        "--set=datasets.TauGun.generate={ process: TauGun, files: 1, events: 300 }",
        "--set=datasets.EGun.generate={ process: EGun, files: 1, events: 300 }",
        "--set=datasets.MuGun.generate={ process: MuGun, files: 1, events: 300 }",
        "--set=datasets.collisions_DY.generate={ process: DYToLL_M50, files: 1, events: 900, isolation_scale: 1.5 }",
        "--set=datasets.collisions_QCD.generate={ process: QCD_Pt15to1000, files: 1, events: 900, isolation_scale: 1.5 }",
        "--set=train.epochs=2",
    ];

    [Fact]
    public void An_adversary_learns_from_the_control_region_and_no_product_but_the_checkpoints_has_it()
    {
        using var place = new TempFolder();
        using (ProgramRun with = ProgramRun.Host([.. s_small, $"--out={place.At("out")}"])) with.ExitCode.ShouldBe(0, with.Error);
        string[] model = Entries(place.At("out", "train/model.zip"));
        JsonElement[] adapted = Adaptations(place.At("out"));

        adapted.Length.ShouldBe(2);
        foreach (JsonElement epoch in adapted) epoch.GetProperty("loss").GetDouble().ShouldBeInRange(0.3, 2);

        // Without it nothing of it is there, and nothing before the training is made anew.
        using ProgramRun without = ProgramRun.Host([.. s_small, $"--out={place.At("out")}", "--json", "--set=train.adaptation=null"]);
        without.ExitCode.ShouldBe(0, without.Error);
        without.Ran().Select(step => step.Split('/')[0]).Distinct().ShouldBe(["Apply", "Train"], ignoreOrder: true);
        Adaptations(place.At("out")).ShouldBeEmpty();
        Entries(place.At("out", "train/model.zip")).ShouldBe(model);
    }

    private static string[] Entries(string model)
    {
        using ZipArchive file = ZipFile.OpenRead(model);
        return [.. file.Entries.Select(entry => entry.FullName)];
    }

    private static JsonElement[] Adaptations(string folder)
    {
        using JsonDocument history = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "train/history.json")));
        return
        [
            .. history.RootElement.GetProperty("epochs").EnumerateArray().Where(epoch => epoch.TryGetProperty("adaptation", out _))
                .Select(epoch => epoch.GetProperty("adaptation").Clone()),
        ];
    }
}
