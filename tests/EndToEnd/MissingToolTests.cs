using Shouldly;
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
}
