using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using Xunit;

namespace TauPipeline.Tests.Unit.Hdf5IO;

public sealed class Hdf5AttributesTests : IDisposable
{
    private readonly Hdf5Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [H5pyFact]
    public void H5py_reads_what_we_write()
    {
        using (Hdf5File file = Hdf5File.Create(_scratch.File_()))
        {
            Hdf5Attributes root = file.Attributes();
            root.Set("text", "τ → µ");
            root.Set("empty", "");
            root.Set("long", new string('x', 100_000));
            root.Set("texts", ["a", "", "ü"]);
            root.Set("none", []);
            root.Set("integer", long.MinValue);
            root.Set("number", 1.0 / 3);
        }

        string seen = Hdf5Scratch.Script("""
            import h5py, sys
            a = h5py.File(sys.argv[1], 'r').attrs
            print(a['text'], repr(a['empty']), len(a['long']), list(a['texts']), len(a['none']), a['integer'], repr(float(a['number'])))
            """, [_scratch.File_()]);

        seen.ShouldBe("τ → µ '' 100000 ['a', '', 'ü'] 0 -9223372036854775808 0.3333333333333333");
        using Hdf5File open = Hdf5File.Open(_scratch.File_());
        Hdf5Attributes back = open.Attributes();
        back.Names.ShouldBe(["empty", "integer", "long", "none", "number", "text", "texts"]);
        back.Text("text").ShouldBe("τ → µ");
        back.Text("empty").ShouldBe("");
        back.Texts("texts").ShouldBe(["a", "", "ü"]);
        back.Texts("none").ShouldBeEmpty();
        back.Integer("integer").ShouldBe(long.MinValue);
        back.Number("number").ShouldBe(1.0 / 3);
    }

    [H5pyFact]
    public void We_read_what_h5py_writes()
    {
        Hdf5Scratch.Script("""
            import h5py, sys, numpy as np
            a = h5py.File(sys.argv[1], 'w').attrs
            a['fixed'] = np.bytes_('tau')
            a['row'] = np.array([b'a', b'bcd'])
            a['edges'] = np.array([20, 30.5])
            a['big'] = np.array(7, '>i2')
            a['flag'] = True
            """, [_scratch.File_()]);

        using Hdf5File file = Hdf5File.Open(_scratch.File_());

        Hdf5Attributes root = file.Attributes();
        root.Text("fixed").ShouldBe("tau");
        root.Texts("row").ShouldBe(["a", "bcd"]);
        root.Numbers("edges").ShouldBe([20, 30.5]);
        root.Integer("big").ShouldBe(7);
        file.Inspect()[0].Attributes.ShouldBe([("big", "7"), ("edges", "20, 30.5"), ("fixed", "tau"), ("flag", "1"), ("row", "a, bcd")]);
    }

    [Fact]
    public void A_missing_attribute_or_another_type_is_named()
    {
        using (Hdf5File made = Hdf5File.Create(_scratch.File_()))
        {
            made.CreateGroup("/taus");
            made.Attributes("/taus").Set("rows", 5);
            Should.Throw<StepFailed>(() => made.Attributes("/taus").Set("rows", 6))
                .Message.ShouldBe($"'{_scratch.File_()}': there is already something at /taus@rows");
        }
        using Hdf5File file = Hdf5File.Open(_scratch.File_());

        Should.Throw<StepFailed>(() => file.Attributes("/taus").Integer("row"))
            .Message.ShouldBe($"'{_scratch.File_()}': /taus has no attribute 'row'\n  nearest  rows");
        Should.Throw<StepFailed>(() => file.Attributes("/taus").Text("rows"))
            .Message.ShouldBe($"'{_scratch.File_()}': /taus@rows has another type\n  expected  strings\n  found     int64");
    }
}
