using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using Xunit;
using static TauPipeline.Tests.Unit.Hdf5IO.Hdf5DatasetTests;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>Whatever is in a file, one gets values or an error of ours; a crash or a hang would end these tests.</summary>
public sealed class DamagedFilesTests : IDisposable
{
    private const int Copies = 400;

    private readonly Hdf5Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Damaged_files_neither_crash_nor_hang()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_()))
        {
            file.CreateGroup("/taus");
            file.Attributes("/taus").Set("names", ["a", "b"]);
            Write(file, "/taus/x", Values(i => i * 0.1f, 3000), 512);
            Write(file, "/taus/y", Values(i => (long)i, 100), 512);
        }

        Damage(_scratch.File_(), seed: 1).ShouldBeGreaterThan(Copies / 10);
    }

    [H5pyFact]
    public void Nor_do_those_of_h5py_old_and_new()
    {
        foreach (string version in new[] { "earliest", "latest" })
        {
            Hdf5Scratch.Script("""
                import h5py, sys, numpy as np
                f = h5py.File(sys.argv[1], 'w', libver=sys.argv[2])
                i = np.arange(1000)
                for k in range(12): f.create_group(f'g{k}').attrs['k'] = k
                for k in range(12): f.attrs[f'a{k}'] = 'text' * k
                f['soft'] = h5py.SoftLink('/g3/x')
                f.create_dataset('g3/x', data=i.astype([('a', '>f4')]), chunks=(30,), compression='lzf', shuffle=True)
                f.create_dataset('g3/y', data=i.reshape(100, 10), chunks=(7, 3), maxshape=(None, None), compression='gzip', fletcher32=True)
                f.create_dataset('g3/z', data=i, chunks=(9,), maxshape=(None,))
                """, [_scratch.File_(), version]);

            Damage(_scratch.File_(), seed: 2).ShouldBeGreaterThan(Copies / 10);
        }
    }

    [H5pyFact]
    public void Groups_and_links_in_circles_come_to_an_end()
    {
        Hdf5Scratch.Script("""
            import h5py, sys
            f = h5py.File(sys.argv[1], 'w')
            f.create_group('a/b'); f['a/b/c'] = f['a']; f['a/b/d'] = f['a']; f['a/b/e'] = f['a']
            f['loop'] = h5py.SoftLink('/loop'); f['there'] = h5py.SoftLink('/back'); f['back'] = h5py.SoftLink('/there')
            """, [_scratch.File_()]);
        using Hdf5File file = Hdf5File.Open(_scratch.File_());

        file.Inspect("/loop").ShouldHaveSingleItem().Kind.ShouldBe("broken link");
        file.Inspect("/there").ShouldHaveSingleItem().Kind.ShouldBe("broken link");
        Should.Throw<StepFailed>(() => file.Inspect()).Message.ShouldContain("its groups have no end");
    }

    [H5pyFact]
    public void Groups_in_groups_are_all_listed_or_refused()
    {
        Hdf5Scratch.Script("""
            import h5py, sys
            for depth, name in ((63, sys.argv[1]), (64, sys.argv[2])):
                with h5py.File(name, 'w') as f: f['/'.join(['g'] * depth) + '/x'] = 1.5
            with h5py.File(sys.argv[3], 'w') as f: f.create_group('a/b'); f['a/b/c'] = f['a']
            """, [.. new[] { "most.h5", "more.h5", "circle.h5" }.Select(_scratch.File_)]);

        using Hdf5File most = Hdf5File.Open(_scratch.File_("most.h5"));
        (most.Inspect().Count, most.Inspect()[^1].Kind).ShouldBe((65, "dataset"));
        foreach (string name in new[] { "more.h5", "circle.h5" })
        {
            using Hdf5File file = Hdf5File.Open(_scratch.File_(name));
            Should.Throw<StepFailed>(() => file.Inspect()).Message.ShouldContain("more than 64 deep");
        }
    }

    // In the newest format nothing is read while PureHDF follows them: the stack is full before anybody notices.
    [H5pyFact]
    public void Links_that_name_each_other_are_refused()
    {
        Hdf5Scratch.Script("""
            import h5py, sys
            f = h5py.File(sys.argv[1], 'w', libver='latest')
            f['self/a'] = h5py.SoftLink('a')
            f['two/a'] = h5py.SoftLink('b'); f['two/b'] = h5py.SoftLink('a')
            f['far/a'] = h5py.SoftLink('/self/a'); f['way/a'] = h5py.SoftLink('/two/a/x')
            f['out/a'] = h5py.ExternalLink('a', ' ')
            f['good/x'] = 1; f['good/y'] = h5py.SoftLink('x'); f['good/z'] = h5py.SoftLink('/good/y'); f['good/none'] = h5py.SoftLink('nothing/there')
            """, [_scratch.File_()]);
        using Hdf5File file = Hdf5File.Open(_scratch.File_());

        foreach (string group in new[] { "/self", "/two", "/far", "/way", "/out" })
        {
            Should.Throw<StepFailed>(() => file.Inspect(group))
                .Message.ShouldEndWith("HDF5 says  links that lead in a circle", customMessage: group);
            Should.Throw<StepFailed>(() => file.Contains($"{group}/a"))
                .Message.ShouldEndWith("HDF5 says  links that lead in a circle", customMessage: group);
        }
        file.Inspect("/good")
            .Select(one => $"{one.Path} {one.Kind}")
            .ShouldBe(["/good group", "/good/none broken link", "/good/x dataset", "/good/y dataset", "/good/z dataset"]);
    }

    // How many copies of a file could not be read.
    private int Damage(string path, ulong seed)
    {
        var damage = new FileDamage(File.ReadAllBytes(path), seed);
        int refused = 0;
        for (int copy = 0; copy < Copies; copy++)
        {
            File.WriteAllBytes(_scratch.File_("damaged.h5"), damage.Next().Bytes);
            try { ReadAll(_scratch.File_("damaged.h5")); }
            catch (StepFailed) { refused++; }
        }
        return refused;
    }

    private static void ReadAll(string path)
    {
        using Hdf5File file = Hdf5File.Open(path);
        foreach (Hdf5Object found in file.Inspect().Where(one => one.Kind == "dataset"))
        {
            using Hdf5Dataset dataset = file.Dataset(found.Path);
            int rows = (int)Math.Min(dataset.Rows, 2000);
            if (found.Type!.Column is not null) dataset.ReadColumn(0, rows);
            else dataset.ReadFields(0, rows, found.Type.Fields.Where(field => field.Type.Column is not null).Select(field => field.Name));
        }
    }
}
