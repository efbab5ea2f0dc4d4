using Shouldly;
using TauPipeline.Learning;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

public sealed class BatchCutTests
{
    [Fact]
    public void Every_row_but_the_remainder_is_in_a_batch_of_the_size_asked_for()
    {
        new BatchCut(500, LastBatch.Keep).Sizes(1_536).ShouldBe([500, 500, 500, 36]);
        new BatchCut(500, LastBatch.Drop).Sizes(1_536).ShouldBe([500, 500, 500]);
        new BatchCut(100_000, LastBatch.Keep).Sizes(250_000).ShouldBe([100_000, 100_000, 50_000]);
    }

    [Fact]
    public void Even_batches_are_never_larger_than_asked_for_and_differ_by_one_row_at_most()
    {
        new BatchCut(500, LastBatch.Even).Sizes(1_536).ShouldBe([384, 384, 384, 384]);
        foreach (long rows in new long[] { 1, 2, 499, 500, 501, 999, 1_000, 1_001, 123_457 })
        {
            int[] sizes = [.. new BatchCut(500, LastBatch.Even).Sizes(rows)];

            sizes.Sum().ShouldBe((int)rows);
            (sizes.Max() - sizes.Min()).ShouldBeLessThanOrEqualTo(1);
            sizes.Max().ShouldBeLessThanOrEqualTo(500);
            sizes.Length.ShouldBe((int)((rows + 499) / 500));
        }
    }

    [Theory]
    [InlineData(LastBatch.Even)]
    [InlineData(LastBatch.Keep)]
    [InlineData(LastBatch.Drop)]
    public void An_epoch_of_less_than_a_batch_is_one_batch_and_one_without_rows_none(LastBatch last)
    {
        new BatchCut(500, last).Sizes(7).ShouldBe([7]);
        new BatchCut(500, last).Sizes(0).ShouldBeEmpty();
    }
}
