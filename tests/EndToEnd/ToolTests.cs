using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Status, Graph and Log over the toy campaign, as one calls them.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly ToyCampaign _toy = new();

    public void Dispose() => _toy.Dispose();

    [Fact]
    public void Status_writes_nothing_and_ends_with_0_or_1()
    {
        using ProgramRun nothing = _toy.Run("--target=Status");
        bool isMade = Directory.Exists(_toy.Out);
        using ProgramRun build = _toy.Run("--target=Evaluate");
        string[] before = _toy.Tree();

        using ProgramRun clean = _toy.Run("--target=Status");
        using ProgramRun stale = _toy.Run("--target=Status", "--set=plot.text=painted", "--json");
        using ProgramRun explained = _toy.Run("--target=Status", "--step=Report", "--set=plot.text=painted");

        (nothing.ExitCode, clean.ExitCode, stale.ExitCode, explained.ExitCode).ShouldBe((1, 0, 1, 1));
        isMade.ShouldBeFalse();
        _toy.Tree().ShouldBe(before);
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
    public void Status_looks_while_a_run_is_at_work_and_does_not_disturb_it()
    {
        using ProgramRun build = _toy.Run("--target=Ingest");
        using ProgramRun running = ProgramRun.StartToy(_toy.Folder, "--target=Plot", "--set=plot.seconds=6", "--json");
        running.WaitFor("\"event\":\"progress\",\"step\":\"Plot\""); // it works now, its attempt stands
        string[] before = _toy.Tree();

        using ProgramRun status = ProgramRun.Toy(_toy.Folder, "--target=Status");

        running.Output.ShouldNotContain("\"event\":\"summary\"");
        _toy.Tree().ShouldBe(before);
        status.Error.ShouldContain($"a run is at work here, so this is out of date already: pid {running.Pid} on ");
        status.Output.ShouldContain("Metrics      1           1");
        running.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_step_or_product_is_explained_up_to_the_root_cause()
    {
        using ProgramRun build = _toy.Run("--target=Evaluate");

        using ProgramRun fine = _toy.Run("--target=Status", "--step=Plot.txt");
        using ProgramRun own = _toy.Run("--target=Status", "--step=Plot", "--set=plot.text=painted");
        using ProgramRun chain = _toy.Run("--target=Status", $"--step={Path.Combine(_toy.Out, "Report.txt")}", "--set=ingest.text=letters");
        using ProgramRun json = _toy.Run("--target=Status", "--step=Report", "--set=ingest.text=letters", "--json");

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
        using ProgramRun run = _toy.Run("--target=Status", $"--step={step}");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(title);
        run.Error.ShouldContain(near);
    }

    [Fact]
    public void The_graph_is_given_as_text_mermaid_dot_svg_and_json_coloured_by_state()
    {
        using ProgramRun build = _toy.Run("--target=Evaluate");
        string[] before = _toy.Tree();
        string[] stale = ["--target=Graph", "--set=plot.text=painted"];

        using ProgramRun text = _toy.Run(stale), steps = _toy.Run([.. stale, "--steps"]), mermaid = _toy.Run([.. stale, "--format=mermaid"]);
        using ProgramRun dot = _toy.Run([.. stale, "--format=dot"]), svg = _toy.Run([.. stale, "--format=svg"]), json = _toy.Run([.. stale, "--json"]);
        using ProgramRun wrong = _toy.Run([.. stale, "--format=png"]);

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
        _toy.Tree().ShouldBe(before);
    }

    [Fact]
    public void The_log_of_a_step_says_what_it_printed_and_how_it_ended()
    {
        using ProgramRun never = _toy.Run("--target=Log", "--step=Metrics");
        using ProgramRun build = _toy.Run("--target=Ingest");
        using ProgramRun failed = _toy.Run("--target=Metrics", "--set=metrics.fails=true");
        string log = Path.Combine(_toy.Out, ".tau", "logs", "Metrics", "Metrics.log");
        File.WriteAllText(log, "counting\nlost count\n");

        using ProgramRun shown = _toy.Run("--target=Log", "--step=Metrics.txt");
        using ProgramRun json = _toy.Run("--target=Log", "--step=Metrics", "--json");
        using ProgramRun inside = _toy.Run("--target=Log", "--step=Ingest/a");

        never.Output.ShouldBe("Metrics: never built\n  no log: it did not run here yet\n");
        failed.ExitCode.ShouldBe(1);
        shown.Output.ShouldStartWith("Metrics: failed after ");
        shown.Output.ShouldEndWith($"  Metrics was told to fail\n  log {log}\ncounting\nlost count\n");
        json.Events("log").Single().GetProperty("title").GetString().ShouldBe("Metrics was told to fail");
        json.Events("line").Select(line => line.GetProperty("text").GetString()).ShouldBe(["counting", "lost count"]);
        inside.Output.ShouldStartWith("Ingest/a: ran after ");
        inside.Output.ShouldContain("it works inside the engine and prints nothing");
    }
}
