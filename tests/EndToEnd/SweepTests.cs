using System.Text.Json;
using Shouldly;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>A sweep as one command.</summary>
[Collection(SmokeBuild.Name)]
public sealed class SweepTests(SmokeBuild smoke)
{
    private const string Four = "{ learning_rate: 1e-3 }, { learning_rate: 1e-2 }, { hidden: [8] }, { batch_size: 100 }";

    [Fact]
    public void Killed_in_the_middle_and_repeated_it_ends_with_the_same_choice_and_one_more_point_trains_only_that_one()
    {
        using SmokeFolder calm = smoke.Copy(), killed = smoke.Copy();
        using ProgramRun undisturbed = Sweep(calm.Run, Four);
        using (ProgramRun run = Sweep(killed.Start, Four))
        {
            run.WaitFor("\"started\",\"step\":\"Train/hidden=8\"");
            run.Signal("KILL");
            run.ExitCode.ShouldBe(137);
        }

        using ProgramRun repeated = Sweep(killed.Run, Four);
        IReadOnlyList<string> products = killed.Products();
        using ProgramRun five = Sweep(killed.Run, Four + ", { hidden: [16] }");

        (undisturbed.ExitCode, repeated.ExitCode, five.ExitCode).ShouldBe((0, 0, 0), undisturbed.Error + repeated.Error + five.Error);
        products.ShouldBe(calm.Products());
        repeated.Ran().Count(step => step.StartsWith("Train/", StringComparison.Ordinal)).ShouldBeInRange(1, 3);
        five.Ran().Where(step => step.StartsWith("Train/", StringComparison.Ordinal)).ShouldBe(["Train/hidden=16"]);
        five.Ran().ShouldContain("Choose");
        using JsonDocument choice = JsonDocument.Parse(File.ReadAllBytes(calm.At("sweep", "choice.json")));
        JsonElement[] points = [.. choice.RootElement.GetProperty("points").EnumerateArray()];
        string chosen = points.MinBy(point => point.GetProperty("value").GetDouble()).GetProperty("name").GetString()!;
        choice.RootElement.GetProperty("chosen").GetString().ShouldBe(chosen);
        File.ReadAllBytes(calm.At("train", "model.zip")).ShouldBe(File.ReadAllBytes(calm.At("sweep", chosen, "model.zip")));
        using ProgramRun runs = calm.Run("--target=Runs", "--json");
        runs.Events("run").Count().ShouldBe(5); // the campaign's own before, and the four
    }

    private static ProgramRun Sweep(Func<string[], ProgramRun> run, string points) =>
        run(["--target=Choose", "--json", "--jobs=2", $"--set=+sweep={{ list: [{points}] }}"]);
}
