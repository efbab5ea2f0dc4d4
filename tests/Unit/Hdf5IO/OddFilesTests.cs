using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>
/// What h5py can write and few do: read with h5py's bytes, or refused by name. Most are cases in which PureHDF alone reads wrong values
/// or fails.
/// </summary>
public sealed class OddFilesTests : IDisposable
{
    private const string Start = """
        import h5py, sys, numpy as np
        f = h5py.File(sys.argv[1], 'w')
        i = np.arange(1000)
        noise = np.random.default_rng(7).integers(0, 2**32, 4000, dtype='u4')

        """;

    private readonly Hdf5Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [H5pyFact]
    public void Shuffled_elements_of_any_size() => ShouldBeAsH5pyReads("""
        for size in list(range(1, 41)) + [64, 100, 127]:
            for n in (1, 7, 33, 500):
                f.create_dataset(f's{size}_{n}', data=np.resize(noise.view('u1'), size * n).view([(f'b{k}', 'u1') for k in range(size)]), chunks=(max(1, n // 2),), shuffle=True, compression='gzip')
        for t in ('i2', 'f4', 'f8', 'i8', 'f2'): f.create_dataset(t, data=i.astype(t), chunks=(333,), shuffle=True)
        """);

    [H5pyFact]
    public void Checksums_alone_and_chunks_that_split_rows() => ShouldBeAsH5pyReads("""
        f.create_dataset('a', data=noise[:3000].reshape(300, 10), chunks=(7, 3), fletcher32=True)
        f.create_dataset('b', data=noise[:3000].reshape(300, 10), chunks=(70, 10), fletcher32=True)
        f.create_dataset('c', data=noise[:3000].reshape(30, 10, 10), chunks=(7, 3, 4), fletcher32=True, compression='gzip', shuffle=True)
        f.create_dataset('d', data=noise[:999].astype('u1'), chunks=(7,), fletcher32=True)
        """);

    [H5pyFact]
    public void Lzf_that_shrinks_and_lzf_that_cannot() => ShouldBeAsH5pyReads("""
        mixed = noise.copy(); mixed[:2000] = 7
        f.create_dataset('a', data=mixed, chunks=(500,), compression='lzf')
        f.create_dataset('b', data=mixed, chunks=(500,), compression='lzf', shuffle=True)
        f.create_dataset('c', data=mixed, chunks=(500,), compression='lzf', shuffle=True, fletcher32=True)
        f.create_dataset('d', data=mixed, chunks=(500,), compression='lzf', fletcher32=True)
        f.create_dataset('e', data=np.repeat(noise[:40], 100), chunks=(4000,), compression='lzf')
        """);

    [H5pyFact]
    public void Big_endian_fields_of_compounds() => ShouldBeAsH5pyReads("""
        t = np.dtype([('a', '>f4'), ('b', '<i2'), ('c', '>i8'), ('d', '>f2'), ('e', '>u4', (3,))])
        x = np.zeros(1000, t)
        for n in 'abcd': x[n] = i - 300
        x['e'] = noise[:3000].reshape(1000, 3)
        f['plain'] = x
        f.create_dataset('packed', data=x, chunks=(64,), compression='gzip', shuffle=True)
        f['top'] = i.astype('>i4')
        """);

    [H5pyFact]
    public void Rows_that_were_never_written() => ShouldBeAsH5pyReads("""
        for name, more in (('a', {}), ('b', dict(compression='gzip', shuffle=True)), ('c', dict(compression='lzf')), ('d', dict(fletcher32=True))):
            for value in (None, -7.5):
                d = f.create_dataset(f'{name}{value is None}', (1000,), 'f8', chunks=(64,), fillvalue=value, **more)
                d[100:300] = i[100:300]
                f.create_dataset(f'{name}{value is None}none', (50, 4), 'i4', chunks=(8, 3), fillvalue=None if value is None else 9, **more)
        f.create_dataset('contiguous', (100,), 'i2', fillvalue=-3)
        f.create_dataset('record', (100,), [('a', 'f4'), ('b', 'i8')], chunks=(7,), fillvalue=np.array((1.5, -1), [('a', 'f4'), ('b', 'i8')]))
        """);

    [H5pyFact]
    public void Arrays_in_records_and_other_types() => ShouldBeAsH5pyReads("""
        t = np.dtype([('x', 'f4', (2, 3)), ('n', 'i4'), ('h', 'f2', (2,)), ('in', [('y', 'f8')]), ('s', 'S5'), ('ok', '?')])
        x = np.zeros(500, t)
        x['x'] = noise[:3000].reshape(500, 2, 3); x['n'] = i[:500]; x['h'] = 0.25; x['ok'] = i[:500] % 3 == 0
        f['records'] = x
        f['planes'] = x[:400].reshape(100, 4)
        f['enum'] = (i % 3).astype('i2'); f.create_dataset('kind', data=(i % 3).astype('u1'), dtype=h5py.enum_dtype({'A': 0, 'B': 1, 'C': 2}, 'u1'))
        f['single'] = np.float32(1.5)
        f['nothing'] = h5py.Empty('f4')
        f['text'] = 'tau'; f.create_dataset('fixed', data=np.array([b'ab', b'c']))
        f['none'] = np.zeros(0, 'i4'); f.create_dataset('growing', (0, 3), 'f4', maxshape=(None, 3))
        f['type'] = np.dtype('f4'); f['of_type'] = f['enum'][:3].astype('f4')
        f['again'] = f['enum']; f['soft'] = h5py.SoftLink('/enum'); f['gone'] = h5py.SoftLink('/not/there')
        """, except: ["/enum", "/soft", "/nothing"]);

    [H5pyFact]
    public void Every_index_of_chunks_of_the_newest_format() => ShouldBeAsH5pyReads("""
        f.close()
        f = h5py.File(sys.argv[1], 'w', libver='latest')
        for name, more in (('plain', {}), ('packed', dict(compression='gzip', shuffle=True))):
            f.create_dataset(f'{name}1', data=i, chunks=(1000,), **more)
            f.create_dataset(f'{name}2', data=i, chunks=(10,), **more)
            f.create_dataset(f'{name}3', data=i, chunks=(3,), maxshape=(None,), **more)
            f.create_dataset(f'{name}4', data=i.reshape(100, 10), chunks=(7, 3), maxshape=(None, None), **more)
            f.create_dataset(f'{name}5', data=np.arange(9000), chunks=(4,), **more)
        for k in range(40): f.create_group(f'groups/g{k}').attrs['n'] = k
        for k in range(40): f['plain1'].attrs[f'a{k}'] = k
        """);

    [H5pyFact]
    public void Scale_offset_with_and_without_deflate() => ShouldBeAsH5pyReads("""
        f.create_dataset('a', data=(i % 77).astype('i4'), chunks=(100,), scaleoffset=0)
        f.create_dataset('b', data=(i % 77).astype('i4'), chunks=(100,), scaleoffset=0, compression='gzip')
        f.create_dataset('c', data=(i % 77).astype('u2'), chunks=(100,), scaleoffset=0, shuffle=True, compression='gzip')
        f.create_dataset('d', data=(i % 77) / 4.0, chunks=(100,), scaleoffset=2)
        """);

    [H5pyFact]
    public void A_user_block_before_the_file() => ShouldBeAsH5pyReads("""
        f.close()
        f = h5py.File(sys.argv[1], 'w', userblock_size=1024)
        f.create_dataset('a', data=i, chunks=(100,), compression='gzip')
        """);

    [H5pyFact]
    public void What_cannot_be_read_is_refused_by_name()
    {
        Make("""
            f.create_dataset('szip', data=i, chunks=(100,), compression='szip')
            p = h5py.h5p.create(h5py.h5p.DATASET_CREATE); p.set_chunk((100,)); p.set_filter(h5py.h5z.FILTER_NBIT)
            d = h5py.h5d.create(f.id, b'nbit', h5py.h5t.STD_I32LE, h5py.h5s.create_simple((1000,)), p)
            d.write(h5py.h5s.ALL, h5py.h5s.ALL, i.astype('i4'))
            v = h5py.VirtualLayout((1000,), 'i8'); v[:] = h5py.VirtualSource('other.h5', 'x', (1000,))
            f.create_virtual_dataset('virtual', v)
            short = h5py.h5t.STD_I32LE.copy(); short.set_precision(12)
            h5py.h5d.create(f.id, b'short', short, h5py.h5s.create_simple((10,)))
            brain = h5py.h5t.IEEE_F32LE.copy(); brain.set_fields(15, 7, 8, 0, 7); brain.set_precision(16); brain.set_size(2); brain.set_ebias(127)
            h5py.h5d.create(f.id, b'brain', brain, h5py.h5s.create_simple((10,)))
            f['texts'] = ['a', 'b']
            """);
        using Hdf5File file = Hdf5File.Open(_scratch.File_());

        Refused(file, "szip")
            .ShouldBe(
                $"'{file.Path}': /szip is compressed in a way that cannot be read\n  filter  4 szip\n  known   deflate, shuffle, fletcher32, scaleoffset, lzf, lz4\n  repack the file with  h5repack -f GZIP=4"
            );
        Refused(file, "nbit").ShouldContain("compressed in a way that cannot be read\n  filter  5 nbit");
        Refused(file, "virtual").ShouldContain("/virtual is stored in a way that cannot be read\n  layout  VirtualStorage");
        Refused(file, "short").ShouldContain("/short has another type\n  expected  numbers in 'short'\n  found     integer of 4 bytes");
        Refused(file, "brain").ShouldContain("/brain has another type\n  expected  numbers in 'brain'\n  found     float of 2 bytes");
        Refused(file, "texts").ShouldContain("/texts has another type\n  expected  plain values\n  found     string");
    }

    private static string Refused(Hdf5File file, string name)
    {
        using Hdf5Dataset dataset = file.Dataset("/" + name);
        return Should.Throw<StepFailed>(() => dataset.ReadColumn(0, 1)).Message;
    }

    // h5py lists what several links name once, we by every link, and what is empty not at all.
    private void ShouldBeAsH5pyReads(string script, params string[] except)
    {
        Make(script);
        H5pyBytes.ShouldBeOurs([_scratch.File_()], except).ShouldBeGreaterThan(0);
    }

    private void Make(string script) => Hdf5Scratch.Script($"{Start}{script}\nf.close()", [_scratch.File_()]);
}
