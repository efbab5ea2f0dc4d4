using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using Xunit;

namespace TauPipeline.Tests.Unit.Expressions;

/// <summary>A missing value is the same thing in a column of any type, and wherever it stands in a list.</summary>
public sealed class MissingInExpressionsTests
{
    [Theory]
    [InlineData("abs(x)", double.NaN)]
    [InlineData("-x + 1", double.NaN)]
    [InlineData("x * 0", double.NaN)]
    [InlineData("x % 3", double.NaN)]
    [InlineData("min(x, 3)", double.NaN)]
    [InlineData("min(3, x)", double.NaN)]
    [InlineData("max(x, 3)", double.NaN)]
    [InlineData("max(3, x)", double.NaN)]
    [InlineData("clamp(x, 0, 9)", double.NaN)]
    [InlineData("bit(x, 0)", double.NaN)]
    [InlineData("x == x", 0)]
    [InlineData("x != 3", 1)]
    [InlineData("x < 3", 0)]
    [InlineData("x >= 3", 0)]
    [InlineData("x in {3}", 0)]
    [InlineData("x not in {3}", 1)]
    [InlineData("where(x, 1, 2)", 2)]
    [InlineData("where(x > 0, 1, 2)", 2)]
    [InlineData("x and 1", 0)]
    [InlineData("x or 1", 1)]
    [InlineData("not x", 1)]
    [InlineData("isfinite(x)", 0)]
    [InlineData("isnormal(x)", 0)]
    [InlineData("ismissing(x)", 1)]
    [InlineData("ismissing(missing)", 1)]
    [InlineData("where(ismissing(x), 7, x)", 7)]
    [InlineData("sum(x)", 0)]
    [InlineData("count(x)", 0)]
    public void It_gives_the_same_in_every_type(string text, double expected)
    {
        Column[] columns =
        [
            new Column<float>("x", new[] { float.NaN }),
            new Column<double>("x", new[] { double.NaN }),
            new Column<sbyte>("x", new[] { sbyte.MinValue }),
            new Column<short>("x", new[] { short.MinValue }),
            new Column<int>("x", new[] { int.MinValue }),
            new Column<long>("x", new[] { long.MinValue }),
        ];

        foreach (Column column in columns)
            Expression.Parse(text, "c.yaml:1").Flat(new Batch([column])).ShouldBe([expected], column.Spec.TypeName);
    }

    [Theory]
    [InlineData("sum(x)", 12)]
    [InlineData("maximum(x)", 7)]
    [InlineData("minimum(x)", 5)]
    [InlineData("count(x > 0)", 2)]
    [InlineData("length(x)", 3)]
    [InlineData("any(ismissing(x))", 1)]
    [InlineData("all(x > 0)", 0)]
    public void Functions_of_a_row_leave_it_out_wherever_it_stands(string text, double expected)
    {
        foreach (double[] row in new[] { new[] { double.NaN, 5, 7 }, [5, double.NaN, 7], [7, 5, double.NaN] })
            Expression.Parse(text, "c.yaml:1")
                .Flat(new Batch([new JaggedColumn<double>("x", "t", new[] { 0, 3 }, row)]))
                .ShouldBe([expected]);
    }

    [Fact]
    public void Of_nothing_but_missing_elements_the_sum_is_0_and_the_extremes_are_missing()
    {
        Batch batch = new([new JaggedColumn<int>("x", "t", new[] { 0, 0, 2 }, new[] { int.MinValue, int.MinValue })]);

        Expression.Parse("sum(x)", "c.yaml:1").Flat(batch).ShouldBe([0, 0]);
        foreach (string name in new[] { "maximum", "minimum", "first" })
            Expression.Parse($"{name}(x)", "c.yaml:1").Flat(batch).ShouldBe([double.NaN, double.NaN]);
    }
}
