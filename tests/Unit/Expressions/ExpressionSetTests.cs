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

        IReadOnlyList<ReadOnlyMemory<double>> found = set.Flat(Rows);

        for (int i = 0; i < Cases.Length; i++) found[i].ToArray().ShouldBe(Cases[i].Values, 1e-15, Cases[i].Text);
    }

    // By hand: three constituents, of rows 0, 0 and 2.
    [Fact]
    public void Along_a_list_each_expression_has_one_value_a_constituent()
    {
        (string Text, double[] Values)[] cases =
        [
            ("hit_pt / pt", [0.05, 0.1, 0.075]), ("hit_pt / sum(hit_pt)", [1 / 3.0, 2 / 3.0, 1]), ("pt", [20, 20, 40]), ("1", [1, 1, 1]),
            ("hit_pt / pt > 0.06", [0, 1, 1]),
        ];
        var set = new ExpressionSet(cases.Select(one => Expression.Parse(one.Text, "test")));

        IReadOnlyList<ReadOnlyMemory<double>> found = set.Along(Rows, "hit_pt");

        for (int i = 0; i < cases.Length; i++) found[i].ToArray().ShouldBe(cases[i].Values, 1e-15, cases[i].Text);
    }

    [Theory]
    [InlineData("hit_pt / pt", true)]
    [InlineData("1", true)]
    [InlineData("hit_pt / sum(hit_pt)", false)]
    [InlineData("where(any(hit_pt > 1), 1, 0)", false)]
    public void What_looks_at_all_constituents_says_so(string text, bool isElementwise) =>
        Expression.Parse(text, "test").IsElementwise.ShouldBe(isElementwise);

    [Fact]
    public void Another_batch_is_worked_out_anew()
    {
        var set = new ExpressionSet([Expression.Parse("abs(pt) + abs(pt)", "test")]);

        set.Flat(Rows)[0].ToArray().ShouldBe([40, 60, 80]);
        set.Flat(new Batch([new Column<float>("pt", new float[] { -1 })]))[0].ToArray().ShouldBe([2]);
    }

    // Memory is used again from batch to batch, in any order of sizes: each has the values that its expressions have alone.
    [Fact]
    public void Batches_of_all_sizes_have_their_own_values_one_after_the_other()
    {
        Expression[] alone =
        [
            .. Cases.Select(one => Expression.Parse(one.Text, "test")),
            .. ByFunction.Select(text => Expression.Parse(text, "test")),
        ];
        var set = new ExpressionSet(alone);
        var random = new Random(5);
        foreach (int rows in new[] { 3, 40, 1, 0, 17, 1, 200, 2 })
        {
            Batch batch = Random(random, rows);

            IReadOnlyList<ReadOnlyMemory<double>> found = set.Flat(batch);

            for (int i = 0; i < alone.Length; i++) found[i].ToArray().ShouldBe(alone[i].Flat(batch), $"{alone[i]} of {rows} rows");
        }
    }

    // Numbers beside lists, constants on either side, and every function that has a loop of its own; values worked out here.
    [Fact]
    public void Loops_take_constants_and_flat_values_for_every_element()
    {
        Batch batch = Random(new Random(6), 50);
        ReadOnlySpan<float> pt = batch.Flat<float>("pt");
        JaggedColumn<float> hits = batch.Jagged<float>("hit_pt");
        var set = new ExpressionSet(ByFunction.Select(text => Expression.Parse(text, "test")));

        IReadOnlyList<ReadOnlyMemory<double>> found = set.Flat(batch);

        for (int row = 0; row < batch.Rows; row++)
        {
            double p = pt[row];
            double[] h = [.. hits[row].ToArray().Select(hit => (double)hit)];
            double[] expected =
            [
                h.Sum(x => Math.Min(x, 2)),
                h.Sum(x => Math.Max(2, x)),
                h.Sum(x => Math.Min(x, p)),
                h.Sum(x => Math.Abs(x - p)),
                h.Sum(x => -x / p),
                h.Sum(x => p / 7 * x),
                h.Count(x => x >= 1 && x <= 3),
                h.Count(x => x < 1 || x > 3),
                h.Count(x => x != p),
                h.Count(x => x == 2),
                h.Count(x => 2 < x),
                h.Sum(x => Math.Sqrt((x - p) * (x - p) + 0.25)),
                h.Sum(x => Math.Sqrt((x - 1) * (x - 1))),
                h.Sum(x => Math.Sqrt(x)),
                h.Sum(x => x > 2 ? x : p),
            ];
            for (int i = 0; i < expected.Length; i++)
                found[i].Span[row].ShouldBe(expected[i], 1e-12 * (1 + Math.Abs(expected[i])), ByFunction[i]);
        }
    }

    // After the first batches no more memory is taken for elements: 200 numbers a part would be seen.
    [Fact]
    public void Further_batches_take_no_more_memory_for_their_elements()
    {
        var set = new ExpressionSet([Expression.Parse("sum(((hit_pt + 1) * (hit_pt - pt) + 2) * hit_pt)", "test")]);
        Batch few = Random(new Random(7), 100, hits: 1), many = Random(new Random(7), 100, hits: 100);
        for (int i = 0; i < 3; i++) (_, _) = (set.Flat(few), set.Flat(many));

        (Allocated(set, many) - Allocated(set, few)).ShouldBeLessThan(100 * 99 * sizeof(double));
    }

    private static long Allocated(ExpressionSet set, Batch batch)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        set.Flat(batch);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static readonly string[] ByFunction =
    [
        "sum(min(hit_pt, 2))",
        "sum(max(2, hit_pt))",
        "sum(min(hit_pt, pt))",
        "sum(abs(hit_pt - pt))",
        "sum(-hit_pt / pt)",
        "sum(pt / 7 * hit_pt)",
        "sum(1 <= hit_pt <= 3)", "sum(hit_pt < 1 or hit_pt > 3)", "count(hit_pt != pt)", "count(hit_pt == 2)", "count(2 < hit_pt)",
        "sum(deltar(hit_pt, 1, pt, 0.5))", "sum(deltar(hit_pt, pt, 1, pt))", "sum(sqrt(hit_pt))", "sum(where(hit_pt > 2, hit_pt, pt))",
    ];

    private static Batch Random(Random random, int rows, int? hits = null)
    {
        var offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + (hits ?? random.Next(5));
        return new Batch(
        [
            new Column<float>("pt", Enumerable.Range(0, rows).Select(_ => 0.5f + 4 * random.NextSingle()).ToArray()),
            new Column<long>("evt", Enumerable.Range(0, rows).Select(i => 9007199254740992 + i % 3).ToArray()),
            new JaggedColumn<float>(
                "hit_pt",
                "hit",
                offsets,
                Enumerable.Range(0, offsets[^1]).Select(_ => (float)random.Next(1, 6)).ToArray()),
        ]);
    }

    // Written out it is 2^14 columns; of its parts only fourteen differ.
    [Fact]
    public void Parts_within_shared_parts_are_right()
    {
        string text = "pt";
        for (int i = 0; i < 14; i++) text = $"({text} + {text})";

        var set = new ExpressionSet([Expression.Parse(text, "test")]);

        set.Flat(Rows)[0].ToArray().ShouldBe([20 * 16384.0, 30 * 16384.0, 40 * 16384.0]);
    }

    [Fact]
    public void A_list_where_one_number_a_row_is_needed_is_refused() =>
        Should.Throw<Misuse>(() => new ExpressionSet([Expression.Parse("hit_pt + 1", "test")]).Flat(Rows));
}
