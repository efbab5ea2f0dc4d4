using Shouldly;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class LeakFinderTests
{
    [Theory]
    [InlineData(1 << 20)]
    [InlineData(64)] // as many passes as events
    public void A_planted_leak_is_found(long memory)
    {
        IReadOnlyList<Leak> leaks = Find(memory, ("train", 3, [1, 2, 3]), ("validation", 3, [4, 5]), ("test", 3, [6, 2, 7]));

        leaks.ShouldBe([new Leak("train", "test", 3, 1, 1, 2)]);
    }

    [Fact]
    public void The_same_event_number_in_another_dataset_is_no_leak() =>
        Find(1 << 20, ("train", 0, [1, 2]), ("test", 1, [1, 2])).ShouldBeEmpty();

    [Fact]
    public void Two_candidates_of_an_event_in_one_part_are_no_leak() =>
        Find(1 << 20, ("train", 0, [1, 1, 2]), ("test", 0, [3, 3])).ShouldBeEmpty();

    [Fact]
    public void No_more_are_listed_than_anyone_reads()
    {
        ulong[] events = [.. Enumerable.Range(0, 100).Select(i => (ulong)i)];

        Find(1 << 20, ("train", 0, events), ("test", 0, events)).Count.ShouldBe(20);
    }

    private static IReadOnlyList<Leak> Find(long memory, params (string Part, int Dataset, ulong[] Events)[] parts)
    {
        var finder = new LeakFinder(memory);
        foreach ((string part, int dataset, ulong[] events) in parts) finder.Add(part, () => [(SampleRows.OfEvents(events), dataset)]);
        return finder.Find(CancellationToken.None);
    }
}
