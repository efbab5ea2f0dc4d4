using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using Xunit;

namespace TauPipeline.Tests.Unit.Expressions;

/// <summary>Whole numbers that no double holds; right values are those of Python 3, whose integers are exact.</summary>
public sealed class WholeNumberTests
{
    private const ulong Edge = 9007199254740992; // 2^53: from here on doubles skip whole numbers

    private static readonly Batch Events = new([
        new Column<ulong>("evt", new[] { Edge, Edge + 1, ulong.MaxValue }),
        new Column<long>("entry", new[] { -9007199254740993, 3, long.MinValue }),
        new Column<int>("run", new[] { 2147483647, -2147483647, 3 }),
        new Column<float>("pt", new float[] { 20, 30, 40 }),
        new JaggedColumn<ulong>("trk_id", "trk", new[] { 0, 2, 2, 3 }, new[] { Edge + 1, Edge, ulong.MaxValue }),
        new JaggedColumn<long>("trk_link", "trk", new[] { 0, 2, 2, 3 }, new[] { long.MinValue, -9007199254740993, 7 }),
    ]);

    [Theory]
    [InlineData("evt == 9007199254740993", 0, 1, 0)]
    [InlineData("evt != 9007199254740993", 1, 0, 1)]
    [InlineData("evt > 9007199254740992", 0, 1, 1)]
    [InlineData("evt <= 9007199254740992", 1, 0, 0)]
    [InlineData("9007199254740992 < evt < 18446744073709551615", 0, 1, 0)]
    [InlineData("evt in {9007199254740993, 18446744073709551615}", 0, 1, 1)]
    [InlineData("evt not in [9007199254740993]", 1, 0, 1)]
    [InlineData("entry == -9007199254740993", 1, 0, 0)]
    [InlineData("entry in {-9007199254740992, 3}", 0, 1, 0)]
    [InlineData("entry in {3.0, 2.5}", 0, 1, 0)]
    [InlineData("evt > entry", 1, 1, 0)]
    [InlineData("entry == 3.0", 0, 1, 0)]
    public void Comparisons_tell_neighbours_apart(string text, double first, double second, double third) =>
        Expression.Parse(text, "c.yaml:1").Flat(Events).ShouldBe([first, second, third]);

    [Theory]
    [InlineData("evt - 9007199254740992", 0, 1, 18437736874454810623d)]
    [InlineData("evt % 10", 2, 3, 5)]
    [InlineData("-evt % 10", 8, 7, 5)]
    [InlineData("evt // 7 % 1000", 284, 284, 802)]
    [InlineData("evt + evt - 18014398509481984", 0, 2, 36875473748909621246d)]
    [InlineData("3 * evt == evt + 2 * evt", 1, 1, 1)]
    [InlineData("abs(-evt) == evt", 1, 1, 1)]
    [InlineData("max(evt, 9007199254740993) - 9007199254740992", 1, 1, 18437736874454810623d)]
    [InlineData("min(evt, 9007199254740993) - 9007199254740992", 0, 1, 1)]
    [InlineData("clamp(evt, 0, 9007199254740993) - 9007199254740992", 0, 1, 1)]
    [InlineData("where(pt > 25, evt, 9007199254740993) - 9007199254740992", 1, 1, 18437736874454810623d)]
    [InlineData("floor(evt) == evt", 1, 1, 1)]
    [InlineData("bit(evt, 0) + 2 * bit(evt, 63)", 0, 1, 3)]
    [InlineData("run * run - 4611686014132420608", 1, 1, -4611686014132420599d)]
    [InlineData("sum(trk_id) - 18014398509481984", 1, -18014398509481984d, 18428729675200069631d)]
    [InlineData("maximum(trk_id) == 9007199254740993", 1, 0, 0)]
    [InlineData("first(trk_id) == 9007199254740993", 1, 0, 0)]
    [InlineData("count(trk_id == 9007199254740993)", 1, 0, 0)]
    [InlineData("sum(trk_id == evt)", 1, 0, 1)]
    public void Arithmetic_is_exact(string text, double first, double second, double third) =>
        Expression.Parse(text, "c.yaml:1").Flat(Events).ShouldBe([first, second, third]);

    [Theory]
    [InlineData("entry + 1", -9007199254740992d, 4, double.NaN)]
    [InlineData("entry == entry", 1, 1, 0)]
    [InlineData("entry != 3", 1, 0, 1)]
    [InlineData("entry < 0", 1, 0, 0)]
    [InlineData("entry not in {3}", 1, 0, 1)]
    [InlineData("abs(entry)", 9007199254740993d, 3, double.NaN)]
    [InlineData("evt % 0", double.NaN, double.NaN, double.NaN)]
    [InlineData("evt // 0", double.NaN, double.NaN, double.NaN)]
    [InlineData("ismissing(entry)", 0, 0, 1)]
    [InlineData("isfinite(entry)", 1, 1, 0)]
    [InlineData("where(ismissing(entry), evt, 9007199254740993) == 18446744073709551615", 0, 0, 1)]
    [InlineData("where(entry, 1, 2)", 1, 1, 2)]
    [InlineData("where(entry < 0, missing, evt) == 9007199254740993", 0, 1, 0)]
    [InlineData("sum(trk_link) == -9007199254740993", 1, 0, 0)]
    [InlineData("minimum(trk_link) == -9007199254740993", 1, 0, 0)]
    public void Missing_is_missing_there_too(string text, double first, double second, double third) =>
        Expression.Parse(text, "c.yaml:1").Flat(Events).ShouldBe([first, second, third]);

    [Fact]
    public void A_rows_result_does_not_depend_on_the_rows_beside_it()
    {
        Expression cube = Expression.Parse("evt * evt * evt // 3 % 1000", "c.yaml:1");

        cube.Flat(Events.Take([1]))[0].ShouldBe(cube.Flat(Events)[1]);
    }
}
