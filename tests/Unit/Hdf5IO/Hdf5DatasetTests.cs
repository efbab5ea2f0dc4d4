using System.Runtime.InteropServices;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using Xunit;

namespace TauPipeline.Tests.Unit.Hdf5IO;

public sealed class Hdf5DatasetTests : IDisposable
{
    private readonly Hdf5Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Every_column_type_comes_back_as_it_was_written()
    {
        RoundTrip<bool>(i => i % 3 == 0);
        RoundTrip<sbyte>(i => (sbyte)(i - 100));
        RoundTrip<byte>(i => (byte)i);
        RoundTrip<short>(i => (short)(i * 77 - 9));
        RoundTrip<ushort>(i => (ushort)(i * 77));
        RoundTrip<int>(i => i * 1_000_003 - 500);
        RoundTrip<uint>(i => (uint)i * 4_000_037);
        RoundTrip<long>(i => i * 1_000_000_000_039 - 3);
        RoundTrip<ulong>(i => ulong.MaxValue - (ulong)i);
        RoundTrip(i => i % 7 == 0 ? float.NaN : i * 0.37f);
        RoundTrip(i => i == 5 ? double.NegativeInfinity : Math.Exp(i * 0.01));
    }

    [H5pyFact]
    public void H5py_reads_every_column_type_with_the_same_values()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_()))
        {
            Write(file, "/b", Values(i => i % 3 == 0, 1000), 128);
            Write(file, "/i1", Values(i => (sbyte)(i % 200 - 100), 1000), 128);
            Write(file, "/u8", Values(i => ulong.MaxValue - (ulong)i, 1000), 128);
            Write(file, "/f4", Values(i => i * 0.5f, 1000), 128);
            Write(file, "/f8", Values(i => i / 8.0, 1000), 1 << 20);
            Write(file, "/none", Array.Empty<int>(), 128);
        }

        string seen = Hdf5Scratch.Script("""
            import h5py, sys, numpy as np
            f = h5py.File(sys.argv[1], 'r')
            i = np.arange(1000)
            print(f['b'].dtype, (f['b'][:] == (i % 3 == 0)).all(), f['b'].chunks, f['b'].compression)
            print(f['i1'].dtype, (f['i1'][:] == i % 200 - 100).all())
            print(f['u8'].dtype, (f['u8'][:] == np.uint64(2**64 - 1) - i.astype('u8')).all())
            print(f['f4'].dtype, (f['f4'][:] == i * 0.5).all(), f['f4'].shuffle)
            print(f['f8'].dtype, (f['f8'][:] == i / 8.0).all(), f['f8'].chunks)
            print(f['none'].dtype, f['none'].shape)
            """, [_scratch.File_()]);

        seen.ShouldBe("bool True (128,) gzip\nint8 True\nuint64 True\nfloat32 True True\nfloat64 True (1000,)\nint32 (0,)");
    }

    [H5pyFact]
    public void Layouts_of_other_writers_are_read()
    {
        Hdf5Scratch.Script("""
            import h5py, sys, numpy as np
            f = h5py.File(sys.argv[1], 'w')
            i = np.arange(1000)
            f['contiguous'] = i.astype('<i4')
            f.create_dataset('bigendian', data=i.astype('>f8'), chunks=(64,), compression='gzip')
            f.create_dataset('half', data=(i * 0.25).astype('<f2'), chunks=(64,))
            f.create_dataset('checksummed', data=i.astype('<u2'), chunks=(100,), compression='gzip', fletcher32=True)
            f.create_dataset('plane', data=i.reshape(100, 10).astype('<i8'), chunks=(30, 4), compression='gzip')
            f.create_dataset('rows', data=i.reshape(100, 10).astype('<i8'), chunks=(30, 10), compression='gzip', shuffle=True)
            f['single'] = np.int16(-7)
            f['name'] = 'tau'
            """, [_scratch.File_()]);

        using Hdf5File file = Hdf5File.Open(_scratch.File_());

        Read<int>(file, "/contiguous", 900, 100).ShouldBe(Values(i => 900 + i, 100));
        Read<double>(file, "/bigendian", 63, 70).ShouldBe(Values(i => 63.0 + i, 70));
        Read<float>(file, "/half", 1, 999).ShouldBe(Values(i => (float)(Half)((i + 1) * 0.25), 999));
        Read<ushort>(file, "/checksummed", 99, 2).ShouldBe([99, 100]);
        Read<long>(file, "/plane", 29, 2).ShouldBe(Values(i => 290L + i, 20));
        Read<long>(file, "/rows", 29, 2).ShouldBe(Values(i => 290L + i, 20));
        Read<short>(file, "/single", 0, 1).ShouldBe([-7]);
        Should.Throw<StepFailed>(() => Read<int>(file, "/name", 0, 1))
            .Message.ShouldContain("has another type\n  expected  int32\n  found     string");
    }

    [Fact]
    public void The_same_content_is_the_same_bytes()
    {
        foreach (string name in new[] { "a.h5", "b.h5" })
            using (Hdf5File file = Hdf5File.Create(_scratch.File_(name)))
            {
                file.CreateGroup("/taus");
                file.Attributes().Set("origin", "raw/dy.root");
                file.Attributes("/taus").Set("columns", ["x", "y"]);
                Write(file, "/taus/x", Values(i => i * 0.1f, 5000), 1024);
                Write(file, "/taus/y", Values(i => i % 2 == 0, 5000), 1024);
            }

        File.ReadAllBytes(_scratch.File_("a.h5")).ShouldBe(File.ReadAllBytes(_scratch.File_("b.h5")));
    }

    [Fact]
    public void A_missing_dataset_names_file_path_and_nearest()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_())) Write(file, "/tau_pt", [1f], 16);
        using Hdf5File open = Hdf5File.Open(_scratch.File_());

        StepFailed error = Should.Throw<StepFailed>(() => open.Dataset("/taus_pt"));

        error.Message.ShouldBe($"'{_scratch.File_()}' has no dataset /taus_pt\n  nearest  /tau_pt");
    }

    [Fact]
    public void Rows_past_the_end_are_refused()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_())) Write(file, "/x", [1f, 2f], 16);
        using Hdf5File open = Hdf5File.Open(_scratch.File_());

        StepFailed error = Should.Throw<StepFailed>(() => Read<float>(open, "/x", 1, 2));

        error.Message.ShouldEndWith("/x ends too early\n  wanted  rows 1 to 3\n  has     2 rows");
    }

    [Fact]
    public void A_file_cut_short_says_so()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_())) Write(file, "/x", Values(i => i * 0.1, 50_000), 1024);
        using (FileStream file = File.OpenWrite(_scratch.File_())) file.SetLength(file.Length / 2);

        StepFailed error = Should.Throw<StepFailed>(() => Hdf5File.Open(_scratch.File_()));

        error.Message.ShouldStartWith($"'{_scratch.File_()}' is not a readable HDF5 file\n  HDF5 says  it is cut short: ");
    }

    [Fact]
    public void A_file_of_another_kind_says_so()
    {
        File.WriteAllText(_scratch.File_(), "root of all evil");

        Should.Throw<StepFailed>(() => Hdf5File.Open(_scratch.File_())).Message.ShouldContain("is not a readable HDF5 file");
        Should.Throw<StepFailed>(() => Hdf5File.Open(_scratch.File_("none.h5")))
            .Message.ShouldBe($"there is no file '{_scratch.File_("none.h5")}'");
    }

    [Fact]
    public void A_changed_byte_in_any_chunk_is_noticed()
    {
        double[] values = Values(i => Math.Sin(i), 4000);
        using (Hdf5File file = Hdf5File.Create(_scratch.File_())) Write(file, "/x", values, 1000);
        byte[] bytes = File.ReadAllBytes(_scratch.File_());
        int[] streams = [.. Enumerable.Range(0, bytes.Length - 2).Where(i => bytes[i] == 0x78 && bytes[i + 1] == 0x01)];
        streams.Length.ShouldBeGreaterThanOrEqualTo(4);

        foreach (int stream in streams.TakeLast(4))
        {
            byte[] damaged = [.. bytes];
            damaged[stream + 500] ^= 0x10;
            File.WriteAllBytes(_scratch.File_("damaged.h5"), damaged);
            using Hdf5File open = Hdf5File.Open(_scratch.File_("damaged.h5"));
            Should.Throw<StepFailed>(() => Read<double>(open, "/x", 0, 4000))
                .Message.ShouldContain("a chunk of /x is damaged\n  chunk  of row ");
        }
    }

    private void RoundTrip<T>(Func<int, T> value) where T : unmanaged
    {
        T[] values = Values(value, 1000);
        using (Hdf5File file = Hdf5File.Create(_scratch.File_())) Write(file, "/x", values, 300);

        using Hdf5File open = Hdf5File.Open(_scratch.File_());

        using Hdf5Dataset dataset = open.Dataset("/x");
        dataset.Type.Name.ShouldBe(ColumnTypes.Name(ColumnTypes.Of<T>()));
        dataset.Chunk.ShouldBe([300]);
        dataset.ReadAll<T>().ShouldBe(values);
        dataset.Read<T>(299, 302).ShouldBe(values[299..601]);
        dataset.Read<T>(1000, 0).ShouldBeEmpty();
    }

    internal static T[] Values<T>(Func<int, T> value, int count) => [.. Enumerable.Range(0, count).Select(value)];

    internal static void Write<T>(Hdf5File file, string path, T[] values, int chunk) where T : unmanaged
    {
        using Hdf5DatasetWriter writer = file.CreateDataset(path, ColumnTypes.Of<T>(), chunk);
        writer.Append(MemoryMarshal.AsBytes(values.AsSpan()));
        writer.Complete();
    }

    internal static T[] Read<T>(Hdf5File file, string path, long first, int rows) where T : unmanaged
    {
        using Hdf5Dataset dataset = file.Dataset(path);
        return dataset.Read<T>(first, rows);
    }
}
