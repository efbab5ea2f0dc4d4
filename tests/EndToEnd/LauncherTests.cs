using Shouldly;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Through the real <c>dotnet cake</c>: what the launcher must hand over unchanged, both ways.</summary>
[Collection("dotnet cake")]
public sealed class LauncherTests
{
    [Fact]
    public void Without_a_target_the_help_is_printed()
    {
        using ProgramRun run = ProgramRun.Cake();

        run.Output.ShouldContain("dotnet cake --target=Evaluate");
        run.Output.ShouldContain("Other targets");
        run.Output.ShouldContain("--keep-going");
    }

    [Theory]
    [InlineData("there is no option '--trget'", "--trget=Train")]
    [InlineData("--target", "--trget=Train")]
    [InlineData("'Train' is not an option", "--explain", "Train")]
    [InlineData("--explain takes no value", "--explain=yes")]
    [InlineData("--config has no value", "--config")]
    [InlineData("--jobs=0 makes no sense", "--jobs=0")]
    [InlineData("there is no executor 'pbs'", "--executor=pbs")]
    [InlineData("--file belongs to another target", "--target=Setup", "--file=x")]
    [InlineData("--target=Inspect needs --file", "--target=Inspect")]
    [InlineData("there is no file '/nowhere'", "--target=Inspect", "--file=/nowhere")]
    [InlineData("'/nowhere.yaml' cannot be read", "--target=Evaluate", "--config=/nowhere.yaml")]
    public void Misuse_is_said_on_standard_error_and_ends_with_2(string message, params string[] arguments)
    {
        using ProgramRun run = ProgramRun.Cake(arguments);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(message);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_dry_run_of_tools_names_them_and_does_nothing()
    {
        using ProgramRun run = ProgramRun.Cake("--target=Setup", "--target=Test", "--dryrun");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe("1. Setup\n2. Test\n");
    }
}
