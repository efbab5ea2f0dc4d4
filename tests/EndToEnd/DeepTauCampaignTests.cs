using System.IO.Compression;
using System.Text.Json;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The campaign of DeepTau that ships, with its features and topology, on fewer events and with narrow layers.</summary>
public sealed class DeepTauCampaignTests
{
    private static readonly string[] s_small =
    [
        "--config=configs/cms-deeptau.yaml",
        "--target=Metrics",
        "--set=datasets.DYToLL_M50.generate={ process: DYToLL_M50, files: 1, events: 900 }",
        "--set=datasets.TTToSemiLeptonic.generate={ process: TTToSemiLeptonic, files: 1, events: 300 }",
        "--set=datasets.WJetsToLNu.generate={ process: WJetsToLNu, files: 1, events: 300 }",
        "--set=datasets.QCD_Pt15to1000.generate={ process: QCD_Pt15to1000, files: 1, events: 900 }",
        "--set=datasets.TauGun.generate={ process: TauGun, files: 1, events: 300 }",
        "--set=datasets.EGun.generate={ process: EGun, files: 1, events: 300 }",
        "--set=datasets.MuGun.generate={ process: MuGun, files: 1, events: 300 }",
        "--set=train.batch_size=8",
        "--set=train.deeptau.tau_net={ first: 16, last: 12 }",
        "--set=train.deeptau.component_nets={ first: 12, last: 8, reduction_rate: 2 }",
        "--set=train.deeptau.merge_net={ first: 16, last: 8, reduction_rate: 2 }",
        "--set=train.deeptau.convolution={ window: 5 }",
        "--set=train.deeptau.dense_net={ first: 16, last: 16, min_layers: 2 }",
    ];

    [Fact]
    public void The_grid_network_learns_from_generated_tuples_and_gives_the_same_bytes_whatever_runs_beside_it()
    {
        using var place = new TempFolder();
        using (ProgramRun one = ProgramRun.Host([.. s_small, $"--out={place.At("one")}", "--jobs=1", "--set=train.loader_threads=0"]))
            one.ExitCode.ShouldBe(0, one.Error);
        // Another folder, with all but what is compared; that what comes before does not depend on folder and jobs is ReproducibleTests'.
        CopyWithout(place.At("one"), place.At("two"), "train", "apply");
        using (ProgramRun two = ProgramRun.Host([.. s_small, $"--out={place.At("two")}", "--jobs=2", "--json", "--set=train.loader_threads=3"]))
        {
            two.ExitCode.ShouldBe(0, two.Error);
            two.Ran().Select(step => step.Split('/')[0]).Distinct().ShouldBe(["Apply", "Train"], ignoreOrder: true);
        }

        using (ZipArchive model = ZipFile.OpenRead(place.At("one", "train/model.zip")))
        {
            model.GetEntry("archive/extra/untrained.txt").ShouldBeNull();
            using JsonDocument shape = JsonDocument.Parse(model.GetEntry("archive/extra/shape.json")!.Open());
            shape.RootElement.GetProperty("Network").GetString().ShouldBe("grids");
            JsonElement[] inputs =
            [
                .. shape.RootElement.GetProperty("Grids").EnumerateArray().SelectMany(grid => grid.GetProperty("Inputs").EnumerateArray()),
            ];
            inputs.Select(input => $"{input.GetProperty("Name")} {input.GetProperty("Features")} {input.GetProperty("EtaCells")}").ShouldBe(
            [
                "inner_egamma 86 11", "inner_muon 64 11", "inner_hadrons 38 11",
                "outer_egamma 86 21", "outer_muon 64 21", "outer_hadrons 38 21",
            ]);
        }
        using JsonDocument history = JsonDocument.Parse(File.ReadAllText(place.At("one", "train/history.json")));
        double[] losses =
        [
            .. history.RootElement.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetProperty("train_loss").GetDouble()),
        ];
        losses[^1].ShouldBeLessThan(losses[0]);
        foreach (string product in (string[])["train/model.zip", "train/history.json", "apply/test/DYToLL_M50/DYToLL_M50_000.h5"])
            File.ReadAllBytes(place.At("two", product)).ShouldBe(File.ReadAllBytes(place.At("one", product)), product);
    }

    private static void CopyWithout(string from, string to, params string[] left)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(from, file);
            if (left.Contains(path.Split('/')[0])) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
            File.Copy(file, Path.Combine(to, path));
        }
    }
}
