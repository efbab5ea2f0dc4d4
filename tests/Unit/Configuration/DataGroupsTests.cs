using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Configuration;

/// <summary>Data-group files of TauMLTools (data-preparation 3), as a campaign reads them.</summary>
public sealed class DataGroupsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Groups_come_by_name_with_their_values_whatever_their_quotes_blanks_and_joined_lines()
    {
        IReadOnlyList<(string Name, ConfigBlock Block)> groups = Read(
            """
            # training 2018
              W: dir = W.*Jets.*  file="a b=c.*" types = "jet, e,mu tau"

            DY: dir=DY.* \
                types=tau weight=2.5
            """);

        groups.Select(group => group.Name).ShouldBe(["DY", "W"]);
        (groups[0].Block.Text("dir"), groups[0].Block.Number("weight")).ShouldBe(("DY.*", 2.5));
        groups[0].Block.Texts("types").ShouldBe(["tau"]);
        (groups[1].Block.Text("dir"), groups[1].Block.Text("file")).ShouldBe(("W.*Jets.*", "a b=c.*"));
        groups[1].Block.Texts("types").ShouldBe(["jet", "e", "mu", "tau"]);
        groups[1].Block.Where.ShouldBe("groups.cfg:2");
    }

    [Theory]
    [InlineData("A: dir=x\nA: dir=y", "groups.cfg:2:", "no other group")]
    [InlineData("A: dir=x \\\n", "groups.cfg:1:", "after the backslash")]
    [InlineData("\n\nA dir=x", "groups.cfg:3:", "a colon")]
    [InlineData("A: dir", "groups.cfg:1:", "key=value")]
    [InlineData("A: dir=", "groups.cfg:1:", "a value of 'dir'")]
    [InlineData("A: dir=\"x", "groups.cfg:1:", "quotation mark")]
    [InlineData("A: dir=\"x\"y", "groups.cfg:1:", "a blank")]
    [InlineData("A: dir=x dir=y", "groups.cfg:1:", "each key once")]
    [InlineData("A: types=jet,e,jet", "groups.cfg:1:", "each type once")]
    public void What_the_format_forbids_is_misuse_with_file_and_line(string text, string where, string expected)
    {
        string title = Should.Throw<Misuse>(() => Read(text)).Text.Title;

        title.ShouldStartWith(where);
        title.ShouldContain(expected);
    }

    [Fact]
    public void Groups_and_their_file_do_not_stand_side_by_side_and_the_file_must_be_there()
    {
        File.WriteAllText(_folder.At("groups.cfg"), "A: dir=x");

        Should.Throw<Misuse>(() => Load("groups_file: groups.cfg, groups: { B: { datasets: [x] } }")).Text.Title.ShouldContain("in place of");
        Should.Throw<Misuse>(() => Load("groups_file: other.cfg")).Text.Title.ShouldContain("no such file");
    }

    private IReadOnlyList<(string Name, ConfigBlock Block)> Read(string cfg)
    {
        File.WriteAllText(_folder.At("groups.cfg"), cfg);
        return Load("groups_file: groups.cfg");
    }

    private IReadOnlyList<(string Name, ConfigBlock Block)> Load(string block)
    {
        File.WriteAllText(_folder.At("c.yaml"), $"shuffle_merge: {{ {block} }}\n");
        return CampaignFile.Load(_folder.At("c.yaml"), [], []).Root.Block("shuffle_merge").Blocks("groups");
    }
}
