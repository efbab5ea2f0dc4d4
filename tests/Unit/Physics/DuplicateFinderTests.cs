using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class DuplicateFinderTests
{
    [Theory]
    [InlineData(1 << 20)] // one pass
    [InlineData(480)]     // ten rows a pass
    [InlineData(48)]      // one row a pass
    public void The_first_candidate_stays_whatever_the_memory(long memory)
    {
        Batch[] first = [SampleRows.Identified((1, 0), (1, 1), (2, 0)), SampleRows.Identified((1, 0), (3, 0))];
        Batch[] second = [SampleRows.Identified((4, 0), (2, 0), (2, 0), (1, 2))];

        IReadOnlyList<long>[] repeated = new DuplicateFinder(memory).Find([(5, () => first), (4, () => second)], CancellationToken.None);

        repeated[0].ShouldBe([3L]);
        repeated[1].ShouldBe([1L, 2L]);
    }

    [Fact]
    public void Two_samples_that_count_events_from_1_keep_their_candidates()
    {
        Batch[] one = [SampleRows.Identified((1, 0), (2, 0), (2, 0))], other = [SampleRows.Identified(1, (1, 0), (2, 0), (1, 0))];

        IReadOnlyList<long>[] repeated = new DuplicateFinder(1 << 20).Find([(3, () => one), (3, () => other)], CancellationToken.None);

        repeated[0].ShouldBe([2L]);
        repeated[1].ShouldBe([2L]);
    }

    [Fact]
    public void Small_memory_finds_the_same_in_many_rows()
    {
        (ulong, int)[] rows = [.. Enumerable.Range(0, 3000).Select(i => ((ulong)(i * i % 1009), i % 2))];
        (long, Func<IEnumerable<Batch>>)[] files = [(rows.Length, () => [SampleRows.Identified(rows)])];

        IReadOnlyList<long> amply = new DuplicateFinder(1 << 20).Find(files, CancellationToken.None)[0];
        IReadOnlyList<long> scantly = new DuplicateFinder(4096).Find(files, CancellationToken.None)[0];

        amply.Count.ShouldBe(rows.Length - rows.Distinct().Count());
        scantly.ShouldBe(amply);
    }
}
