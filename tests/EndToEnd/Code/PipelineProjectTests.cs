using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd.Code;

/// <summary>The pipeline as an MSBuild project, through the real <c>dotnet msbuild</c>.</summary>
[Collection("dotnet cake")]
public sealed class PipelineProjectTests
{
    [Fact]
    public void Mistakes_in_a_campaign_are_errors_with_file_and_line()
    {
        using var folder = new TempFolder();
        string yaml = folder.At("bad.yaml");
        string[] lines =
        [
            .. File.ReadAllLines(Checkout.At("configs", "smoke.yaml"))
                .Select(line => line.Replace("fragments/", Checkout.At("configs", "fragments") + "/")),
            "epocs: 1",
            "trian: 2",
        ];
        File.WriteAllLines(yaml, lines);

        using ProgramRun run = ProgramRun.MsBuild("-t:Evaluate", $"-p:Config={yaml}", $"-p:Out={folder.At("out")}");

        run.ExitCode.ShouldNotBe(0);
        run.Output.ShouldContain($"bad.yaml({lines.Length - 1}): error TAU2: 'the campaign' has no key 'epocs'");
        run.Output.ShouldContain($"bad.yaml({lines.Length}): error TAU2: 'the campaign' has no key 'trian'");
        run.Output.ShouldContain("nearest  train");
    }

    [Fact]
    public void A_dry_run_names_the_steps_and_a_binary_log_is_written()
    {
        using var folder = new TempFolder();

        using ProgramRun run = ProgramRun.MsBuild(
            "-p:Stage=Split",
            "-p:Config=configs/smoke.yaml",
            $"-p:Out={folder.At("out")}",
            "-p:DryRun=true",
            $"-bl:{folder.At("run.binlog")}");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("would run: never built: none -> first build");
        run.Output.ShouldNotContain("error");
        Directory.Exists(folder.At("out")).ShouldBeFalse();
        new FileInfo(folder.At("run.binlog")).Length.ShouldBeGreaterThan(0);
    }
}
