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
    [InlineData("1 // 0.1", 9)]
    [InlineData("1 % 0.1", 0.09999999999999995)]
    [InlineData("-1 % 0.1", 5.551115123125783e-17)]
    [InlineData("1 % -0.1", -5.551115123125783e-17)]
    [InlineData("7.5 // -2", -4)]
    [InlineData("7.5 % -2", -0.5)]
    [InlineData("-5 // inf", -1)]
    [InlineData("log1p(1e-20) * 1e20", 1)]
    [InlineData("hypot(3e200, 4e200) / 1e200", 5)]
    public void Arithmetic_follows_Python(string text, double expected) =>
        Expression.Parse(text, "c.yaml:1").Flat(Taus).ShouldAllBe(value => Math.Abs(value - expected) < 1e-12);

    // IEEE 754 binary32: 1.17549435e-38 is the least normal number; numpy.finfo(float32).smallest_normal.
    [Theory]
    [InlineData("1.17549436e-38", 1)]
    [InlineData("-1.2e-38", 1)]
    [InlineData("1.1754942e-38", 0)]
    [InlineData("1e-45", 0)]
    [InlineData("0", 0)]
    [InlineData("inf", 0)]
    [InlineData("3", 1)]
    public void Normal_numbers_are_those_of_single_precision(string number, double expected) =>
        Expression.Parse($"isnormal({number})", "c.yaml:1").Flat(Taus).ShouldAllBe(value => value == expected);

    [Theory]
    [InlineData("TauJets.pt * 2 + `jet pt/GeV`", new[] { "TauJets.pt", "jet pt/GeV" }, 22)]
    [InlineData("`2` + 2", new[] { "2" }, 9)]
    [InlineData("`TauJets.pt`.5", null, 0)]
    [InlineData("``", null, 0)]
    [InlineData("1 + `jet", null, 0)]
    public void A_name_may_have_dots_and_any_other_stands_between_backquotes(string text, string[]? columns, double expected)
    {
        Batch odd = new([Of("TauJets.pt", 6), Of("jet pt/GeV", 10), Of("2", 7)]);

        if (columns is null)
        {
            Should.Throw<Misuse>(() => Expression.Parse(text, "c.yaml:1"));
            return;
        }
        Expression expression = Expression.Parse(text, "c.yaml:1");
        expression.Columns.ShouldBe(columns, ignoreOrder: true);
        expression.Flat(odd).ShouldBe([expected]);

        static Column<float> Of(string name, float value) => new(name, new[] { value });
    }

    [Theory]
    [InlineData("tau_pt > 30 GeV", "tau_pt > 30")]
    [InlineData("tau_pt > 30000MeV", "tau_pt > 30")]
    [InlineData("tau_pt in {0.04 TeV, 100 GeV}", "tau_pt in {40, 100}")]
    [InlineData("20 GeV < tau_pt and tau_pt < 1 TeV", "20 < tau_pt < 1000")]
    [InlineData("clamp(tau_pt, 0, 5e1 GeV) - 2 mm", "clamp(tau_pt, 0, 50) - 0.2")]
    [InlineData("where(tau_pt > 30 GeV, 200 um, 1 ns)", "where(tau_pt > 30, 0.02, 1)")]
    [InlineData("7 % 4 GeV", "3")]
    public void Numbers_have_units_as_in_settings(string text, string plain) =>
        Expression.Parse(text, "c.yaml:1").Flat(Taus).ShouldBe(Expression.Parse(plain, "c.yaml:1").Flat(Taus), 1e-12);

    [Fact]
    public void An_unknown_unit_is_named_with_its_nearest()
    {
        string message = Should.Throw<Misuse>(() => Expression.Parse("tau_pt > 30 Gev", "c.yaml:4")).Message;

        message.ShouldStartWith("c.yaml:4: there is no unit 'Gev'");
        message.ShouldContain("nearest  GeV");
    }

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
    public void A_jagged_expression_names_its_table_and_gives_no_number_a_row()
    {
        Expression relative = Expression.Parse("pfCand_pt / tau_pt", "c.yaml:1");

        relative.Check(Taus.Schema).ShouldBe("pfCand");
        Should.Throw<Misuse>(() => relative.Flat(Taus)).Text.Title.ShouldBe("c.yaml:1: one number a row is needed here");
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
    [InlineData("30 tau_pt")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData(".")]
    [InlineData("tau_pt in {pi}")]
    public void What_is_not_an_expression_says_where(string text) =>
        Should.Throw<Misuse>(() => Expression.Parse(text, "c.yaml:9")).Message.ShouldStartWith("c.yaml:9: ");

    [Fact]
    public void Deep_nesting_is_refused_not_a_crash() =>
        Should.Throw<Misuse>(() => Expression.Parse(new string('(', 100_000) + "1", "c.yaml:1"));
}
