using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using Xunit;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>What stands between a damaged file and a library that follows it wherever it leads.</summary>
public sealed class GuardedBytesTests : IDisposable
{
    private readonly Hdf5Scratch _scratch = new();

    public GuardedBytesTests() => File.WriteAllBytes(_scratch.File_(), [1, 2, 3, 4]);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Addresses_outside_of_the_file_are_told()
    {
        using var bytes = new GuardedBytes(_scratch.File_());

        bytes.Seek(4, SeekOrigin.Begin).ShouldBe(4);
        Should.Throw<InvalidDataException>(() => bytes.Seek(5, SeekOrigin.Begin))
            .Message.ShouldBe("an address outside of the file: 5 of 4");
        Should.Throw<InvalidDataException>(() => bytes.Seek(-5, SeekOrigin.Current));
    }

    [Fact]
    public void Values_that_end_behind_the_file_are_told()
    {
        using var bytes = new GuardedBytes(_scratch.File_()) { Position = 2 };

        Should.Throw<EndOfStreamException>(() => bytes.ReadDataset(new byte[3])).Message.ShouldBe("data that should end at byte 5 of 4");
    }

    [Fact]
    public void Who_reads_for_ever_is_stopped_unless_another_object_is_begun()
    {
        using var bytes = new GuardedBytes(_scratch.File_());
        void Walk(int reads)
        {
            Span<byte> one = stackalloc byte[1];
            for (int i = 0; i < reads; i++)
            {
                bytes.Position = 0;
                if (bytes.Read(one) != 1) throw new EndOfStreamException();
            }
        }

        Walk(100);
        bytes.Renew();
        Should.Throw<InvalidDataException>(() => Walk(int.MaxValue)).Message.ShouldBe("structures that have no end");
    }

    [Fact]
    public void Chunks_of_another_length_than_their_filters_make_are_told()
    {
        Hdf5Filter shuffle = new(Hdf5Filter.Shuffle, "shuffle", [2]), checksum = new(Hdf5Filter.Fletcher32, "fletcher32", []);

        Should.Throw<InvalidDataException>(() => new ChunkUnpacker([shuffle]).Unpack([1, 2, 3, 4], new byte[6]))
            .Message.ShouldBe("4 bytes instead of 6");
        Should.Throw<InvalidDataException>(() => new ChunkUnpacker([checksum]).Unpack([0, 0, 0, 0, 0, 0], new byte[4]))
            .Message.ShouldBe("2 bytes instead of 4");
    }

    [H5pyFact]
    public void Sizes_that_no_memory_should_hold_are_refused()
    {
        Hdf5Scratch.Script("""
            import h5py, sys
            f = h5py.File(sys.argv[1], 'w')
            f.create_dataset('chunk', (40_000_000,), 'i8', chunks=(40_000_000,))
            f.create_dataset('rows', (2_000_000_000,), 'i8')
            h5py.h5d.create(f.id, b'element', h5py.h5t.create(h5py.h5t.OPAQUE, (1 << 30) + 1), h5py.h5s.create_simple((1,)))
            """, [_scratch.File_()]);
        using Hdf5File file = Hdf5File.Open(_scratch.File_());
        string Refused(string name) => Should.Throw<StepFailed>(() =>
        {
            using Hdf5Dataset dataset = file.Dataset(name);
            dataset.ReadColumn(0, (int)Math.Min(dataset.Rows, 1_900_000_000));
        }).Message;

        Refused("/chunk").ShouldContain("/chunk states a size that cannot be\n  of     a chunk\n  found  320000000 bytes");
        Refused("/rows").ShouldContain("/rows states a size that cannot be\n  of     1900000000 rows\n  found  15200000000 bytes");
        Refused("/element").ShouldContain("/element states a size that cannot be\n  of     an element\n  found  1073741825 bytes");
    }
}
