using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Configuration;

/// <summary>
/// A file of two datasets is refused by whatever door it comes in: what is trained on in one would be evaluated in the other.
/// </summary>
public sealed class SharedFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public SharedFilesTests()
    {
        Directory.CreateDirectory(_folder.At("data"));
        foreach (string file in new[] { "a.root", "b.root" }) File.WriteAllText(_folder.At("data", file), file);
        File.CreateSymbolicLink(_folder.At("link.root"), _folder.At("data", "a.root"));
        Directory.CreateSymbolicLink(_folder.At("linked"), _folder.At("data"));
        Directory.CreateSymbolicLink(_folder.At("again"), "linked"); // relative, and a link to a link
        File.WriteAllText(_folder.At("m.yaml"), "dataset: m\nfiles:\n- path: data/a.root\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("files: data/a.root", "files: data/a.root")]
    [InlineData("files: data/a.root", "files: data/../data/./a.root")]
    [InlineData("files: data/a.root", "files: 'data/*.root'")]
    [InlineData("files: data/a.root", "files: '${NO_SUCH_PLACE:-data}/a.root'")]
    [InlineData("files: data/a.root", "manifest: m.yaml")]
    [InlineData("files: data/a.root", "files: link.root")]
    [InlineData("files: data/a.root", "files: linked/a.root")]
    [InlineData("files: 'linked/?.root'", "files: again/a.root")]
    [InlineData("files: ['external://made/x.root']", "files: ['external://made/x.root']")]
    [InlineData("files: data/missing.root", "files: linked/missing.root")]
    public void The_same_place_is_misuse_that_names_both_datasets(string one, string other) =>
        Refused($"datasets:\n  one: {{ use: train, {one} }}\n  other: {{ use: evaluate, {other} }}\n")
            .ShouldContain("datasets 'one' and 'other' name the same file");

    [Fact]
    public void So_is_what_the_command_line_gives()
    {
        const string campaign = "datasets:\n  one: { files: data/a.root }\n  other: { files: data/b.root }\n";

        Refused(campaign, $"other={_folder.At("link.root")}").ShouldContain("datasets 'one' and 'other' name the same file");
        Refused(campaign, $"one={_folder.At("data", "b.root")}", $"other={_folder.At("again", "b.root")}").ShouldContain("same as");
        Load(campaign, $"other={_folder.At("data", "b.root")}"); // the same place as before
    }

    [Fact]
    public void Manifests_that_state_the_same_sha256_are_misuse_before_any_file_is_read()
    {
        string sha = new('a', 64);

        Refused(
                $"datasets:\n  one: {{ files: [{{ path: x.root, sha256: {sha} }}] }}\n  other: {{ files: [{{ path: y.root, sha256: {sha} }}] }}\n"
            )
            .ShouldContain("datasets 'one' and 'other' name the same file");
    }

    [Fact]
    public void Each_shared_file_is_named_with_its_line()
    {
        string message = Refused(
            "datasets:\n  one: { files: 'data/*.root' }\n  other:\n    files:\n    - linked/a.root\n    - linked/b.root\n");

        message.ShouldContain("2 mistakes");
        message.ShouldContain("c.yaml:5: datasets 'one' and 'other' name the same file");
        message.ShouldContain("c.yaml:6: datasets 'one' and 'other' name the same file");
    }

    [Fact]
    public void A_file_that_a_dataset_names_twice_under_two_names_is_misuse() =>
        Refused("datasets: { one: { files: [data/a.root, link.root] } }\n").ShouldContain("a raw file is named twice");

    [Fact]
    public void Other_files_of_the_same_name_are_others() => Load("datasets:\n  one: { files: data/a.root }\n  other: { files: a.root }\n");

    [Fact]
    public void A_circle_of_links_ends()
    {
        File.CreateSymbolicLink(_folder.At("round.root"), _folder.At("trip.root"));
        File.CreateSymbolicLink(_folder.At("trip.root"), _folder.At("round.root"));

        Load("datasets:\n  one: { files: round.root }\n  other: { files: data/a.root }\n");
    }

    private string Refused(string text, params string[] inputs) => Should.Throw<Misuse>(() => Load(text, inputs)).Message;

    private CampaignFile Load(string text, params string[] inputs)
    {
        File.WriteAllText(_folder.At("c.yaml"), text);
        return CampaignFile.Load(_folder.At("c.yaml"), [], inputs);
    }
}
