using System.Runtime.InteropServices;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using Xunit;
using static TauPipeline.Tests.Unit.Hdf5IO.Hdf5DatasetTests;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>A file is written when it is closed; what of it lies where until then.</summary>
public sealed class Hdf5WritingTests : IDisposable
{
    private readonly Hdf5Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Until_it_is_closed_there_is_an_empty_file_and_attributes_may_be_set()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_()))
        {
            using Hdf5DatasetWriter writer = file.CreateDataset("/x", ColumnType.Int32, 100);
            file.Attributes("/x").Set("early", 1);
            writer.Append(Bytes(1000));
            file.Flush();
            writer.Complete();
            file.Attributes("/x").Set("late", 2);
            file.Attributes().Set("last", 3);
            new FileInfo(_scratch.File_()).Length.ShouldBe(0);
        }

        using Hdf5File open = Hdf5File.Open(_scratch.File_());
        open.Attributes("/x").Names.ShouldBe(["early", "late"]);
        open.Attributes().Integer("last").ShouldBe(3);
        Read<int>(open, "/x", 0, 1000).ShouldBe(Values(i => i, 1000));
    }

    [Fact]
    public void A_dataset_that_was_not_completed_leaves_no_file_that_can_be_read()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_()))
        {
            using Hdf5DatasetWriter writer = file.CreateDataset("/x", ColumnType.Int32, 100);
            writer.Append(Bytes(1000));
            writer.Flush();
            Should.Throw<Defect>(file.Complete).Message.ShouldContain("/x was begun and is not complete");
        }

        new FileInfo(_scratch.File_()).Length.ShouldBe(0);
        Directory.GetFiles(Path.GetDirectoryName(_scratch.File_())!).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_full_disk_is_an_error_and_leaves_nothing_that_looks_like_a_file()
    {
        if (!File.Exists("/dev/full")) return;
        using Hdf5File file = Hdf5File.Create("/dev/full");
        Write(file, "/x", Values(i => i * 0.1, 1000), 100);

        Should.Throw<StepFailed>(file.Complete).Message.ShouldStartWith("'/dev/full': HDF5 cannot do its work on /\n  HDF5 says  ");
    }

    // Noise, so that nothing shrinks: 72 MB, of which 64 MiB may be held.
    [Fact]
    public void What_does_not_fit_into_memory_lies_beside_the_file_without_a_name()
    {
        const int Chunk = 1 << 18, Chunks = 36;
        var noise = new long[Chunk];
        var random = new CounterRandom(1, 2);
        for (int i = 0; i < Chunk; i++) noise[i] = (long)random.NextUInt64();
        using (Hdf5File file = Hdf5File.Create(_scratch.File_()))
        {
            using Hdf5DatasetWriter writer = file.CreateDataset("/x", ColumnType.Int64, Chunk);
            for (int chunk = 0; chunk < Chunks; chunk++)
            {
                noise[0] = chunk;
                writer.Append(MemoryMarshal.AsBytes(noise.AsSpan()));
                file.Flush();
            }
            Directory.GetFiles(Path.GetDirectoryName(_scratch.File_())!).ShouldHaveSingleItem();
            writer.Complete();
        }

        using Hdf5File open = Hdf5File.Open(_scratch.File_());
        using Hdf5Dataset dataset = open.Dataset("/x");
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            long[] read = dataset.Read<long>((long)chunk * Chunk, Chunk);
            read[0].ShouldBe(chunk);
            read.AsSpan(1).SequenceEqual(noise.AsSpan(1)).ShouldBeTrue();
        }
    }

    [Fact]
    public void Files_are_written_and_read_side_by_side_with_the_same_bytes()
    {
        string[] names = [.. Enumerable.Range(0, 8).Select(i => $"{i}.h5")];

        Parallel.ForEach(names, name =>
        {
            using (Hdf5File file = Hdf5File.Create(_scratch.File_(name)))
            {
                file.CreateGroup("/g");
                for (int column = 0; column < 6; column++) Write(file, $"/g/c{column}", Values(i => i * 0.25f + column, 20_000), 1024);
            }
            using Hdf5File open = Hdf5File.Open(_scratch.File_(name));
            Read<float>(open, "/g/c5", 0, 20_000).ShouldBe(Values(i => i * 0.25f + 5, 20_000));
        });

        byte[] first = File.ReadAllBytes(_scratch.File_(names[0]));
        foreach (string name in names) File.ReadAllBytes(_scratch.File_(name)).ShouldBe(first, name);
    }

    [Fact]
    public void Attributes_too_large_are_refused()
    {
        using Hdf5File file = Hdf5File.Create(_scratch.File_());
        string[] most = [.. Enumerable.Range(0, 4000).Select(i => $"column_{i}")];

        Should.Throw<StepFailed>(() => file.Attributes().Set("columns", [.. most, .. most[..200]]))
            .Message.ShouldContain("attribute 'columns' of / is too large");
        file.Attributes().Set("columns", most);
        file.Dispose();

        using Hdf5File open = Hdf5File.Open(_scratch.File_());
        open.Attributes().Texts("columns").ShouldBe(most);
    }

    [Fact]
    public void Nothing_is_made_twice_or_where_no_group_is()
    {
        using Hdf5File file = Hdf5File.Create(_scratch.File_());
        file.CreateGroup("/taus");

        Should.Throw<StepFailed>(() => file.CreateGroup("/taus"))
            .Message.ShouldBe($"'{_scratch.File_()}': there is already something at /taus");
        Should.Throw<StepFailed>(() => file.CreateDataset("/tau/x", ColumnType.Int32, 1))
            .Message.ShouldBe($"'{_scratch.File_()}' has no group /tau\n  nearest  /taus");
    }

    // The chunk is damaged between two reads of its rows: who unpacks it again would notice.
    [Fact]
    public void A_chunk_is_unpacked_once_for_all_its_rows()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_())) Write(file, "/x", Values(i => i * 0.5, 1000), 1000);
        using Hdf5File open = Hdf5File.Open(_scratch.File_());
        using Hdf5Dataset dataset = open.Dataset("/x");

        dataset.Read<double>(0, 10).ShouldBe(Values(i => i * 0.5, 10));
        using (var damage = new FileStream(_scratch.File_(), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            damage.Write(new byte[damage.Length]);

        dataset.Read<double>(10, 990).ShouldBe(Values(i => (i + 10) * 0.5, 990));
    }

    // Nine chunks of 8 MiB stand side by side and 64 MiB are held: after the last of them the first is none of those. The values are all
    // one, and the damage is between two reads of a row.
    [H5pyFact]
    public void No_more_chunks_are_held_than_memory_is_allowed_for()
    {
        Hdf5Scratch.Script("""
            import h5py, sys, numpy as np
            f = h5py.File(sys.argv[1], 'w')
            for name, across in (('eight', 8), ('nine', 9)):
                f.create_dataset(name, data=np.ones((1, across << 20)), chunks=(1, 1 << 20), compression='gzip')
            """, [_scratch.File_()]);
        using Hdf5File open = Hdf5File.Open(_scratch.File_());
        using Hdf5Dataset eight = open.Dataset("/eight"), nine = open.Dataset("/nine");
        foreach (Hdf5Dataset dataset in new[] { eight, nine }) dataset.Read<double>(0, 1).ShouldAllBe(value => value == 1);

        using (var damage = new FileStream(_scratch.File_(), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            damage.Write(new byte[damage.Length]);

        eight.Read<double>(0, 1).ShouldAllBe(value => value == 1);
        Should.Throw<StepFailed>(() => nine.Read<double>(0, 1));
    }

    [H5pyFact]
    public void What_fills_the_last_chunk_up_is_zero_whatever_was_written_before()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_())) Write(file, "/x", Values(i => i + 0.1, 1003), 500);

        Hdf5Scratch.Script("""
            import h5py, sys, zlib, numpy as np
            d = h5py.File(sys.argv[1])['x']
            mask, raw = d.id.read_direct_chunk((1000,))
            values = np.frombuffer(zlib.decompress(raw), 'u1').reshape(8, 500).T.copy().view('f8').ravel()
            print(d.chunks, mask, np.allclose(values[:3], [1000.1, 1001.1, 1002.1]), np.count_nonzero(values[3:]))
            """, [_scratch.File_()]).ShouldBe("(500,) 0 True 0");
    }

    [H5pyFact]
    public void As_many_attributes_as_h5py_writes_are_read()
    {
        Hdf5Scratch.Script("""
            import h5py, sys
            for name, version in zip(sys.argv[1:], ('earliest', 'latest')):
                with h5py.File(name, 'w', libver=version) as f:
                    for i in range(1500): f.attrs[f'a{i}'] = i
            """, [_scratch.File_("old.h5"), _scratch.File_("new.h5")]);

        foreach (string name in new[] { "old.h5", "new.h5" })
        {
            using Hdf5File file = Hdf5File.Open(_scratch.File_(name));
            (file.Attributes().Names.Count, file.Attributes().Integer("a1499")).ShouldBe((1500, 1499), name);
        }
    }

    // The names are taken from the file between two datasets of one group: who reads them again would miss the second.
    [Fact]
    public void A_group_is_read_once_for_all_that_is_in_it()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_()))
        {
            file.CreateGroup("/taus");
            for (int i = 0; i < 8; i++) Write(file, $"/taus/column_{i}", Values(row => Math.Sin(row + i), 3000), 3000);
        }
        using Hdf5File open = Hdf5File.Open(_scratch.File_());
        foreach (int i in new[] { 0, 4 }) Read<double>(open, $"/taus/column_{i}", 0, 1).ShouldBe([Math.Sin(i)]);

        byte[] bytes = File.ReadAllBytes(_scratch.File_());
        int header = bytes.AsSpan().IndexOf("column_0"u8), end = bytes.AsSpan().LastIndexOf("column_7"u8);
        end.ShouldBeGreaterThan(header);
        for (int at; (at = bytes.AsSpan(0, end + 8).IndexOf("column_"u8)) >= 0;) bytes[at] = (byte)'?';
        using (var names = new FileStream(_scratch.File_(), FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) names.Write(bytes);

        Read<double>(open, "/taus/column_7", 0, 1).ShouldBe([Math.Sin(7)]);
        using Hdf5File anew = Hdf5File.Open(_scratch.File_());
        anew.Contains("/taus/column_7").ShouldBeFalse();
    }

    private static ReadOnlySpan<byte> Bytes(int count) => MemoryMarshal.AsBytes(Values(i => i, count).AsSpan());
}
