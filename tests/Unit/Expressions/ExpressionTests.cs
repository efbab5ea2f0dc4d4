using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Expressions;

public sealed class ExpressionTests
{
    private static readonly Batch Taus = new([
        new Column<float>("tau_pt", new float[] { 20, 40, 100 }),
        new Column<int>("tau_decayMode", new[] { 0, 5, 10 }),
        new Column<float>("tau_phi", new[] { 3.0f, 0f, -3.0f }),
        new JaggedColumn<float>("pfCand_pt", "pfCand", new[] { 0, 2, 2, 3 }, new float[] { 1, 2, 8 }),
        new JaggedColumn<int>("pfCand_charge", "pfCand", new[] { 0, 2, 2, 3 }, new[] { 1, 0, -1 }),
        new JaggedColumn<float>("ele_pt", "ele", new[] { 0, 0, 1, 1 }, new float[] { 5 }),
    ]);

    [Theory]
    [InlineData("1 + 2 * 3 ** 2", 19)]
    [InlineData("-2 ** 2", -4)]
    [InlineData("7 // 2 + -7 // 2 + 7 % 4 + -7 % 4", 3 - 4 + 3 + 1)]
    [InlineData("1 < 2 < 3", 1)]
    [InlineData("1 < 3 < 2", 0)]
    [InlineData("not 1 == 2 and 3 in {1, -2, 3}", 1)]
    [InlineData("3 not in [1, 2] & !(0 | 0)", 1)]
    [InlineData("min(3, 2) + max(1, 4) + clamp(9, 0, 5)", 11)]
    [InlineData("where(2 > 1, 10, 20)", 10)]
    [InlineData("bit(6, 1) + bit(6, 0)", 1)]
    [InlineData("1e-3 * 1e+3", 1)]
    public void Arithmetic_follows_Python(string text, double expected) =>
        Expression.Parse(text, "c.yaml:1").Flat(Taus).ShouldAllBe(value => Math.Abs(value - expected) < 1e-12);

    [Fact]
    public void A_selection_is_true_row_by_row() =>
        Expression.Parse("tau_decayMode in {0, 10} and tau_pt > 20", "c.yaml:1").True(Taus).ShouldBe([false, false, true]);

    [Fact]
    public void Jagged_values_meet_flat_ones_element_by_element_and_become_flat_by_sum()
    {
        Expression fraction = Expression.Parse("sum(pfCand_pt * (pfCand_charge != 0)) / tau_pt", "c.yaml:1");

        fraction.Check(Taus.Schema).ShouldBeNull();
        fraction.Columns.ShouldBe(["pfCand_charge", "pfCand_pt", "tau_pt"]);
        fraction.Flat(Taus).ShouldBe([0.05, 0, 0.08]);
    }

    [Fact]
    public void A_jagged_expression_keeps_its_offsets()
    {
        Expression relative = Expression.Parse("pfCand_pt / tau_pt", "c.yaml:1");

        (double[] values, int[] offsets) = relative.Jagged(Taus);

        relative.Check(Taus.Schema).ShouldBe("pfCand");
        values.ShouldBe([0.05, 0.1, 0.08]);
        offsets.ShouldBe([0, 2, 2, 3]);
    }

    [Fact]
    public void Angles_are_wrapped()
    {
        double[] difference = Expression.Parse("deltaphi(tau_phi, -3)", "c.yaml:1").Flat(Taus);

        difference[0].ShouldBe(6 - 2 * Math.PI, 1e-6);
        difference[2].ShouldBe(0, 1e-6);
    }

    [Theory]
    [InlineData("tau_ptt > 20", "there is no column 'tau_ptt'", "tau_pt")]
    [InlineData("sum(pfCand_pt * ele_pt)", "elements of 'pfCand' and of 'ele' cannot meet", "sum")]
    public void A_wrong_column_is_named_with_its_neighbour(string text, string title, string fact)
    {
        string message = Should.Throw<Misuse>(() => Expression.Parse(text, "c.yaml:4").Check(Taus.Schema)).Message;

        message.ShouldContain($"c.yaml:4: {title}");
        message.ShouldContain(fact);
    }

    [Theory]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("sqrtt(2)")]
    [InlineData("abs(1, 2)")]
    [InlineData("tau_pt in {}")]
    [InlineData("1 2")]
    [InlineData("")]
    public void What_is_not_an_expression_says_where(string text) =>
        Should.Throw<Misuse>(() => Expression.Parse(text, "c.yaml:9")).Message.ShouldStartWith("c.yaml:9: ");

    [Fact]
    public void Deep_nesting_is_refused_not_a_crash() =>
        Should.Throw<Misuse>(() => Expression.Parse(new string('(', 100_000) + "1", "c.yaml:1"));
}
