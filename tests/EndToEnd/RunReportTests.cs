using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What a run leaves in <c>runs/</c>: a journal that nothing depends on.</summary>
public sealed class RunReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_that_did_something_is_reported_and_one_that_did_nothing_is_not()
    {
        using ProgramRun first = ProgramRun.Toy(_folder, "--target=Evaluate");
        string[] after = Reports();
        using ProgramRun second = ProgramRun.Toy(_folder, "--target=Evaluate");
        string[] afterNothing = Reports();
        using ProgramRun third = ProgramRun.Toy(_folder, "--target=Evaluate", "--report");

        string page = after.ShouldHaveSingleItem();
        first.Output.ShouldEndWith($"\nreport: {page}\n");
        afterNothing.ShouldBe(after);
        Reports().Length.ShouldBe(2);
        File.Exists(_folder.At("out", ".tau", "log")).ShouldBeTrue();
        string html = File.ReadAllText(page);
        html.ShouldNotContain("<script");
        Regex.IsMatch(html, "(?:src|href)=").ShouldBeFalse(); // it needs nothing else
        XElement timeline = XElement.Parse(Regex.Match(html, "<svg.*?</svg>", RegexOptions.Singleline).Value);
        timeline.Descendants("title")
            .Select(title => title.Value.Split(':')[0])
            .Order()
            .ShouldBe(["Ingest/a", "Ingest/b", "Metrics", "Plot", "Report"]);
    }

    [Fact]
    public void It_tells_when_and_why_each_step_ran_and_what_was_saved()
    {
        using ProgramRun first = ProgramRun.Toy(_folder, "--target=Evaluate", "--set=report.seconds=1");
        // The same words from another setting: Metrics makes the same bytes, so what follows it is cut off.
        using ProgramRun second = ProgramRun.Toy(
            _folder,
            "--target=Evaluate",
            "--set=report.seconds=1",
            "--set=metrics.seconds=0.2",
            "--json");

        JsonElement told = second.Events("report").Single();
        second.Events("summary").ShouldNotBeEmpty();
        JsonElement facts = JsonDocument.Parse(File.ReadAllText(told.GetProperty("facts").GetString()!)).RootElement;
        JsonElement step = facts.GetProperty("steps").EnumerateArray().ShouldHaveSingleItem();
        step.GetProperty("step").GetString().ShouldBe("Metrics");
        step.GetProperty("outcome").GetString().ShouldBe("RanUnchanged");
        step.GetProperty("reasons")[0].GetProperty("component").GetString().ShouldBe("setting metrics.seconds");
        step.GetProperty("seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0.2);
        JsonElement saved = facts.GetProperty("saved").EnumerateArray().Single(one => one.GetProperty("by").GetString() == "CutOff");
        saved.GetProperty("steps").GetInt32().ShouldBe(2);
        saved.GetProperty("seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(1);
        string[] environment = [.. facts.GetProperty("environment").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
        environment.ShouldContain("kernel");
        environment.ShouldContain("processor flags");
        environment.ShouldContain("runtime");
        environment.ShouldContain("sha256 of package-lock.json");
    }

    [Fact]
    public void A_failed_run_is_reported_with_its_error()
    {
        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Evaluate", "--set=metrics.fails=true");

        run.ExitCode.ShouldBe(1);
        string html = File.ReadAllText(Reports().ShouldHaveSingleItem());
        html.ShouldContain("failed in");
        html.ShouldContain("Metrics was told to fail");
    }

    [Fact]
    public void Text_from_a_campaign_cannot_become_markup()
    {
        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Evaluate", "--set=ingest.text=a");
        using ProgramRun again = ProgramRun.Toy(_folder, "--target=Evaluate", "--set=ingest.text=<b onclick='x'>&");

        again.ExitCode.ShouldBe(0, again.Error);
        string html = File.ReadAllText(Reports()[1]);
        html.ShouldContain("setting ingest.text: a -&gt; &lt;b onclick=&#39;x&#39;&gt;&amp;");
        html.ShouldNotContain("<b onclick");
    }

    [Fact]
    public void The_last_twenty_are_kept_and_nothing_else_in_the_folder_is_touched()
    {
        string[] old = [.. Enumerable.Range(10, 25).Select(day => _folder.At("out", "runs", $"2001-01-{day:00}T00-00-00.000Z"))];
        foreach (string folder in old)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "report.json"), """{"steps":[]}""");
        }
        Directory.CreateDirectory(_folder.At("out", "runs", "mine"));

        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Ingest");

        run.ExitCode.ShouldBe(0, run.Error);
        old.Count(Directory.Exists).ShouldBe(19);
        Directory.Exists(old[^1]).ShouldBeTrue();
        Directory.Exists(_folder.At("out", "runs", "mine")).ShouldBeTrue();
    }

    [Fact]
    public void Where_no_report_can_be_written_the_run_is_done_nevertheless()
    {
        Directory.CreateDirectory(_folder.At("out"));
        File.WriteAllText(_folder.At("out", "runs"), "in the way");

        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Ingest");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("the report of this run could not be written");
    }

    private string[] Reports() =>
        !Directory.Exists(_folder.At("out", "runs"))
            ? []
            :
            [
                .. Directory.EnumerateFiles(_folder.At("out", "runs"), "report.html", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal),
            ];
}
