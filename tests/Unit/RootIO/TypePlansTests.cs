using Shouldly;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>What a damaged or hostile description of classes must not do.</summary>
public sealed class TypePlansTests
{
    private const int AnyObject = 62;

    [Fact]
    public void Classes_that_multiply_at_each_level_are_not_followed_without_end()
    {
        TypePlans plans = Of(
            Enumerable.Range(0, 9).Select(level => Class($"Level{level}", [.. Enumerable.Repeat($"Level{level + 1}", 100)])));

        plans.Of("vector<Level0>").ShouldBeNull();
    }

    [Fact]
    public void A_class_that_holds_itself_is_not_read() => Of([Class("Self", "Self")]).Of("vector<Self>").ShouldBeNull();

    [Theory]
    [InlineData("vector<vector<vector<vector<vector<vector<vector<vector<vector<vector<int>>>>>>>>>>")]
    [InlineData("vector<")]
    [InlineData("vector<int")]
    [InlineData("map<int>")]
    [InlineData("vector<map<int,int> >")]
    [InlineData("")]
    public void Names_of_types_that_are_not_read_have_no_plan(string name) => Of([]).Of(name).ShouldBeNull();

    [Theory]
    [InlineData("std::vector<std::vector<float, std::allocator<float> > >", 2)]
    [InlineData("ROOT::VecOps::RVec<Double32_t>", 1)]
    [InlineData("vector<set<const std::string>>", 3)]
    [InlineData("TString", 1)]
    public void Names_of_collections_are_taken_apart(string name, int levels) => Of([]).Of(name)!.Leaves().Single().Levels.ShouldBe(levels);

    private static TypePlans Of(IEnumerable<StreamerInfo> infos)
    {
        var all = new StreamerInfos([.. infos]);
        return new TypePlans(new Lazy<StreamerInfos>(() => all));
    }

    private static StreamerInfo Class(string name, params string[] members) => new()
    {
        ClassName = name,
        ClassVersion = 1,
        Elements =
        [
            .. members.Select(
                (member, i) =>
                    new StreamerElement("TStreamerObjectAny")
                    {
                        Name = $"m{i}",
                        TypeName = member,
                        Type = AnyObject,
                    }),
        ],
    };
}
