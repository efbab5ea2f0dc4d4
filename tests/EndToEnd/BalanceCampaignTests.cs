using System.Text.Json;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The campaign of balanced batches that ships, to numbers and to figures of its scaling constants.</summary>
public sealed class BalanceCampaignTests
{
    [Fact]
    public void From_generated_events_to_numbers_with_a_plan_that_adds_up_and_a_second_run_does_nothing()
    {
        using var place = new TempFolder();
        string[] words = ["--config=configs/balanced-batches.yaml", $"--out={place.At("out")}", "--target=Metrics"];

        using (ProgramRun first = ProgramRun.Host(words)) first.ExitCode.ShouldBe(0, first.Error);
        using ProgramRun again = ProgramRun.Host(words);

        again.Output.ShouldContain("nothing to do");
        using JsonDocument plan = JsonDocument.Parse(File.ReadAllText(place.At("out", "balance/train.plan.json")));
        long batches = plan.RootElement.GetProperty("batches").GetInt64();
        JsonElement[] regions = [.. plan.RootElement.GetProperty("regions").EnumerateArray()];
        regions.Length.ShouldBe(8); // four classes, two bins of pt
        batches.ShouldBe(regions.Max(region => region.GetProperty("rows").GetInt64()) / 10);
        // Every row is taken so often, or once more; all takings are 10 rows a batch.
        foreach (JsonElement region in regions)
        {
            (long rows, long least, long most) =
                (region.GetProperty("rows").GetInt64(), region.GetProperty("least_uses").GetInt64(), region.GetProperty("most_uses").GetInt64());
            (most - least).ShouldBeInRange(0, 1);
            (batches * 10).ShouldBeInRange(rows * least, rows * most);
            region.GetProperty("starts").GetArrayLength().ShouldBe((int)batches);
        }
        using JsonDocument scaling = JsonDocument.Parse(File.ReadAllText(place.At("out", "scale/checks.json")));
        JsonElement snapshots = scaling.RootElement.GetProperty("snapshot_rows");
        snapshots.GetArrayLength().ShouldBe(4);
        snapshots[3].GetInt64().ShouldBe(batches * 80);
    }
}
