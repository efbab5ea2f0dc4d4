using System.Globalization;
using PureHDF.Filters;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using Xunit;
using static TauPipeline.Tests.Unit.Hdf5IO.Hdf5DatasetTests;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>What undoes each filter, with bytes that h5py made and that were changed here, or that are written down.</summary>
public sealed class ChunkFilterTests : IDisposable
{
    private readonly Hdf5Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [H5pyFact]
    public void A_checksum_that_does_not_match_is_told()
    {
        byte[] bytes = Checksummed(out int chunk, out int length);

        foreach (int at in new[] { 0, length / 2, length - 5, length - 1 })
        {
            byte[] damaged = [.. bytes];
            damaged[chunk + at] ^= 0x10;
            File.WriteAllBytes(_scratch.File_(), damaged);
            using Hdf5File file = Hdf5File.Open(_scratch.File_());

            Should.Throw<StepFailed>(() => Read<ushort>(file, "/a", 0, 999))
                .Message.ShouldEndWith("a chunk of /a is damaged\n  chunk  of row 0\n  found  its checksum does not match");
            Read<ushort>(file, "/a", 500, 499).ShouldBe(Values(i => (ushort)(3 * (i + 500)), 499));
        }
    }

    // HDF5 before 1.6.3 stored the two bytes of each half the other way round, and every reader since takes both.
    [H5pyFact]
    public void The_checksums_of_old_libraries_are_taken_too()
    {
        byte[] bytes = Checksummed(out int chunk, out int length);
        Span<byte> sum = bytes.AsSpan(chunk + length - 4, 4);
        (sum[0], sum[1], sum[2], sum[3]) = (sum[1], sum[0], sum[3], sum[2]);
        File.WriteAllBytes(_scratch.File_(), bytes);

        using Hdf5File file = Hdf5File.Open(_scratch.File_());

        Read<ushort>(file, "/a", 0, 999).ShouldBe(Values(i => (ushort)(3 * i), 999));
    }

    // PureHDF does not tell which filters a chunk was written without: values as they are come out right only where they are the fill's.
    [H5pyFact]
    public void Chunks_whose_writer_left_all_filters_out_are_refused()
    {
        Hdf5Scratch.Script("""
            import h5py, sys, numpy as np
            f = h5py.File(sys.argv[1], 'w')
            for name, mask, more in (('both', 7, dict(shuffle=True)), ('deflate', 1, {}), ('deflates', 3, {})):
                d = f.create_dataset(name, (64,), 'i4', chunks=(32,), compression='gzip', **more)
                d[:] = np.arange(64)
                d.id.write_direct_chunk((32,), np.arange(32, 64).astype('i4').tobytes(), filter_mask=mask)
            """, [_scratch.File_()]);
        using Hdf5File file = Hdf5File.Open(_scratch.File_());

        foreach (string name in new[] { "both", "deflate", "deflates" })
        {
            Read<int>(file, "/" + name, 0, 32).ShouldBe(Values(i => i, 32), name);
            Should.Throw<StepFailed>(() => Read<int>(file, "/" + name, 0, 64))
                .Message.ShouldContain($"a chunk of /{name} is damaged\n  chunk  of row 32\n");
        }
    }

    // PureHDF returns the buffer to its pool as soon as the filters have been asked, before anybody reads the values.
    [Fact]
    public void A_stored_chunk_keeps_its_bytes_when_the_buffer_has_others()
    {
        byte[] buffer = [1, 2, 3, 4, 5];
        Memory<byte> given = new UndoneLater(Hdf5Filter.Fletcher32)
            .Filter(new FilterInfo(H5FilterFlags.Decompress, [], 5, buffer.AsMemory(1, 3)));
        buffer.AsSpan().Clear();

        StoredChunk.In(given)!.Bytes.ToArray().ShouldBe([2, 3, 4]);
        StoredChunk.In(new UndoneLater(Hdf5Filter.Shuffle).Filter(new FilterInfo(H5FilterFlags.Decompress, [], 5, given)))!.Bytes.ToArray()
            .ShouldBe([2, 3, 4]);
    }

    // LibLZF: 2 is a run of 3 bytes; 0x20 0x02 copies 3 bytes from 3 back; 0xe0 n 0x00 copies n + 9 bytes from 1 back.
    [Theory]
    [InlineData("02 61 62 63", "abc")]
    [InlineData("02 61 62 63 20 02", "abcabc")]
    [InlineData("00 61 e0 01 00", "aaaaaaaaaaa")]
    public void Lzf_as_its_format_says(string packed, string expected)
    {
        byte[] target = new byte[expected.Length];
        Lzf.Decompress(Bytes(packed), target);

        target.ShouldBe([.. expected.Select(letter => (byte)letter)]);
    }

    [Theory]
    [InlineData("02 61 62 63", 4)]
    [InlineData("02 61 62 63", 2)]
    [InlineData("02 61 62", 3)]
    [InlineData("20 02", 3)]
    [InlineData("02 61 62 63 20 03", 6)]
    [InlineData("02 61 62 63 20", 6)]
    [InlineData("00 61 e0 01", 11)]
    [InlineData("00 61 e0 01 00", 10)]
    public void Damaged_lzf_is_told(string packed, int length) =>
        Should.Throw<InvalidDataException>(() => Lzf.Decompress(Bytes(packed), new byte[length]));

    // Length 6 in blocks of 4, each as it is: so the filter stores what LZ4 does not shrink.
    [Theory]
    [InlineData("0000000000000006 00000004 00000004 61626364 00000002 6566", 6, true)]
    [InlineData("0000000000000007 00000004 00000004 61626364 00000002 6566", 6, false)]
    [InlineData("0000000000000006 00000000 00000004 61626364 00000002 6566", 6, false)]
    [InlineData("0000000000000006 00000004 00000004 61626364 00000002 65", 6, false)]
    [InlineData("0000000000000006 00000004 00000004 61626364", 6, false)]
    [InlineData("0000000000000006 00000004 ffffffff 61626364 00000002 6566", 6, false)]
    [InlineData("00000000000000", 6, false)]
    public void Lz4_blocks_that_did_not_shrink_and_damaged_ones(string packed, int length, bool isSound)
    {
        byte[] target = new byte[length];
        void Unpack() => Lz4Blocks.Decompress(Bytes(packed), target);

        if (!isSound)
        {
            Should.Throw<InvalidDataException>(Unpack);
            return;
        }
        Unpack();
        target.ShouldBe("abcdef"u8.ToArray());
    }

    // A dataset of two chunks with checksums alone; where the first one lies, and its stored length.
    private byte[] Checksummed(out int chunk, out int length)
    {
        string[] place = Hdf5Scratch.Script("""
            import h5py, sys, numpy as np
            f = h5py.File(sys.argv[1], 'w')
            d = f.create_dataset('a', data=(3 * np.arange(999)).astype('u2'), chunks=(500,), fletcher32=True)
            f.flush()
            c = d.id.get_chunk_info(0)
            print(c.byte_offset, c.size)
            """, [_scratch.File_()]).Split(' ');
        (chunk, length) = (int.Parse(place[0], CultureInfo.InvariantCulture), int.Parse(place[1], CultureInfo.InvariantCulture));
        length.ShouldBe(1004);
        return File.ReadAllBytes(_scratch.File_());
    }

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal));
}
