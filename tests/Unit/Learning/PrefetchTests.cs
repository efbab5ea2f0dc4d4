using Shouldly;
using TauPipeline.Learning;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

public sealed class PrefetchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Results_come_in_the_order_of_the_items(int threads) =>
        Prefetch.InOrder<int, int>(Enumerable.Range(0, 500), () => Slow, threads).ShouldBe(Enumerable.Range(0, 500).Select(one => 2 * one));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Nothing_gives_nothing(int threads) => Prefetch.InOrder<int, int>([], () => Slow, threads).ShouldBeEmpty();

    // Some are ready, as many are worked on, and as many wait: four for each of three threads would be too many.
    [Fact]
    public void No_more_items_are_taken_ahead_than_there_is_room_for()
    {
        int taken = 0;
        IEnumerable<int> Items()
        {
            for (int i = 0; i < 1000; i++)
            {
                Interlocked.Increment(ref taken);
                yield return i;
            }
        }

        foreach (int result in Prefetch.InOrder<int, int>(Items(), () => Slow, 3))
        {
            int given = result / 2 + 1;
            Volatile.Read(ref taken).ShouldBeLessThanOrEqualTo(given + 2 * 3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void What_fails_fails_when_its_turn_comes(int threads)
    {
        var seen = new List<int>();
        int Work(int item) => item == 37 ? throw new InvalidOperationException("37") : Slow(item);

        Should.Throw<InvalidOperationException>(() =>
        {
            foreach (int result in Prefetch.InOrder<int, int>(Enumerable.Range(0, 100), () => Work, threads)) seen.Add(result);
        }).Message.ShouldBe("37");

        seen.ShouldBe(Enumerable.Range(0, 37).Select(one => 2 * one));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Items_that_cannot_be_taken_fail_after_those_before_them(int threads)
    {
        var seen = new List<int>();
        static IEnumerable<int> Items()
        {
            for (int i = 0; i < 20; i++) yield return i;
            throw new OperationCanceledException("no more");
        }

        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (int result in Prefetch.InOrder<int, int>(Items(), () => Slow, threads)) seen.Add(result);
        }).Message.ShouldBe("no more");

        seen.ShouldBe(Enumerable.Range(0, 20).Select(one => 2 * one));
    }

    [Fact]
    public void A_worker_that_cannot_begin_is_told() =>
        Should.Throw<InvalidOperationException>(() =>
            Prefetch.InOrder<int, int>(Enumerable.Range(0, 9), () => throw new InvalidOperationException("begin"), 2).ToArray())
            .Message.ShouldBe("begin");

    [Fact]
    public void Who_stops_reading_stops_the_threads_and_closes_the_items()
    {
        int working = 0;
        bool isClosed = false;
        IEnumerable<int> Items()
        {
            try { for (int i = 0; ; i++) yield return i; }
            finally { isClosed = true; }
        }
        int Work(int item)
        {
            Interlocked.Increment(ref working);
            Thread.Sleep(1);
            Interlocked.Decrement(ref working);
            return item;
        }

        Prefetch.InOrder<int, int>(Items(), () => Work, 3).Take(5).ShouldBe([0, 1, 2, 3, 4]);

        (Volatile.Read(ref working), isClosed).ShouldBe((0, true));
    }

    // Each takes another time, so that those that are begun later are ready earlier.
    private static int Slow(int item)
    {
        Thread.SpinWait(item % 7 * 2000);
        return 2 * item;
    }
}
