using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What is not installed is said with the line that installs it, and nothing is left half written.</summary>
[Collection(SmokeBuild.Name)]
public sealed class MissingToolTests(SmokeBuild smoke)
{
    [Theory]
    [InlineData("TAU_LIBTORCH", "there is no libtorch where TAU_LIBTORCH points", "unset it: the build brings one", "train.epochs=2", 2)]
    [InlineData("TAU_NODE", "node is missing", "dotnet cake --target=Setup", "plot.width=701", 1)]
    [InlineData("TAU_ZSTD", "the Zstandard library is missing", "apt-get install", "generate.pile_up=21", 1)]
    public void What_is_missing_is_named_with_the_line_that_installs_it(
        string variable,
        string message,
        string line,
        string change,
        int exitCode)
    {
        using SmokeFolder folder = smoke.Copy();

        using ProgramRun run = folder.RunWith($"{variable}=/nowhere", "--target=Evaluate", $"--set={change}");

        run.ExitCode.ShouldBe(exitCode);
        run.Error.ShouldContain(message, Case.Sensitive);
        run.Error.ShouldContain(line);
        run.Error.ShouldContain("/nowhere");
        folder.Products().ShouldBe(smoke.Products);
        using ProgramRun healed = folder.Evaluate();
        healed.ExitCode.ShouldBe(0, healed.Error);
        healed.Ran().ShouldBeEmpty();
    }

    /// <summary>A bare machine, where root types the first command: what set-up installs on the way is what the steps then state.</summary>
    [DebianRootFact]
    public void What_root_lacks_is_installed_and_the_run_goes_on_with_it()
    {
        using SmokeFolder folder = smoke.Copy();
        using var path = new TempFolder();
        string apt = path.At("apt-get"), everywhere = Environment.GetEnvironmentVariable("PATH")!;
        File.WriteAllText(apt, $"""
            #!/bin/sh
            cd {path.Path}
            for program in node npm; do /bin/ln -sf "$(PATH={everywhere} command -v $program)" .; done
            """);
        Command.Output("chmod", "u+x", apt);

        using ProgramRun run = ProgramRun.Host(
            ["--config=configs/smoke.yaml", $"--out={folder.Out}", "--json", "--target=Plot", "--set=plot.width=701"],
            $"PATH={path.Path}",
            "TAU_NODE");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("installing nodejs, npm");
        run.Ran().ShouldBe(["Plot/distributions", "Plot/efficiencies", "Plot/roc", "Plot/training"]);
    }
}
