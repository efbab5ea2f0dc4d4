using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The program killed or stopped in the middle of its work, on the real stages.</summary>
[Collection(SmokeBuild.Name)]
public sealed class KillTests(SmokeBuild smoke)
{
    // Long enough to be killed in the middle of, whatever the machine.
    private static readonly string[] Longer =
    [
        "--target=Evaluate",
        "--json",
        "--set=train.epochs=60",
        "--set=train.patience=60",
        "--set=working_points.tolerance=0.1",
        "--set=+train.checkpoints=25",
        "--set=+train.between_checkpoints=0.05 s", // many times an epoch
        "--set=+plot.pdf=false",
    ];

    [Fact]
    public void Killed_in_Ingest_in_Train_and_in_Plot_the_same_command_ends_with_the_same_products()
    {
        using SmokeFolder calm = smoke.Copy(), killed = SmokeFolder.Empty();
        using ProgramRun undisturbed = calm.Run(Longer);
        undisturbed.ExitCode.ShouldBe(0, undisturbed.Error);

        KillWhen(killed, run => run.WaitFor("\"started\",\"step\":\"Ingest/"));
        killed.Files().ShouldNotContain("report/index.html");
        int done = KillInTrain(killed);
        using ProgramRun plotting = KillWhen(killed, run => run.WaitFor("\"started\",\"step\":\"Plot/roc\""));
        using ProgramRun last = killed.Run(Longer);

        last.ExitCode.ShouldBe(0, last.Error);
        last.Ran().ShouldContain("Plot/roc");
        last.Ran().Where(step => !IsWaitedForByNone(step)).Select(step => step.Split('/')[0]).Distinct().ShouldBe(["Plot", "Report"]);
        FirstEpoch(plotting).ShouldBeGreaterThan(done);
        Directory.EnumerateFileSystemEntries(killed.At(".tau", "scratch")).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(killed.At(".tau", "attempts")).ShouldBeEmpty();
        killed.Products().ShouldBe(calm.Products());
    }

    [Fact]
    public void A_stopped_training_leaves_the_old_model_and_goes_on_later()
    {
        using SmokeFolder folder = smoke.Copy();
        using ProgramRun run = folder.Start(Longer);
        run.WaitFor("\"progress\",\"step\":\"Train\"");
        IReadOnlyList<int> children = run.Descendants();

        run.Signal("TERM");

        run.ExitCode.ShouldBe(130);
        children.ShouldNotBeEmpty();
        children.Where(Pid.Lives).ShouldBeEmpty();
        folder.Products().ShouldBe(smoke.Products);
        using ProgramRun again = folder.Run(Longer);
        again.ExitCode.ShouldBe(0, again.Error);
        again.Ran()[^1].ShouldBe("WorkingPoints");
        again.Ran().ShouldContain("Train");
    }

    // Kills after a few epochs, and says how many the checkpoint has.
    private static int KillInTrain(SmokeFolder folder)
    {
        string scratch = folder.At(".tau", "scratch");
        KillWhen(folder, run =>
        {
            run.WaitFor("\"started\",\"step\":\"Train\"");
            SpinWait.SpinUntil(() => EpochsIn(scratch) >= 2, TimeSpan.FromMinutes(2)).ShouldBeTrue(run.Output);
        }).Dispose();
        folder.Files().ShouldNotContain("train/model.zip");
        return EpochsIn(scratch);
    }

    private static ProgramRun KillWhen(SmokeFolder folder, Action<ProgramRun> ready)
    {
        ProgramRun run = folder.Start(Longer);
        ready(run);
        IReadOnlyList<int> children = run.Descendants();

        run.Signal("KILL");

        run.ExitCode.ShouldBe(137);
        // They die with their parent, which takes the kernel a moment.
        SpinWait.SpinUntil(() => !children.Any(Pid.Lives), TimeSpan.FromSeconds(5));
        children.Where(Pid.Lives).ShouldBeEmpty();
        return run;
    }

    // The checkpoint is a zip of stored entries; its history is plain text in it.
    private static int EpochsIn(string scratch)
    {
        if (
            !Directory.Exists(scratch)
            || Directory.EnumerateFiles(scratch, "checkpoint.pt", SearchOption.AllDirectories).FirstOrDefault() is not { } file)
            return 0;
        return Regex.Count(Encoding.Latin1.GetString(File.ReadAllBytes(file)), "\"Epoch\":");
    }

    // Results on the way, which may come last.
    private static bool IsWaitedForByNone(string step) =>
        step == "Split/components" || step.StartsWith("Spectrum/groups/", StringComparison.Ordinal);

    private static int FirstEpoch(ProgramRun run)
    {
        JsonElement first = run.Events("progress").First(line => line.GetProperty("step").GetString() == "Train");
        return int.Parse(Regex.Match(first.GetProperty("note").GetString()!, @"^epoch (\d+)").Groups[1].Value);
    }
}
