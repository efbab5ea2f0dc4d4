using Shouldly;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What runs again after what change, on the whole smoke campaign.</summary>
[Collection(SmokeBuild.Name)]
public sealed class RebuildTests(SmokeBuild smoke)
{
    private const string Shard = "Ingest/TauGun/TauGun_000";

    [Fact]
    public void The_same_command_again_runs_nothing_and_says_why()
    {
        using SmokeFolder folder = smoke.Copy();

        using ProgramRun again = folder.Evaluate();
        using ProgramRun told = folder.Run("--target=Evaluate", "--explain");

        again.ExitCode.ShouldBe(0, again.Error);
        again.Outcomes().Values.ShouldAllBe(outcome => outcome == "UpToDate");
        again.Outcomes().Keys.ShouldContain("Report");
        again.Events("summary").Single().GetProperty("Ran").GetInt32().ShouldBe(0);
        told.Output.ShouldContain("Train  up to date: inputs, settings, code, tools and products are as the log has them");
        told.Output.ShouldContain("nothing to do: ");
        folder.Products().ShouldBe(smoke.Products);
    }

    [Fact]
    public void Touching_every_product_runs_nothing()
    {
        using SmokeFolder folder = smoke.Copy();
        foreach (string file in folder.Files().Where(file => !file.StartsWith(".tau", StringComparison.Ordinal)))
            File.SetLastWriteTimeUtc(folder.At(file), DateTime.UtcNow);

        using ProgramRun run = folder.Evaluate();

        run.ExitCode.ShouldBe(0, run.Error);
        run.Ran().ShouldBeEmpty();
    }

    [Fact]
    public void A_setting_of_plots_runs_plots_and_report_only()
    {
        using SmokeFolder folder = smoke.Copy();

        using ProgramRun run = folder.Evaluate("--set=plot.width=700");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Ran().ShouldBe(["Plot/distributions", "Plot/efficiencies", "Plot/roc", "Plot/training", "Report"]);
        run.WhyRan("Plot/roc").ShouldContain("plot.width");
        run.Outcomes().Where(step => !run.Ran().Contains(step.Key)).ShouldAllBe(step => step.Value == "UpToDate");
    }

    [Fact]
    public void A_new_derived_column_runs_what_carries_rows_and_nothing_that_learns()
    {
        using SmokeFolder folder = smoke.Copy();

        using ProgramRun run = folder.Evaluate("--set=+ingest.columns.twice=2*tau_pt");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Ran().Select(step => step.Split('/')[0]).Distinct().ShouldBe(["Ingest", "Report", "ShuffleMerge", "Split"]);
        run.Ran().ShouldContain("ShuffleMerge/train");
        run.Outcomes().Where(step => step.Key.StartsWith("Ingest/", StringComparison.Ordinal)).ShouldAllBe(step => step.Value == "Ran");
        string[] cut =
        [
            .. run.Outcomes()
                .Where(step => step.Value == "CutOff")
                .Select(step => step.Key.Split('/')[0])
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        cut.ShouldBe([
            "Apply",
            "Metrics",
            "Plot",
            "Scale",
            "ShuffleMerge",
            "Spectrum",
            "Split",
            "Train",
            "Validate",
            "Weights",
            "WorkingPoints",
        ]);
    }

    [Fact]
    public void A_deleted_product_is_made_again_and_what_follows_is_left_alone()
    {
        using SmokeFolder folder = smoke.Copy();
        File.Delete(folder.At("ingest", "TauGun", "TauGun_000.h5"));

        using ProgramRun run = folder.Evaluate();

        run.ExitCode.ShouldBe(0, run.Error);
        run.Ran().ShouldBe([Shard]);
        run.WhyRan(Shard).ShouldContain("ingest/TauGun/TauGun_000.h5");
        folder.Products().ShouldBe(smoke.Products);
    }

    [Fact]
    public void A_product_edited_by_hand_is_noticed_named_and_made_again()
    {
        using SmokeFolder folder = smoke.Copy();
        string file = folder.At("scale", "scaling.json");
        byte[] bytes = File.ReadAllBytes(file);
        DateTime time = File.GetLastWriteTimeUtc(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, time);

        using ProgramRun run = folder.Evaluate();

        run.ExitCode.ShouldBe(0, run.Error);
        run.Ran().ShouldBe(["Scale"]);
        run.WhyRan("Scale").ShouldContain("scale/scaling.json");
        folder.Products().ShouldBe(smoke.Products);
    }

    [Fact]
    public void A_dry_run_names_steps_and_writes_nothing()
    {
        using SmokeFolder folder = smoke.Copy();
        IReadOnlyList<string> before = folder.Stamps();

        using ProgramRun run = folder.Run("--target=Evaluate", "--dryrun", "--set=train.epochs=2");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("would run  Train\n");
        run.Output.ShouldContain("may run    Report\n");
        run.Output.ShouldNotContain("run  Ingest");
        folder.Stamps().ShouldBe(before);
    }

    [Fact]
    public void Status_tells_and_changes_nothing()
    {
        using SmokeFolder folder = smoke.Copy();
        File.Delete(folder.At("report", "index.html"));
        IReadOnlyList<string> before = folder.Stamps();

        using ProgramRun status = folder.Run("--target=Status", "--json");
        using ProgramRun misspelt = folder.Run("--target=Statsu");

        status.ExitCode.ShouldBe(1, status.Error); // something is stale
        status.Events("status")
            .Where(step => step.GetProperty("state").GetString() != "up to date")
            .Select(step => step.GetProperty("step").GetString())
            .ShouldBe(["Export", "Report"]); // Export was never asked for
        misspelt.ExitCode.ShouldBe(2);
        misspelt.Error.ShouldContain("Status");
        folder.Stamps().ShouldBe(before);
    }
}
