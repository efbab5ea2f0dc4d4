using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Expressions;

public sealed class ExpressionSetTests
{
    private static readonly Batch Rows = new([
        new Column<float>("pt", new float[] { 20, 30, 40 }),
        new Column<long>("evt", new[] { 9007199254740993, 9007199254740992, 1 }),
        new JaggedColumn<float>("hit_pt", "hit", new[] { 0, 2, 2, 3 }, new float[] { 1, 2, 3 }),
    ]);

    // Values worked out by hand. Parts are shared within one and between several; of two that differ by little each has its own.
    private static readonly (string Text, double[] Values)[] Cases =
    [
        ("sum(hit_pt * (hit_pt > 1)) / pt", [0.1, 0, 0.075]),
        ("sum(hit_pt * (hit_pt > 2)) / pt", [0, 0, 0.075]),
        ("sum(hit_pt * (hit_pt >= 1)) / pt", [0.15, 0, 0.075]),
        ("sum(hit_pt * (hit_pt > 1)) - sum(hit_pt * (hit_pt > 1))", [0, 0, 0]),
        ("pt - 20 - (20 - pt)", [0, 20, 40]),
        ("count(hit_pt > 1) + 10 * any(hit_pt > 1)", [11, 0, 11]),
        ("evt == 9007199254740993", [1, 0, 0]),
        ("evt == 9007199254740992", [0, 1, 0]),
        ("pt in {20, 40}", [1, 0, 1]),
        ("pt in {20, 30}", [1, 1, 0]),
        ("20 < pt <= 40", [0, 1, 1]),
        ("7", [7, 7, 7]),
        ("min(pt, 30) + max(pt, 30)", [50, 60, 70]),
    ];

    [Fact]
    public void Each_expression_of_a_set_has_its_own_values()
    {
        var set = new ExpressionSet(Cases.Select(one => Expression.Parse(one.Text, "test")));

        IReadOnlyList<double[]> found = set.Flat(Rows);

        for (int i = 0; i < Cases.Length; i++) found[i].ShouldBe(Cases[i].Values, 1e-15, Cases[i].Text);
    }

    [Fact]
    public void Another_batch_is_worked_out_anew()
    {
        var set = new ExpressionSet([Expression.Parse("abs(pt) + abs(pt)", "test")]);

        set.Flat(Rows)[0].ShouldBe([40, 60, 80]);
        set.Flat(new Batch([new Column<float>("pt", new float[] { -1 })]))[0].ShouldBe([2]);
    }

    // Written out it is 2^14 columns; of its parts only fourteen differ.
    [Fact]
    public void Parts_within_shared_parts_are_right()
    {
        string text = "pt";
        for (int i = 0; i < 14; i++) text = $"({text} + {text})";

        var set = new ExpressionSet([Expression.Parse(text, "test")]);

        set.Flat(Rows)[0].ShouldBe([20 * 16384.0, 30 * 16384.0, 40 * 16384.0]);
    }

    [Fact]
    public void A_list_where_one_number_a_row_is_needed_is_refused() =>
        Should.Throw<Misuse>(() => new ExpressionSet([Expression.Parse("hit_pt + 1", "test")]).Flat(Rows));
}
