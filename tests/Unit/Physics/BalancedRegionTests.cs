using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>The planner of atlas-upp-and-balanced-batches 11.2: its worked numbers, and what its cursor did wrong.</summary>
public sealed class BalancedRegionTests
{
    [Theory]
    [InlineData(0, "0,1", 0, 5)]
    [InlineData(1, "1,0", 1, 6)]
    [InlineData(2, "0,1,0", 3, 8)]
    public void Files_of_4_and_3_rows_give_batches_of_5_as_worked_out(long batch, string files, long first, long end) =>
        Check(new BalancedRegion([4, 3], 5), batch, files, first, end);

    // The original's later batches were all [2, 8) of the second file and the first: the offset of a batch that ended with a file was kept.
    [Theory]
    [InlineData(0, "0,1", 0, 6)]
    [InlineData(1, "1,0", 2, 8)]
    [InlineData(2, "1,0", 0, 6)]
    [InlineData(3, "0,1", 2, 8)]
    public void Files_of_4_and_4_rows_in_batches_of_6_begin_anew_where_a_batch_ends_with_a_file(
        long batch, string files, long first, long end) => Check(new BalancedRegion([4, 4], 6), batch, files, first, end);

    // The original took [5, 10) for ever.
    [Theory]
    [InlineData(0, 0, 5)]
    [InlineData(1, 5, 10)]
    [InlineData(2, 0, 5)]
    [InlineData(3, 5, 10)]
    public void One_file_of_10_rows_in_batches_of_5_is_used_in_turns(long batch, long first, long end) =>
        Check(new BalancedRegion([10], 5), batch, "0", first, end);

    [Fact]
    public void A_batch_of_more_rows_than_there_are_goes_round_and_files_without_rows_are_passed_over()
    {
        Check(new BalancedRegion([2, 0, 1], 7), 0, "0,2,0,2,0", 0, 7);
        Check(new BalancedRegion([0, 2, 0, 1], 7), 1, "1,3,1,3,1", 1, 8);
    }

    [Fact]
    public void No_row_is_taken_twice_before_all_were_once()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var random = new CounterRandom(17, seed);
            long[] files = [.. Enumerable.Range(0, 1 + random.NextInt(6)).Select(_ => (long)random.NextInt(12))];
            if (files.Sum() == 0) continue;
            int each = 1 + random.NextInt(20), batches = 1 + random.NextInt(30);
            var region = new BalancedRegion(files, each);
            var uses = new long[files.Sum()];

            for (int batch = 0; batch < batches; batch++)
            {
                foreach (long row in RowsOf(region.Cut(batch), files))
                {
                    uses[row]++;
                    (uses.Max() - uses.Min()).ShouldBeLessThanOrEqualTo(1);
                }
            }

            uses.Sum().ShouldBe((long)batches * each);
            uses.Select((_, row) => region.Uses(row, batches)).ShouldBe(uses);
            long middle = batches / 2;
            for (int row = 0; row < uses.Length; row++)
            {
                long[] takings = [.. region.Takings(row, middle, batches)];
                takings.ShouldAllBe(taking => taking % uses.Length == row && taking >= middle * each && taking < (long)batches * each);
                takings.Length.ShouldBe((int)(uses[row] - region.Uses(row, middle)));
                region.TakesFrom(row, 1, middle, batches).ShouldBe(takings.Length > 0);
            }
        }
    }

    // By walking through the files as a reader of the plan would.
    private static IEnumerable<long> RowsOf(BalancedCut cut, long[] files)
    {
        long before = 0;
        foreach (int file in cut.Files)
        {
            long start = files.Take(file).Sum();
            for (long row = 0; row < files[file]; row++)
                if (before + row >= cut.First && before + row < cut.End) yield return start + row;
            before += files[file];
        }
    }

    private static void Check(BalancedRegion region, long batch, string files, long first, long end)
    {
        BalancedCut cut = region.Cut(batch);

        (string.Join(',', cut.Files), cut.First, cut.End).ShouldBe((files, first, end));
    }
}
