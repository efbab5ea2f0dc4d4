using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>Files that umami-preprocessing 0.3.1 wrote, compared with what h5py reads from them.</summary>
public sealed class UppFilesTests
{
    [UppFact]
    public void All_files_have_the_values_that_h5py_reads()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(UppFactAttribute.Folder, "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal),
        ];

        files.Length.ShouldBe(77);
        H5pyBytes.ShouldBeOurs(files).ShouldBeGreaterThan(1000);
    }

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

    private static string File(string name) => Path.Combine(UppFactAttribute.Folder, name);
}
