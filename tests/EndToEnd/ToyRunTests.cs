using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The host over the toy catalogue: printing, exit codes and what runs when.</summary>
public sealed class ToyRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Evaluate_runs_everything_once_and_then_nothing()
    {
        using ProgramRun first = ProgramRun.Toy(_folder, "--target=Evaluate");
        using ProgramRun second = ProgramRun.Toy(_folder, "--target=evaluate");

        first.ExitCode.ShouldBe(0, first.Error);
        first.Output.ShouldContain("done in");
        first.Output.ShouldContain("5 ran, 0 cut off, 0 up to date");
        File.ReadAllText(_folder.At("out", "Report.txt")).ShouldBe("words words counted words words counted drawn told");
        second.ExitCode.ShouldBe(0);
        second.Output.ShouldBe("nothing to do: 5 steps up to date (inputs, settings, code, tools and products are as the log has them)\n");
    }

    [Fact]
    public void A_changed_setting_runs_its_stage_and_what_follows_and_explain_says_so()
    {
        using ProgramRun first = ProgramRun.Toy(_folder, "--target=Evaluate");

        using ProgramRun second = ProgramRun.Toy(_folder, "--target=Evaluate", "--set", "plot.text=painted", "--explain");

        second.ExitCode.ShouldBe(0, second.Error);
        second.Output.ShouldContain("Plot runs because\n  setting plot.text: drawn -> painted\n");
        second.Output.ShouldContain("Ingest, 2 steps  up to date");
        second.Output.ShouldContain("2 ran, 0 cut off, 3 up to date");
    }

    [Fact]
    public void A_dry_run_names_the_steps_under_their_stages_and_writes_nothing()
    {
        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Plot", "--dryrun");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe(
            "1. Ingest\n   would run  Ingest/a\n   would run  Ingest/b\n2. Metrics\n   would run  Metrics\n3. Plot\n   would run  Plot\n");
        Directory.Exists(_folder.At("out")).ShouldBeFalse();
    }

    [Fact]
    public void A_failing_step_ends_with_1_and_its_own_words()
    {
        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Evaluate", "--set=metrics.fails=true");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Metrics was told to fail");
        run.Output.ShouldContain("failed      Metrics");
        run.Output.ShouldContain("failed in");
        File.Exists(_folder.At("out", "Report.txt")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("there is no target 'Trian'", "--target=Trian")]
    [InlineData("Ingest, Metrics, Plot, Report", "--target=Trian")]
    [InlineData("plot.txt", "--target=Plot", "--set=plot.txt=x")]
    public void Misuse_of_the_campaign_ends_with_2(string message, params string[] arguments)
    {
        using ProgramRun run = ProgramRun.Toy(_folder, arguments);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public void Json_is_all_there_is_on_standard_output()
    {
        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Plot", "--json", "--explain");

        string[] events =
        [
            .. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!),
        ];
        events.Count(name => name == "ended").ShouldBe(4);
        events[^1].ShouldBe("summary");
    }

    [Fact]
    public void No_control_codes_go_into_a_pipe()
    {
        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Plot", "--explain");
        using ProgramRun tree = ProgramRun.Toy(_folder, "--target=Plot", "--tree");
        using ProgramRun descriptions = ProgramRun.Toy(_folder, "--description");

        (run.Output + run.Error + tree.Output + descriptions.Output).ShouldNotContain("\e");
        tree.Output.ShouldContain("Metrics");
        descriptions.Output.ShouldContain("toy stage that writes 'drawn'");
    }

    [Fact]
    public void Exclusive_refuses_to_run_what_comes_before()
    {
        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Plot", "--exclusive");

        run.ExitCode.ShouldNotBe(0);
        Directory.EnumerateFiles(_folder.At("out"), "*.txt", SearchOption.TopDirectoryOnly).ShouldBeEmpty();
    }

    [Fact]
    public void Status_counts_and_Graph_draws_and_Clean_removes()
    {
        using ProgramRun build = ProgramRun.Toy(_folder, "--target=Ingest");

        using ProgramRun status = ProgramRun.Toy(_folder, "--target=Status");
        using ProgramRun graph = ProgramRun.Toy(_folder, "--target=Graph");
        using ProgramRun clean = ProgramRun.Toy(_folder, "--target=Clean");

        Regex.Replace(status.Output, @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", "(time)").ShouldBe("""
            stage    steps  up to date  stale  may run  missing  size               last built
            Ingest       2           2      -        -        -  10 B  (time)
            Metrics      1           -      -        -        1     -                        -
            Plot         1           -      -        -        1     -                        -
            Report       1           -      -        -        1     -                        -

            """);
        graph.Output.ShouldContain("Report   1 step   missing     <- Metrics, Plot\n");
        clean.ExitCode.ShouldBe(0);
        Directory.Exists(_folder.At("out")).ShouldBeFalse();
    }
}
