using Shouldly;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Foundation;

public sealed class CounterRandomTests
{
    // Known answers of Philox4x32-10 (the Random123 distribution, kat_vectors): counter, key -> output.
    [Fact]
    public void The_bits_are_those_of_the_reference()
    {
        var zeros = new CounterRandom(0, 0);
        uint[] first = [zeros.NextUInt32(), zeros.NextUInt32(), zeros.NextUInt32(), zeros.NextUInt32()];

        first.ShouldBe([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    }

    // The generator as its paper writes it, one block at a time.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 7)]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    [InlineData(0x0123456789abcdef, 0xfedcba9876543210)]
    public void Words_come_block_by_block(ulong key, ulong index)
    {
        var random = new CounterRandom(key, index);

        for (ulong block = 0; block < 25; block++)
        {
            uint[] counter = [(uint)block, (uint)(block >> 32), (uint)index, (uint)(index >> 32)];
            uint[] found = [random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()];
            found.ShouldBe(Philox(counter, (uint)key, (uint)(key >> 32)), $"block {block}");
        }
    }

    private static uint[] Philox(uint[] counter, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong first = 0xD2511F53UL * counter[0], second = 0xCD9E8D57UL * counter[2];
            counter = [(uint)(second >> 32) ^ counter[1] ^ key0, (uint)second, (uint)(first >> 32) ^ counter[3] ^ key1, (uint)first];
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
        return counter;
    }

    [Fact]
    public void An_index_has_its_own_numbers_whatever_the_order()
    {
        var later = new CounterRandom(1, 7);
        var other = new CounterRandom(1, 8);
        double wanted = later.NextDouble();
        other.NextDouble();

        new CounterRandom(1, 7).NextDouble().ShouldBe(wanted);
        other.NextDouble().ShouldNotBe(wanted);
    }

    [Fact]
    public void Normal_and_exponential_have_their_moments()
    {
        var random = new CounterRandom(CounterRandom.Key(1, "test"), 0);
        double sum = 0, squares = 0, exponential = 0;
        const int n = 200_000;
        for (int i = 0; i < n; i++)
        {
            double x = random.NextNormal();
            sum += x;
            squares += x * x;
            exponential += random.NextExponential();
        }

        (sum / n).ShouldBe(0, 4 / Math.Sqrt(n));
        (squares / n).ShouldBe(1, 4 * Math.Sqrt(2.0 / n));
        (exponential / n).ShouldBe(1, 4 / Math.Sqrt(n));
    }

    [Fact]
    public void Whole_numbers_are_without_bias()
    {
        var random = new CounterRandom(5, 1);
        int[] counts = new int[3];

        for (int i = 0; i < 30_000; i++) counts[random.NextInt(3)]++;

        counts.ShouldAllBe(count => Math.Abs(count - 10_000) < 4 * Math.Sqrt(30_000 * 2.0 / 9));
    }
}
