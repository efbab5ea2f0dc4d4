using System.Globalization;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>Files that umami-preprocessing 0.3.1 wrote, compared with what h5py reads from them.</summary>
public sealed class UppFilesTests
{
    // Per field: its sum, and its position-weighted sum, so that an order would be noticed.
    private const string Sums = """
        import h5py, sys, numpy as np
        d = h5py.File(sys.argv[1], 'r')[sys.argv[2]][:]
        i = np.arange(d.size) % 97
        for name in d.dtype.names:
            x = d[name].reshape(-1).astype('f8')
            print(name, '%.17g' % np.nansum(x), '%.17g' % np.nansum(x * i))
        """;

    [UppFact]
    public void Contiguous_compounds() => ShouldBeAsH5pyReads("ntuples/data1.h5", "/jets");

    [UppFact]
    public void Contiguous_compounds_of_two_axes() => ShouldBeAsH5pyReads("ntuples/data1.h5", "/tracks");

    [UppFact]
    public void Deflated_compounds() => ShouldBeAsH5pyReads("out-rw/test/pp_output_test-full_0.h5", "/jets");

    [UppFact]
    public void Deflated_compounds_of_two_axes_with_half_floats() => ShouldBeAsH5pyReads("split-components/data1.h5/output_train_lowpt_ttbar_bjets.h5", "/tracks");

    [UppFact]
    public void Small_tables_in_groups() => ShouldBeAsH5pyReads("ntuples/data2.h5", "/cutBookkeeper/nominal/counts");

    [UppFact]
    public void A_listing_shows_shapes_types_filters_and_attributes()
    {
        using Hdf5File file = Hdf5File.Open(File("out-countup/pp_output_train.h5"));

        IReadOnlyList<Hdf5Object> found = file.Inspect();

        found.Select(o => o.Path).ShouldBe(["/", "/jets", "/tracks"]);
        found[0].Attributes.ShouldContain(("upp_hash", "v0.3.1"));
        found[0].Attributes.ShouldContain(("unique_jets", "11184"));
        found[1].Attributes.ShouldBe([("flavour_label", "bjets, cjets, ujets")]);
        found[1].Type!.Name.ShouldStartWith("{pt: float32, eta: float32, mass: float32, n_tracks: int32, ");
        found[2].Shape.ShouldBe([12000, 5]);
        found[2].Chunk.ShouldBe([100, 5]);
        found[2].Filters[0].Id.ShouldBe(32004);
        found[2].Type!.Fields[^1].ShouldBe(new Hdf5Field("valid", 22, found[2].Type!.Fields[^1].Type));
        found[2].Type!.Fields[^1].Type.Column.ShouldBe(ColumnType.Bool);
    }

    private static void ShouldBeAsH5pyReads(string name, string path)
    {
        using Hdf5File file = Hdf5File.Open(File(name));
        using Hdf5Dataset dataset = file.Dataset(path);
        string[] fields = [.. dataset.Type.Fields.Select(field => field.Name)];

        // Two reads, so that a chunk is entered in its middle.
        int cut = (int)dataset.Rows / 3;
        IReadOnlyList<Column> head = dataset.ReadFields(0, cut, fields), tail = dataset.ReadFields(cut, (int)dataset.Rows - cut, fields);

        string[] expected = Hdf5Scratch.Script(Sums, [File(name), path]).Split('\n');
        expected.Length.ShouldBe(fields.Length);
        for (int f = 0; f < fields.Length; f++)
        {
            string[] parts = expected[f].Split(' ');
            double[] values = [.. head[f].ToDoubles(), .. tail[f].ToDoubles()];
            double sum = values.Where(double.IsFinite).Sum(), ordered = values.Select((value, i) => double.IsNaN(value) ? 0 : value * (i % 97)).Sum();
            parts[0].ShouldBe(fields[f]);
            sum.ShouldBe(Parse(parts[1]), 1e-9 + 1e-12 * values.Sum(value => double.IsNaN(value) ? 0 : Math.Abs(value)), fields[f]);
            ordered.ShouldBe(Parse(parts[2]), 1e-9 + 1e-10 * values.Sum(value => double.IsNaN(value) ? 0 : Math.Abs(value)), fields[f]);
        }
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string File(string name) => Path.Combine(UppFactAttribute.Folder, name);
}
