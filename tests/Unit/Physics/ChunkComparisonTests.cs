using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class ChunkComparisonTests
{
    private static readonly ChunkPlan Plan = new()
    {
        Classes = StandardClasses.Scheme,
        Datasets = ["DY", "QCD"],
        Groups =
        [
            new("signal", [0, 1], [StandardClasses.Tau]), new("jets", [0, 1], [StandardClasses.Jet]),
        ],
        Chunks = 5,
    };

    [Fact]
    public void Shuffled_rows_pass() => Smallest(SampleRows.Random(20_000, seed: 1)).ShouldBeGreaterThan(0.001);

    [Theory]
    [InlineData("tau_type", CandidateColumns.Type)]
    [InlineData("group", CandidateColumns.Type)]
    [InlineData("dataset", CandidateColumns.Dataset)]
    [InlineData("dataset of group signal", CandidateColumns.Dataset)]
    [InlineData("tau_pt of class tau", CandidateColumns.Pt)]
    [InlineData("tau_pt of group jets", CandidateColumns.Pt)]
    [InlineData("tau_eta of class jet", CandidateColumns.Eta)]
    [InlineData("tau_eta of dataset QCD", CandidateColumns.Eta)]
    public void Rows_sorted_by_a_column_fail_in_that_column(string distribution, string sorted)
    {
        IReadOnlyList<ChunkTest> tests = Tests(Sorted(SampleRows.Random(20_000, seed: 1), sorted));

        foreach (IGrouping<string, ChunkTest> kind in tests.Where(test => test.Distribution == distribution).GroupBy(test => test.Test))
            kind.Min(test => test.Adjusted).ShouldBeLessThan(1e-9, kind.Key);
        tests.Where(test => test.Distribution == distribution).Select(test => test.Test).Distinct()
            .ShouldBe(distribution.StartsWith("tau_pt", StringComparison.Ordinal) || distribution.StartsWith("tau_eta", StringComparison.Ordinal)
                ? [ChunkTest.Chi2, ChunkTest.Kolmogorov] : [ChunkTest.Chi2]);
    }

    [Fact]
    public void False_alarms_come_as_often_as_asked_for()
    {
        const int Samples = 200;

        int alarms = Enumerable.Range(0, Samples).Count(seed => Smallest(SampleRows.Random(2_000, seed: 1000 + (ulong)seed)) < 0.1);

        // Holm bounds the family's rate by 0.1, and binned distributions keep it below; 200 samples give 20 +- 4.2 at most.
        alarms.ShouldBeInRange(1, 20 + 13);
    }

    [Fact]
    public void Shuffled_rows_pass_in_at_least_9_of_10_seeds_at_5_percent_and_the_same_rows_sorted_in_none()
    {
        ChunkPlan plan = Plan with { Chunks = 10 };
        int passed = 0, sortedPassed = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            Batch rows = SampleRows.Random(3_000, seed);
            if (Smallest(rows, plan) >= 0.05) passed++;
            if (Smallest(Sorted(rows, CandidateColumns.Pt), plan) >= 0.05) sortedPassed++;
        }

        passed.ShouldBeGreaterThanOrEqualTo(180);
        sortedPassed.ShouldBe(0);
    }

    [Fact]
    public void Chi2_and_its_p_value_are_those_of_scipy()
    {
        // taus and jets 15:5, then 5:15; scipy.stats.chi2_contingency([[15, 5], [5, 15]], correction=False) = 10, 0.001565402258002549
        TauClass[] types =
        [
            .. Enumerable.Repeat(StandardClasses.Tau, 15), .. Enumerable.Repeat(StandardClasses.Jet, 10),
            .. Enumerable.Repeat(StandardClasses.Tau, 5), .. Enumerable.Repeat(StandardClasses.Jet, 10),
        ];

        ChunkTest[] tests = [.. Tests(Rows(types), Plan with { Chunks = 2, Groups = [] })];

        // both chunks, and nothing else: dataset, pt and eta are the same in all rows, so that Holm counts two tests
        tests.Select(test => (test.Level, test.Distribution, test.Chunk, test.Test, test.DegreesOfFreedom))
            .ShouldBe([("all", "tau_type", 0, "chi2", 1), ("all", "tau_type", 1, "chi2", 1)]);
        foreach (ChunkTest test in tests)
        {
            test.Statistic.ShouldBe(10, 1e-12);
            test.PValue.ShouldBe(0.001565402258002549, 1e-15);
            test.Adjusted.ShouldBe(2 * 0.001565402258002549, 1e-15);
        }
    }

    [Fact]
    public void Values_that_are_not_numbers_are_compared_as_a_bin_of_their_own()
    {
        Batch rows = SampleRows.Random(4_000, seed: 3);

        Smallest(WithNaN(rows, row => row < 1000)).ShouldBeLessThan(1e-9);
        Smallest(WithNaN(rows, row => row % 4 == 0)).ShouldBeGreaterThan(0.001);
        IReadOnlyList<ChunkTest> tests = Tests(WithNaN(rows, _ => true));
        tests.ShouldNotContain(test => test.Distribution.StartsWith(CandidateColumns.Pt, StringComparison.Ordinal));
        tests.ShouldContain(test => test.Distribution == "tau_eta of class tau");
    }

    [Fact]
    public void The_worst_distributions_are_kept_to_be_drawn_with_what_lies_outside()
    {
        Batch rows = SampleRows.Random(4_000, seed: 3);
        var comparison = new ChunkComparison(Plan with { Datasets = ["one", "other"], Groups = [] }, rows.Rows);
        comparison.Fill(WithNaN(rows, row => row < 1000));

        IReadOnlyList<ChunkHistogram> worst = comparison.Worst(comparison.Tests(), 4);

        // pt of two classes and of two datasets, each row once in either
        worst.Select(one => one.Distribution).Order(StringComparer.Ordinal).ShouldBe(
            ["tau_pt of class jet", "tau_pt of class tau", "tau_pt of dataset one", "tau_pt of dataset other"]);
        worst.Sum(one => one.Outside).ShouldBe(2 * 1000);
        worst.Sum(one => one.Own.Sum() + one.Others.Sum()).ShouldBe(2 * 3000);
        worst.ShouldAllBe(one => one.Edges.Count == 101 && one.Own.Count == 100 && one.Others.Count == 100);
    }

    [Theory]
    [InlineData(1, 400)] // one chunk has no others
    [InlineData(10, 3)] // more chunks than rows
    [InlineData(5, 0)]
    public void What_has_nothing_to_compare_with_is_not_tested_and_passes(int chunks, int rows) =>
        Tests(SampleRows.Random(rows, seed: 1), Plan with { Chunks = chunks, ByKolmogorov = false }).ShouldBeEmpty();

    [Fact]
    public void Few_rows_are_no_reason_for_an_alarm_by_chi2()
    {
        // three jets among 4000 taus, all in the first chunk: one expects .6 of them there
        TauClass[] types = [.. Enumerable.Range(0, 4_000).Select(i => i < 3 ? StandardClasses.Jet : StandardClasses.Tau)];

        Tests(Rows(types)).ShouldBeEmpty();
        Tests(Rows(types), Plan with { LeastExpected = 0.1 }).Min(test => test.PValue).ShouldBeLessThan(0.01);
    }

    [Fact]
    public void Names_of_few_rows_are_joined_with_each_other_and_not_with_common_ones()
    {
        // datasets 0 and 2 are rare, and lie together in the first of four chunks; apart they would vanish in dataset 1
        ChunkPlan plan = Plan with { Datasets = ["rare", "common", "scarce"], Groups = [], Chunks = 4 };
        int[] datasets = [.. Enumerable.Range(0, 4_000).Select(i => i >= 48 ? 1 : i % 2 == 0 ? 0 : 2)];
        Batch rows = Rows([.. datasets.Select(_ => StandardClasses.Tau)])
            .Only([CandidateColumns.Type, CandidateColumns.Pt, CandidateColumns.Eta])
            .With(new Column<int>(CandidateColumns.Dataset, datasets));

        Tests(rows, plan).Single(test => test is { Distribution: "dataset", Chunk: 0 }).PValue.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void A_row_that_two_groups_may_have_delivered_is_of_both()
    {
        ChunkPlan plan = Plan with
        {
            Groups = [new("a", [0], [StandardClasses.Tau, StandardClasses.Jet]), new("b", [0, 1], [StandardClasses.Jet])],
        };

        string[] found = [.. Tests(SampleRows.Random(20_000, seed: 1), plan).Select(test => test.Distribution).Distinct()];

        found.Where(name => name.StartsWith("tau_pt of group", StringComparison.Ordinal)).ShouldBe(
            ["tau_pt of group a", "tau_pt of group a or b", "tau_pt of group b", "tau_pt of group none"]);
    }

    [Fact]
    public void Batches_do_not_matter()
    {
        Batch rows = SampleRows.Random(1_000, seed: 1);
        var comparison = new ChunkComparison(Plan, rows.Rows);
        for (int first = 0; first < rows.Rows; first += 77)
            comparison.Fill(rows.Take([.. Enumerable.Range(first, Math.Min(77, rows.Rows - first))]));

        comparison.Tests().ShouldBe(Tests(rows));
    }

    private static Batch Sorted(Batch rows, string column)
    {
        double[] keys = rows[column].ToDoubles();
        return rows.Take([.. Enumerable.Range(0, rows.Rows).OrderBy(row => keys[row])]);
    }

    private static Batch Rows(TauClass[] types) =>
        SampleRows.Of([.. types.Select(type => type.Index)], [.. types.Select(_ => 30f)], new float[types.Length])
            .With(new Column<int>(CandidateColumns.Dataset, new int[types.Length]));

    private static Batch WithNaN(Batch rows, Func<int, bool> isNaN)
    {
        float[] pt = [.. rows.Flat<float>(CandidateColumns.Pt).ToArray().Select((value, row) => isNaN(row) ? float.NaN : value)];
        return rows.Only([CandidateColumns.Type, CandidateColumns.Dataset, CandidateColumns.Eta])
            .With(new Column<float>(CandidateColumns.Pt, pt));
    }

    private static double Smallest(Batch rows, ChunkPlan? plan = null) => Tests(rows, plan).Min(test => test.Adjusted);

    private static IReadOnlyList<ChunkTest> Tests(Batch rows, ChunkPlan? plan = null)
    {
        var comparison = new ChunkComparison(plan ?? Plan, rows.Rows);
        comparison.Fill(rows);
        return comparison.Tests();
    }
}
