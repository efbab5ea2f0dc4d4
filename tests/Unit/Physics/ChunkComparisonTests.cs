using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class ChunkComparisonTests
{
    [Fact]
    public void Shuffled_rows_pass() => Smallest(SampleRows.Random(20_000, seed: 1)).ShouldBeGreaterThan(0.001);

    [Theory]
    [InlineData("tau_type", CandidateColumns.Type)]
    [InlineData("dataset", CandidateColumns.Dataset)]
    [InlineData("tau_pt of tau", CandidateColumns.Pt)]
    [InlineData("tau_eta of jet", CandidateColumns.Eta)]
    public void Rows_sorted_by_a_column_fail_in_that_column(string distribution, string sorted)
    {
        Batch rows = SampleRows.Random(20_000, seed: 1);
        double[] keys = rows[sorted].ToDoubles();

        IReadOnlyList<ChunkTest> tests = Tests(rows.Take([.. Enumerable.Range(0, rows.Rows).OrderBy(row => keys[row])]));

        tests.Where(test => test.Distribution == distribution).Min(test => test.Adjusted).ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void False_alarms_come_as_often_as_asked_for()
    {
        const int Samples = 200;

        int alarms = Enumerable.Range(0, Samples).Count(seed => Smallest(SampleRows.Random(2_000, seed: 1000 + (ulong)seed)) < 0.1);

        // Holm bounds the family's rate by 0.1, and binned distributions keep it below; 200 samples give 20 +- 4.2 at most.
        alarms.ShouldBeInRange(1, 20 + 13);
    }

    private static double Smallest(Batch rows) => Tests(rows).Min(test => test.Adjusted);

    private static IReadOnlyList<ChunkTest> Tests(Batch rows)
    {
        var comparison = new ChunkComparison(StandardClasses.Scheme, 5, rows.Rows);
        comparison.Fill(rows);
        return comparison.Tests();
    }
}
