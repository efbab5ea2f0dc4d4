using System.Text.Json;
using Shouldly;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What a campaign's run store keeps.</summary>
[Collection(SmokeBuild.Name)]
public sealed class RunStoreTests(SmokeBuild smoke)
{
    [Fact]
    public void Each_training_is_one_run_whoever_repeats_it_with_its_settings_losses_and_evaluation()
    {
        using SmokeFolder ours = smoke.Copy(), theirs = smoke.Copy();
        using ProgramRun idle = ours.Run("--target=Evaluate", "--set=+plot.pdf=false");
        string[] first = Runs(ours);
        using ProgramRun longer = theirs.Run("--target=Train", "--set=train.epochs=2");
        Directory.Delete(ours.At("runs", "mlruns"), recursive: true);
        using ProgramRun healed = ours.Run("--target=Metrics");

        using ProgramRun merged = ours.Run("--target=Runs", $"--merge={theirs.Out}", "--json");

        (longer.ExitCode, healed.ExitCode, merged.ExitCode).ShouldBe((0, 0, 0), longer.Error + healed.Error + merged.Error);
        first.ShouldHaveSingleItem();
        string page = Directory.GetFiles(ours.At("runs"), "report.html", SearchOption.AllDirectories).Order().First();
        File.ReadAllText(page).ShouldContain("href=\"../mlruns\"");
        Directory.Exists(Path.Combine(Path.GetDirectoryName(page)!, "..", "mlruns")).ShouldBeTrue();
        longer.Output.ShouldContain("--target=Runs");
        (merged.Events("merged").Single().GetProperty("came").GetInt32(), merged.Events("merged").Single().GetProperty("known").GetInt32())
            .ShouldBe((1, 1));
        JsonElement[] runs = [.. merged.Events("run")];
        runs.Length.ShouldBe(2);
        runs.ShouldAllBe(run => run.GetProperty("experiment").GetString() == "smoke");
        runs.ShouldAllBe(run =>
            run.GetProperty("differing").EnumerateArray().Single().GetProperty("setting").GetString() == "train.epochs");
        JsonElement evaluated = runs.Single(run => run.GetProperty("id").GetString() == first[0]);
        using JsonDocument performance = JsonDocument.Parse(File.ReadAllBytes(ours.At("metrics", "performance.json")));
        JsonElement curve = performance.RootElement.GetProperty("roc_curve")[0];
        evaluated.GetProperty("evaluation/auc/network/tau_vs_jet/pt 20-1000 eta 0-2.3").GetDouble()
            .ShouldBe(curve.GetProperty("auc_score").GetDouble());
        using JsonDocument history = JsonDocument.Parse(File.ReadAllBytes(ours.At("train", "history.json")));
        evaluated.GetProperty("train_loss").GetDouble()
            .ShouldBe(history.RootElement.GetProperty("epochs")[0].GetProperty("train_loss").GetDouble());
    }

    private static string[] Runs(SmokeFolder folder) =>
    [
        .. Directory.GetDirectories(folder.At("runs", "mlruns")).SelectMany(Directory.GetDirectories).Select(one => Path.GetFileName(one)!),
    ];
}
