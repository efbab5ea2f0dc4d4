using Shouldly;
using TauPipeline.Configuration;
using Xunit;

namespace TauPipeline.Tests.Unit.Configuration;

/// <summary>Values of one block put into another.</summary>
public sealed class ConfigChangeTests
{
    private const string Yaml = """
        base: { size: 3, inner: { name: a, speed: 2 }, words: [x] }
        other:
          grid:
            size: [4, 99]
            inner: { name: [b] }
            inner.speed: [5]
          list:
          - { size: 5, inner: { name: c } }
          - wrods: [y, z]
        """;

    private readonly CampaignFile _file = CampaignFile.Parse(Yaml);

    private ConfigBlock Base => _file.Root.Block("base");

    private ConfigBlock Other => _file.Root.Block("other");

    [Fact]
    public void Values_are_named_by_what_they_change()
    {
        Other.Axes("grid").Select(axis => string.Join(' ', axis.Select(value => value.Name)))
            .ShouldBe(["size=4 size=99", "inner.name=b", "inner.speed=5"]);
        Other.Changes("list").Select(point => string.Join(' ', point.Select(value => value.Name)))
            .ShouldBe(["size=5 inner.name=c", "wrods=yxz"]);
    }

    [Fact]
    public void The_block_is_read_with_them_and_stays_as_it_is()
    {
        IReadOnlyList<ConfigChange> point = Other.Changes("list")[0];

        Base.Changed(point, Read).ShouldBe((5, "c", 2));
        Read(Base).ShouldBe((3, "a", 2));
        _file.Mistakes.Found.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_wrong_with_a_value_is_told_where_it_stands()
    {
        Base.Changed([Other.Axes("grid")[0][1]], Read);

        _file.Mistakes.Found.Select(mistake => mistake.Title).ShouldBe(["the plan's campaign:4: 'base.size' is not between 0 and 10"]);
    }

    [Fact]
    public void A_key_that_nobody_reads_is_told_with_its_neighbours()
    {
        Base.Changed(Other.Changes("list")[1], Read);

        var mistake = _file.Mistakes.Found.ShouldHaveSingleItem();
        mistake.Title.ShouldBe("the plan's campaign:9: 'base' has no key 'wrods'");
        mistake.Facts.ShouldContain(("nearest", "words"));
    }

    [Fact]
    public void A_key_that_only_others_read_cannot_differ()
    {
        Base.Texts("words", []);

        Base.Changed(CampaignFile.Parse("list: [{ words: [y] }]").Root.Changes("list")[0], block => block.Whole("size"));

        _file.Mistakes.Found.ShouldHaveSingleItem().Title.ShouldEndWith("'base.words' is not a setting that may differ here");
    }

    // Of a key that only the changed block has a use for nobody complains.
    [Fact]
    public void Keys_that_the_changed_block_reads_are_known()
    {
        Other.Axes("grid");
        Other.Changes("list");
        Base.Changed([Other.Axes("grid")[0][0]], Read);

        _file.Finish();
    }

    private static (long, string, long) Read(ConfigBlock block)
    {
        block.Texts("words", []);
        ConfigBlock inner = block.Block("inner");
        return (block.Whole("size", null, 0, 10), inner.Text("name"), inner.Whole("speed"));
    }
}
