using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Configuration;

/// <summary>Files of a dataset by patterns, in the name of the file and of folders before it.</summary>
public sealed class FilePatternTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public FilePatternTests()
    {
        foreach (string file in new[] { "user.410470.a/1.h5", "user.410470.b/0.h5", "user.410470.b/note.txt", "user.800030.a/1.h5", "1.h5" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(file))!);
            File.WriteAllText(_folder.At(file), file);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*.h5", "1.h5")]
    [InlineData("*.410470.*/*.h5", "user.410470.a/1.h5", "user.410470.b/0.h5")]
    [InlineData("user.*/1.h5", "user.410470.a/1.h5", "user.800030.a/1.h5")]
    [InlineData("user.410470.?/../1.h5", "1.h5")]
    public void The_files_that_match_are_found_in_the_order_of_their_paths(string pattern, params string[] expected) =>
        Found(pattern).ShouldBe(expected.Select(file => _folder.At(file)));

    [Theory]
    [InlineData("none.*/*.h5")]
    [InlineData("user.*/*.root")]
    public void A_pattern_that_matches_nothing_is_misuse(string pattern) =>
        Should.Throw<Misuse>(() => Found(pattern)).Text.Title.ShouldEndWith($"no file matches '{pattern}'");

    private string[] Found(string pattern)
    {
        File.WriteAllText(_folder.At("c.yaml"), $"datasets:\n  d: {{ files: '{pattern}' }}\n");
        CampaignFile campaign = CampaignFile.Load(_folder.At("c.yaml"), [], []);
        return [.. campaign.Root.Block("datasets").Block("d").List("inputs").Select(input => input.Text("location"))];
    }
}
