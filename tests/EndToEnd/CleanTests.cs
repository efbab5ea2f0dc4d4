using Shouldly;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Clean over the toy campaign: what goes, what stays, and whom it waits for.</summary>
public sealed class CleanTests : IDisposable
{
    private readonly ToyCampaign _toy = new();

    public void Dispose() => _toy.Dispose();

    [Fact]
    public void What_is_only_on_the_way_may_go_and_comes_back_when_it_is_read()
    {
        using ProgramRun build = _toy.Run("--target=Evaluate");

        using ProgramRun pretended = _toy.Run("--target=Clean", "--keep=Evaluate", "--dryrun");
        using ProgramRun clean = _toy.Run("--target=Clean", "--keep=Evaluate");
        bool isGone = !File.Exists(Path.Combine(_toy.Out, "Ingest", "a.txt"));
        using ProgramRun status = _toy.Run("--target=Status");
        using ProgramRun idle = _toy.Run("--target=Evaluate");
        using ProgramRun changed = _toy.Run("--target=Evaluate", "--set=metrics.text=other", "--json");

        pretended.Output.ShouldContain("would remove  Ingest/a.txt");
        pretended.Output.ShouldNotContain("Report.txt");
        clean.ExitCode.ShouldBe(0, clean.Error);
        clean.Output.ShouldContain("removed 2 products");
        isGone.ShouldBeTrue();
        status.ExitCode.ShouldBe(0, status.Output);
        status.Output.ShouldContain("2 products deleted on purpose");
        idle.Output.ShouldStartWith("nothing to do: 5 steps up to date");
        changed.ExitCode.ShouldBe(0, changed.Error);
        changed.Outcomes()["Ingest/a"].ShouldBe("RanUnchanged");
    }

    [Fact]
    public void A_pretended_clean_names_what_the_real_one_takes_and_no_more()
    {
        using ProgramRun build = _toy.Run("--target=Evaluate");
        string[] before = _toy.Files();

        using ProgramRun pretended = _toy.Run("--target=Clean", "--keep=Plot", "--dryrun", "--json");
        using ProgramRun clean = _toy.Run("--target=Clean", "--keep=Plot");

        clean.ExitCode.ShouldBe(0, clean.Error);
        string[] gone = [.. before.Except(_toy.Files()).Where(file => !file.StartsWith(".tau/", StringComparison.Ordinal))];
        gone.ShouldBe(["Ingest/a.txt", "Ingest/b.txt", "Metrics.txt"]);
        pretended.Events("would_remove").Select(line => line.GetProperty("path").GetString()).ShouldBe(gone);
    }

    [Fact]
    public void Two_ways_to_clean_at_once_are_misuse_and_nothing_goes()
    {
        using ProgramRun build = _toy.Run("--target=Ingest");
        string[] before = _toy.Tree();

        using ProgramRun pretended = _toy.Run("--target=Clean", "--keep=Plot", "--force", "--dryrun");
        using ProgramRun clean = _toy.Run("--target=Clean", "--keep=Plot", "--all");

        (pretended.ExitCode, clean.ExitCode).ShouldBe((2, 2));
        pretended.Error.ShouldContain("--force does not go with --keep");
        clean.Error.ShouldContain("--keep does not go with --all");
        _toy.Tree().ShouldBe(before);
    }

    [Fact]
    public void Only_orphans_are_cleaned_and_nothing_that_was_edited_goes_unasked()
    {
        using ProgramRun build = _toy.Run("--target=Evaluate");
        using ProgramRun none = _toy.Run("--target=Clean", "--orphans");
        File.WriteAllText(_toy.Campaign, File.ReadAllText(_toy.Campaign) + "items: [a, c]\n");
        using ProgramRun rebuilt = _toy.Run("--target=Evaluate");
        File.WriteAllText(Path.Combine(_toy.Out, "Ingest", "note.txt"), "mine");
        string[] before = _toy.Tree();

        using ProgramRun listed = _toy.Run("--target=Clean", "--orphans", "--dryrun");
        bool isUntouched = _toy.Tree().SequenceEqual(before);
        string product = Path.Combine(_toy.Out, "Ingest", "b.txt"), made = File.ReadAllText(product);
        File.WriteAllText(product, "edited");
        using ProgramRun refused = _toy.Run("--target=Clean", "--orphans");
        string kept = File.ReadAllText(product);
        File.WriteAllText(product, made);
        using ProgramRun cleaned = _toy.Run("--target=Clean", "--orphans", "--json");
        using ProgramRun after = _toy.Run("--target=Evaluate");

        none.Output.ShouldContain("removed 0 products, 0 B");
        rebuilt.ExitCode.ShouldBe(0, rebuilt.Error);
        listed.Output.ShouldBe("1. Clean\n   would remove  Ingest/b.txt  5 B\n");
        isUntouched.ShouldBeTrue();
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("1 product edited since a step made it: kept\n  kept  Ingest/b.txt");
        kept.ShouldBe("edited");
        cleaned.ExitCode.ShouldBe(0, cleaned.Error);
        cleaned.Events("removed").Single().GetProperty("path").GetString().ShouldBe("Ingest/b.txt");
        File.Exists(product).ShouldBeFalse();
        File.Exists(Path.Combine(_toy.Out, "Ingest", "note.txt")).ShouldBeTrue();
        after.Output.ShouldStartWith("nothing to do");
    }

    [Fact]
    public void Clean_removes_what_the_log_has_recorded_and_all_removes_the_folder()
    {
        using ProgramRun build = _toy.Run("--target=Evaluate");
        File.WriteAllText(Path.Combine(_toy.Out, "mine.txt"), "mine");
        File.WriteAllText(Path.Combine(_toy.Out, "Plot.txt"), "edited");

        using ProgramRun listed = _toy.Run("--target=Clean", "--dryrun", "--json");
        using ProgramRun first = _toy.Run("--target=Clean");
        string[] left = _toy.Files();
        using ProgramRun forced = _toy.Run("--target=Clean", "--force");
        string[] leftThen = _toy.Files();
        using ProgramRun again = _toy.Run("--target=Evaluate");
        using ProgramRun all = _toy.Run("--target=Clean", "--all");

        listed.Events("edited_kept").Single().GetProperty("path").GetString().ShouldBe("Plot.txt");
        listed.Events("would_remove").Count().ShouldBe(5); // four products and a report
        first.ExitCode.ShouldBe(1);
        left.Where(file => !file.StartsWith(".tau/", StringComparison.Ordinal)).ShouldBe(["Plot.txt", "mine.txt"]);
        forced.ExitCode.ShouldBe(0, forced.Error);
        leftThen.ShouldBe(["mine.txt"]);
        again.ExitCode.ShouldBe(0, again.Error);
        all.ExitCode.ShouldBe(0, all.Error);
        Directory.Exists(_toy.Out).ShouldBeFalse();
    }

    [Fact]
    public void Clean_leaves_a_folder_alone_that_is_not_ours_or_in_use()
    {
        using ProgramRun running = ProgramRun.StartToy(_toy.Folder, "--target=Plot", "--set=ingest.seconds=4", "--json");
        running.WaitFor("\"event\":\"started\"");

        using ProgramRun busy = ProgramRun.Toy(_toy.Folder, "--target=Clean", "--all", "--no-wait");
        string theirs = Directory.CreateDirectory(_toy.Folder.At("theirs")).FullName, mine = Path.Combine(theirs, "mine.txt");
        File.WriteAllText(mine, "mine");
        using ProgramRun foreign = ProgramRun.ToyOn(_toy.Campaign, theirs, "--target=Clean", "--all");

        busy.ExitCode.ShouldBe(1);
        busy.Error.ShouldContain("another run works on");
        busy.Error.ShouldContain($"holder  pid {running.Pid} on ");
        running.ExitCode.ShouldBe(0);
        foreign.ExitCode.ShouldBe(2);
        foreign.Error.ShouldContain("was not made by this program");
        File.ReadAllText(mine).ShouldBe("mine");
    }

    [Fact]
    public void Clean_waits_for_a_run_and_says_for_whom()
    {
        using ProgramRun running = ProgramRun.StartToy(_toy.Folder, "--target=Ingest", "--set=ingest.seconds=2", "--json");
        running.WaitFor("\"event\":\"started\"");

        using ProgramRun clean = ProgramRun.Toy(_toy.Folder, "--target=Clean", "--all");

        running.ExitCode.ShouldBe(0);
        clean.ExitCode.ShouldBe(0, clean.Error);
        clean.Error.ShouldContain($"waiting for another run on {_toy.Out}: pid {running.Pid} on ");
        clean.Output.ShouldContain("removed ");
        Directory.Exists(Path.Combine(_toy.Out, ".tau")).ShouldBeFalse();
        Directory.Exists(Path.Combine(_toy.Out, "Ingest")).ShouldBeFalse();
        // The run's report comes after the run: it may stand there now, and can be cleaned away.
        using ProgramRun again = ProgramRun.Toy(_toy.Folder, "--target=Clean", "--all");
        again.ExitCode.ShouldBe(0, again.Error);
        Directory.Exists(_toy.Out).ShouldBeFalse();
    }
}
