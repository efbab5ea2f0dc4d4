using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Columns;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Batches that take the memory of the batch before.</summary>
public sealed class ReuseMemoryTests : IDisposable
{
    private const int Rows = 20_000, BatchRows = 1_000;
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_batch_has_its_own_values_until_the_next(int threads)
    {
        using RootFile file = RootFile.Open(_files.Write(CodecKind.Lz4, 3000));

        foreach (
            RootBatch batch in file.Tree("taus")
                .ReadColumns(["tau_mass", "tau_isGenuine", "Tau_pt", "pfCand_id", "position"], Options(700, threads)))
        {
            Batch expected = SampleBatches.Of((int)batch.FirstEntry, batch.Entries);
            foreach (RootColumn column in batch.Columns)
            {
                column.Bytes.SequenceEqual(expected[column.Name].Bytes).ShouldBeTrue(column.Name);
                if (column.Name == "pfCand_id") column.Offsets(0).SequenceEqual(expected.Jagged<int>("pfCand_id").Offsets).ShouldBeTrue();
            }
        }
    }

    [Theory]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Zstd)]
    public void Twice_as_many_entries_take_no_more_memory(CodecKind kind)
    {
        using RootFile file = RootFile.Open(_files.Write(kind, Rows, basketBytes: 32_000));
        RootTree tree = file.Tree("taus");
        Allocated(tree, Rows); // what is made once

        // The least of some, in turn: other tests take from the same pool of buffers, and code that is compiled better meanwhile makes
        // fewer objects.
        (long once, long twice) = (long.MaxValue, long.MaxValue);
        for (int i = 0; i < 20; i++) (once, twice) = (Math.Min(once, Allocated(tree, Rows / 2)), Math.Min(twice, Allocated(tree, Rows)));

        twice.ShouldBeLessThanOrEqualTo(once);
    }

    private static long Allocated(RootTree tree, long entries)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (RootBatch batch in tree.ReadColumns(tree.Branches, Options(BatchRows) with { LastEntry = entries }))
            entries -= batch.Entries;
        long after = GC.GetAllocatedBytesForCurrentThread();
        entries.ShouldBe(0);
        return after - before;
    }

    private static RootReadOptions Options(int entries, int threads = 1) =>
        new()
        {
            BatchEntries = entries,
            Parallelism = threads,
            ReuseMemory = true,
        };
}
