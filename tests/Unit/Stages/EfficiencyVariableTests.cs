using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class EfficiencyVariableTests
{
    [Fact]
    public void A_campaign_adds_variables_to_the_usual_ones_and_gives_these_other_bins()
    {
        IReadOnlyList<EfficiencyVariable> variables = Read("{ npu: { column: 2 * npv, label: Vertices, bins: [0, 20, 60] }, pt: { bins: [20 GeV, 40 GeV] } }");

        variables.Select(one => one.Name).ShouldBe(["pt", "eta", "decay_mode", "npu"]);
        variables[0].Edges.ShouldBe([20, 40]);
        (variables[0].Label, variables[0].Unit, variables[0].Log).ShouldBe(("p_T", "GeV", true));
        EfficiencyVariable added = variables[3];
        added.Value.Columns.ShouldBe(["npv"]);
        new[] { -1.0, 0, 19.9, 20, 59, 60, double.NaN }.Select(added.Find).Select(bin => bin is 0 or 1 ? bin : -1)
            .ShouldBe([-1, 0, 0, 1, 1, -1, -1]);
    }

    // 7 and 10 share a category, 3 has none.
    [Fact]
    public void Values_of_a_category_need_not_be_neighbours()
    {
        EfficiencyVariable modes = Read("{ decay_mode: { categories: { one prong: [0, 1, 2], others: [5, 11] } } }").Single(one => one.Name == "decay_mode");

        new[] { 0.0, 2, 3, 5, 11, 10 }.Select(modes.Find).ShouldBe([0, 0, -1, 1, 1, -1]);
        Read("{}").Single(one => one.Name == "decay_mode").Categories.Select(one => one.Name)
            .ShouldBe(["0", "1", "2", "5", "6", "7, 10", "11"]);
    }

    [Theory]
    [InlineData("{ npu: { label: Vertices } }", "bins")]
    [InlineData("{ npu: { bins: [1, 2], categories: { a: [1] } } }", "categories")]
    [InlineData("{ npu: { categories: { a: [one] } } }", "whole numbers")]
    [InlineData("{ npu: { bins: [0, 2], log: yes } }", "above zero")]
    [InlineData("{ npu: { column: '2 +', bins: [0, 2] } }", "2 +")]
    public void What_is_wrong_with_a_variable_is_told(string variables, string expected)
    {
        ConfigBlock metrics = Campaigns.Root($"metrics: {{ variables: {variables} }}").Block("metrics");

        EfficiencyVariable.ReadAll(metrics);

        string.Join('\n', metrics.Mistakes.Found.Select(mistake => mistake.ToString())).ShouldContain(expected);
    }

    private static IReadOnlyList<EfficiencyVariable> Read(string variables)
    {
        ConfigBlock metrics = Campaigns.Root($"metrics: {{ variables: {variables} }}").Block("metrics");
        IReadOnlyList<EfficiencyVariable> read = EfficiencyVariable.ReadAll(metrics);
        Campaigns.MistakesOf(metrics).ShouldBeEmpty();
        return read;
    }
}
