using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Host;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Which options of Clean go together.</summary>
public sealed class CleanOptionTests
{
    [Theory]
    [InlineData("--cache does not go with --all", "--cache", "--all")]
    [InlineData("--cache does not go with --keep", "--keep=Plot", "--cache")]
    [InlineData("--cache does not go with --orphans", "--orphans", "--cache")]
    [InlineData("--keep does not go with --all", "--keep=Plot", "--all")]
    [InlineData("--keep does not go with --orphans", "--keep=Plot", "--orphans")]
    [InlineData("--orphans does not go with --all", "--all", "--orphans")]
    [InlineData("--force does not go with --keep", "--keep=Plot", "--force")]
    [InlineData("--force does not go with --cache", "--force", "--cache")]
    public void Two_ways_to_clean_at_once_are_misuse(string message, params string[] options) =>
        Should.Throw<Misuse>(() => CleanTool.Check(CommandLineParser.Parse(["--target=Clean", .. options]))).Message.ShouldBe(message);

    [Theory]
    [InlineData]
    [InlineData("--force")]
    [InlineData("--force", "--orphans")]
    [InlineData("--force", "--all")]
    [InlineData("--keep=Plot", "--keep=Metrics")]
    [InlineData("--cache")]
    public void One_way_is_not(params string[] options) =>
        Should.NotThrow(() => CleanTool.Check(CommandLineParser.Parse(["--target=Clean", .. options])));
}
