using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Status, Graph, Log and Clean over the toy campaign, as one calls them.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ToolTests() => File.Copy(Checkout.At("tests", "ToyHost", "toy.yaml"), Campaign);

    private string Campaign => _folder.At("toy.yaml");

    private string Out => _folder.At("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Status_writes_nothing_and_ends_with_0_or_1()
    {
        using ProgramRun nothing = Run("--target=Status");
        bool isMade = Directory.Exists(Out);
        using ProgramRun build = Run("--target=Evaluate");
        string[] before = Tree();

        using ProgramRun clean = Run("--target=Status");
        using ProgramRun stale = Run("--target=Status", "--set=plot.text=painted", "--json");
        using ProgramRun explained = Run("--target=Status", "--step=Report", "--set=plot.text=painted");

        (nothing.ExitCode, clean.ExitCode, stale.ExitCode, explained.ExitCode).ShouldBe((1, 0, 1, 1));
        isMade.ShouldBeFalse();
        Tree().ShouldBe(before);
        stale.Events("status").ToDictionary(line => line.GetProperty("step").GetString()!, line => line.GetProperty("state").GetString())
            .ShouldBe(
                new Dictionary<string, string?>
                {
                    ["Ingest/a"] = "up to date",
                    ["Ingest/b"] = "up to date",
                    ["Metrics"] = "up to date",
                    ["Plot"] = "stale",
                    ["Report"] = "may run",
                });
        stale.Events("stage").Single(line => line.GetProperty("stage").GetString() == "Ingest").GetProperty("size").GetInt64().ShouldBe(10);
        stale.Events("verdict").Single().GetProperty("up_to_date").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void What_is_only_on_the_way_may_go_and_comes_back_when_it_is_read()
    {
        using ProgramRun build = Run("--target=Evaluate");

        using ProgramRun pretended = Run("--target=Clean", "--keep=Evaluate", "--dryrun");
        using ProgramRun clean = Run("--target=Clean", "--keep=Evaluate");
        bool isGone = !File.Exists(Path.Combine(Out, "Ingest", "a.txt"));
        using ProgramRun status = Run("--target=Status");
        using ProgramRun idle = Run("--target=Evaluate");
        using ProgramRun changed = Run("--target=Evaluate", "--set=metrics.text=other", "--json");

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
        using ProgramRun build = Run("--target=Evaluate");
        string[] before = Files();

        using ProgramRun pretended = Run("--target=Clean", "--keep=Plot", "--dryrun", "--json");
        using ProgramRun clean = Run("--target=Clean", "--keep=Plot");

        clean.ExitCode.ShouldBe(0, clean.Error);
        string[] gone = [.. before.Except(Files()).Where(file => !file.StartsWith(".tau/", StringComparison.Ordinal))];
        gone.ShouldBe(["Ingest/a.txt", "Ingest/b.txt", "Metrics.txt"]);
        pretended.Events("would_remove").Select(line => line.GetProperty("path").GetString()).ShouldBe(gone);
    }

    [Fact]
    public void Two_ways_to_clean_at_once_are_misuse_and_nothing_goes()
    {
        using ProgramRun build = Run("--target=Ingest");
        string[] before = Tree();

        using ProgramRun pretended = Run("--target=Clean", "--keep=Plot", "--force", "--dryrun");
        using ProgramRun clean = Run("--target=Clean", "--keep=Plot", "--all");

        (pretended.ExitCode, clean.ExitCode).ShouldBe((2, 2));
        pretended.Error.ShouldContain("--force does not go with --keep");
        clean.Error.ShouldContain("--keep does not go with --all");
        Tree().ShouldBe(before);
    }

    [Fact]
    public void Status_looks_while_a_run_is_at_work_and_does_not_disturb_it()
    {
        using ProgramRun build = Run("--target=Ingest");
        using ProgramRun running = ProgramRun.StartToy(_folder, "--target=Plot", "--set=plot.seconds=6", "--json");
        running.WaitFor("\"event\":\"progress\",\"step\":\"Plot\""); // it works now, its attempt stands
        string[] before = Tree();

        using ProgramRun status = ProgramRun.Toy(_folder, "--target=Status");

        running.Output.ShouldNotContain("\"event\":\"summary\"");
        Tree().ShouldBe(before);
        status.Error.ShouldContain($"a run is at work here, so this is out of date already: pid {running.Pid} on ");
        status.Output.ShouldContain("Metrics      1           1");
        running.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_step_or_product_is_explained_up_to_the_root_cause()
    {
        using ProgramRun build = Run("--target=Evaluate");

        using ProgramRun fine = Run("--target=Status", "--step=Plot.txt");
        using ProgramRun own = Run("--target=Status", "--step=Plot", "--set=plot.text=painted");
        using ProgramRun chain = Run("--target=Status", $"--step={Path.Combine(Out, "Report.txt")}", "--set=ingest.text=letters");
        using ProgramRun json = Run("--target=Status", "--step=Report", "--set=ingest.text=letters", "--json");

        fine.Output.ShouldStartWith("Plot is up to date\n");
        // printf 'words words counted drawn' | sha256sum
        fine.Output.ShouldContain("  Plot.txt  25 B  sha256 f23d");
        own.Output.ShouldStartWith("Plot is stale\n  setting plot.text: drawn -> painted\n");
        chain.Output.ShouldStartWith(
            "Report may run\n  it reads Metrics.txt of Metrics, which may run\n  it reads Ingest/a.txt of Ingest/a, which is stale\n    setting ingest.text: words -> letters\n  1 other step before it is stale"
        );
        JsonElement told = json.Events("explanation").Single();
        told.GetProperty("chain").EnumerateArray().Select(link => link.GetProperty("step").GetString()).ShouldBe(["Metrics", "Ingest/a"]);
        told.GetProperty("root_causes").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("Plt", "there is no step 'Plt'", "Plot")]
    [InlineData("Ingest", "'Ingest' has 2 steps", "Ingest/b")]
    public void A_step_that_is_not_there_is_misuse(string step, string title, string near)
    {
        using ProgramRun run = Run("--target=Status", $"--step={step}");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(title);
        run.Error.ShouldContain(near);
    }

    [Fact]
    public void The_graph_is_given_as_text_mermaid_dot_svg_and_json_coloured_by_state()
    {
        using ProgramRun build = Run("--target=Evaluate");
        string[] before = Tree();
        string[] stale = ["--target=Graph", "--set=plot.text=painted"];

        using ProgramRun text = Run(stale), steps = Run([.. stale, "--steps"]), mermaid = Run([.. stale, "--format=mermaid"]);
        using ProgramRun dot = Run([.. stale, "--format=dot"]), svg = Run([.. stale, "--format=svg"]), json = Run([.. stale, "--json"]);
        using ProgramRun wrong = Run([.. stale, "--format=png"]);

        text.Output.ShouldBe(
            "Ingest   2 steps  up to date\nMetrics  1 step   up to date  <- Ingest\nPlot     1 step   stale       <- Metrics\nReport   1 step   may run     <- Metrics, Plot\n"
        );
        steps.Output.ShouldContain("Metrics   1 product  up to date  <- Ingest/a, Ingest/b\n");
        mermaid.Output.ShouldContain("  Plot[\"Plot<br/>1 step\"]:::stale\n");
        mermaid.Output.ShouldContain("  Ingest --> Metrics\n");
        dot.Output.ShouldContain("  \"Metrics\" -> \"Plot\";\n");
        json.Events("node")
            .Select(node => node.GetProperty("state").GetString())
            .ShouldBe(["up to date", "up to date", "stale", "may run"]);
        XElement drawing = XElement.Parse(svg.Output);
        drawing.Descendants().Count(element => element.Attribute("marker-end") is not null).ShouldBe(4);
        drawing.Descendants()
            .Where(element => element.Name.LocalName == "title")
            .Select(title => title.Value)
            .ShouldBe(["Ingest: up to date", "Metrics: up to date", "Plot: stale", "Report: may run"]);
        wrong.ExitCode.ShouldBe(2);
        Tree().ShouldBe(before);
    }

    [Fact]
    public void Only_orphans_are_cleaned_and_nothing_that_was_edited_goes_unasked()
    {
        using ProgramRun build = Run("--target=Evaluate");
        using ProgramRun none = Run("--target=Clean", "--orphans");
        File.WriteAllText(Campaign, File.ReadAllText(Campaign) + "items: [a, c]\n");
        using ProgramRun rebuilt = Run("--target=Evaluate");
        File.WriteAllText(Path.Combine(Out, "Ingest", "note.txt"), "mine");
        string[] before = Tree();

        using ProgramRun listed = Run("--target=Clean", "--orphans", "--dryrun");
        bool isUntouched = Tree().SequenceEqual(before);
        string product = Path.Combine(Out, "Ingest", "b.txt"), made = File.ReadAllText(product);
        File.WriteAllText(product, "edited");
        using ProgramRun refused = Run("--target=Clean", "--orphans");
        string kept = File.ReadAllText(product);
        File.WriteAllText(product, made);
        using ProgramRun cleaned = Run("--target=Clean", "--orphans", "--json");
        using ProgramRun after = Run("--target=Evaluate");

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
        File.Exists(Path.Combine(Out, "Ingest", "note.txt")).ShouldBeTrue();
        after.Output.ShouldStartWith("nothing to do");
    }

    [Fact]
    public void Clean_removes_what_the_log_has_recorded_and_all_removes_the_folder()
    {
        using ProgramRun build = Run("--target=Evaluate");
        File.WriteAllText(Path.Combine(Out, "mine.txt"), "mine");
        File.WriteAllText(Path.Combine(Out, "Plot.txt"), "edited");

        using ProgramRun listed = Run("--target=Clean", "--dryrun", "--json");
        using ProgramRun first = Run("--target=Clean");
        string[] left = Files();
        using ProgramRun forced = Run("--target=Clean", "--force");
        string[] leftThen = Files();
        using ProgramRun again = Run("--target=Evaluate");
        using ProgramRun all = Run("--target=Clean", "--all");

        listed.Events("edited_kept").Single().GetProperty("path").GetString().ShouldBe("Plot.txt");
        listed.Events("would_remove").Count().ShouldBe(5); // four products and a report
        first.ExitCode.ShouldBe(1);
        left.Where(file => !file.StartsWith(".tau/", StringComparison.Ordinal)).ShouldBe(["Plot.txt", "mine.txt"]);
        forced.ExitCode.ShouldBe(0, forced.Error);
        leftThen.ShouldBe(["mine.txt"]);
        again.ExitCode.ShouldBe(0, again.Error);
        all.ExitCode.ShouldBe(0, all.Error);
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public void Clean_leaves_a_folder_alone_that_is_not_ours_or_in_use()
    {
        using ProgramRun running = ProgramRun.StartToy(_folder, "--target=Plot", "--set=ingest.seconds=4", "--json");
        running.WaitFor("\"event\":\"started\"");

        using ProgramRun busy = ProgramRun.Toy(_folder, "--target=Clean", "--all", "--no-wait");
        string theirs = Directory.CreateDirectory(_folder.At("theirs")).FullName, mine = Path.Combine(theirs, "mine.txt");
        File.WriteAllText(mine, "mine");
        using ProgramRun foreign = ProgramRun.ToyOn(Campaign, theirs, "--target=Clean", "--all");

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
        using ProgramRun running = ProgramRun.StartToy(_folder, "--target=Ingest", "--set=ingest.seconds=2", "--json");
        running.WaitFor("\"event\":\"started\"");

        using ProgramRun clean = ProgramRun.Toy(_folder, "--target=Clean", "--all");

        running.ExitCode.ShouldBe(0);
        clean.ExitCode.ShouldBe(0, clean.Error);
        clean.Error.ShouldContain($"waiting for another run on {Out}: pid {running.Pid} on ");
        clean.Output.ShouldContain("removed ");
        Directory.Exists(Path.Combine(Out, ".tau")).ShouldBeFalse();
        Directory.Exists(Path.Combine(Out, "Ingest")).ShouldBeFalse();
        // The run's report comes after the run: it may stand there now, and can be cleaned away.
        using ProgramRun again = ProgramRun.Toy(_folder, "--target=Clean", "--all");
        again.ExitCode.ShouldBe(0, again.Error);
        Directory.Exists(Out).ShouldBeFalse();
    }

    [Fact]
    public void The_log_of_a_step_says_what_it_printed_and_how_it_ended()
    {
        using ProgramRun never = Run("--target=Log", "--step=Metrics");
        using ProgramRun build = Run("--target=Ingest");
        using ProgramRun failed = Run("--target=Metrics", "--set=metrics.fails=true");
        string log = Path.Combine(Out, ".tau", "logs", "Metrics", "Metrics.log");
        File.WriteAllText(log, "counting\nlost count\n");

        using ProgramRun shown = Run("--target=Log", "--step=Metrics.txt");
        using ProgramRun json = Run("--target=Log", "--step=Metrics", "--json");
        using ProgramRun inside = Run("--target=Log", "--step=Ingest/a");

        never.Output.ShouldBe("Metrics: never built\n  no log: it did not run here yet\n");
        failed.ExitCode.ShouldBe(1);
        shown.Output.ShouldStartWith("Metrics: failed after ");
        shown.Output.ShouldEndWith($"  Metrics was told to fail\n  log {log}\ncounting\nlost count\n");
        json.Events("log").Single().GetProperty("title").GetString().ShouldBe("Metrics was told to fail");
        json.Events("line").Select(line => line.GetProperty("text").GetString()).ShouldBe(["counting", "lost count"]);
        inside.Output.ShouldStartWith("Ingest/a: ran after ");
        inside.Output.ShouldContain("it works inside the engine and prints nothing");
    }

    private ProgramRun Run(params string[] arguments) => ProgramRun.ToyOn(Campaign, Out, arguments);

    private string[] Files() =>
        [
            .. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Out, file))
                .Order(StringComparer.Ordinal),
        ];

    // Names, sizes and times of all that is there: of folders too, whose times change when anything comes or goes.
    private string[] Tree() =>
        [
            .. new DirectoryInfo(_folder.Path)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
        .Select(entry => $"{entry.FullName} {(entry as FileInfo)?.Length} {entry.LastWriteTimeUtc:O}")];
}
