using Shouldly;
using TauPipeline.BuildGraph;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>When the managed heap is collected as a whole.</summary>
public sealed class HeapKeeperTests
{
    [Theory]
    [InlineData(0, 24, false)] // the youngest generation is not ours to look after
    [InlineData(0, 25, true)]
    [InlineData(40, 74, false)]
    [InlineData(40, 75, true)]
    [InlineData(400, 524, false)] // much that lives may have a quarter of it in garbage
    [InlineData(400, 525, true)]
    public void A_heap_is_full_of_garbage_at_a_quarter_of_what_lives_and_some_MiB(long lived, long size, bool isFull) =>
        HeapKeeper.IsFull(size << 20, lived << 20).ShouldBe(isFull);
}
