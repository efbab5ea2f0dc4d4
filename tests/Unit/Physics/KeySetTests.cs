using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class KeySetTests
{
    [Fact]
    public void A_key_goes_in_once_whatever_stands_at_its_place()
    {
        var keys = new KeySet(2000);
        var known = new HashSet<UInt128>();
        var random = new CounterRandom(1, 2);
        // 40 upper halves only: most keys find their place taken, those of the highest at the end of the array.
        for (int i = 0; i < 2000; i++)
        {
            ulong upper = i % 40 == 0 ? ulong.MaxValue : (ulong)(i % 40) << 58;
            var key = new UInt128(upper, (ulong)random.NextInt(30));

            keys.Add(key).ShouldBe(known.Add(key));
        }
        known.Count.ShouldBeInRange(500, 1500);
        keys.Clear();

        keys.Add(known.First()).ShouldBeTrue();
        keys.Add(known.First()).ShouldBeFalse();
    }

    [Fact]
    public void The_key_of_zeros_is_one_as_any()
    {
        var keys = new KeySet(10);

        keys.Add(UInt128.Zero).ShouldBeTrue();
        keys.Add(UInt128.Zero).ShouldBeFalse();
    }

    [Fact]
    public void More_keys_than_were_planned_for_do_not_end_in_a_circle()
    {
        var keys = new KeySet(2);
        Should.Throw<Defect>(() =>
        {
            for (ulong i = 1; i < 10; i++) keys.Add(i);
        });
    }
}
