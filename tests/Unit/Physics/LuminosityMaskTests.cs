using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class LuminosityMaskTests
{
    [Theory]
    [InlineData(315257, 1, true)]
    [InlineData(315257, 88, true)]
    [InlineData(315257, 89, false)]
    [InlineData(315257, 91, true)]
    [InlineData(315257, 93, false)]
    [InlineData(315257, 0, false)]
    [InlineData(315258, 1, false)]
    [InlineData(4_294_967_295, 7, true)]
    public void Both_ends_of_a_range_are_certified_and_what_no_range_names_is_not(long run, long section, bool isCertified) =>
        new LuminosityMask([new(315257, 1, 88), new(315257, 91, 92), new(4_294_967_295, 7, 7)])
            .IsCertified(run, section)
            .ShouldBe(isCertified);

    // Ranges in any order, overlapping, touching, inside each other and twice: against a look at each of them.
    [Fact]
    public void A_mask_certifies_what_one_of_its_ranges_names()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            LumiRange[] ranges = [.. Enumerable.Range(0, (int)(seed % 13)).Select(place =>
            {
                var random = new CounterRandom(seed, (ulong)place);
                long first = (long)(random.NextDouble() * 40);
                return new LumiRange((long)(random.NextDouble() * 3), first, first + (long)(random.NextDouble() * 9));
            })];
            var mask = new LuminosityMask(ranges);

            for (long run = 0; run < 4; run++)
                for (long section = 0; section < 60; section++)
                    mask.IsCertified(run, section)
                        .ShouldBe(ranges.Any(one => one.Run == run && section >= one.First && section <= one.Last), $"seed {seed}");
            mask.Ranges.Zip(mask.Ranges.Skip(1))
                .ShouldAllBe(two => two.First.Run < two.Second.Run || two.First.Last + 1 < two.Second.First);
        }
    }
}
