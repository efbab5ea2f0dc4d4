using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Hdf5IO;
using TauPipeline.Tests.Unit.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.Formats;

/// <summary>The same rows of any format, through the one door.</summary>
public sealed class RawFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tree_is_read_in_batches_of_the_chosen_rows()
    {
        using RawFile file = Root();
        IRawTable table = file.Table("taus");

        Batch[] batches = [.. table.Read(new RawSelection(["pfCand_pt", "tau_pt"]) { First = 1, End = 4, BatchRows = 2 })];

        table.Rows.ShouldBe(5);
        table.Name.Of("tau_pt").ShouldBe("branch 'tau_pt' of tree 'taus'");
        batches.Select(batch => batch.Rows).ShouldBe([2, 1]);
        batches[0]
            .Schema.Columns.ShouldBe([
                new ColumnSpec("pfCand_pt", ColumnType.Float32, "pfCand"),
                new ColumnSpec("tau_pt", ColumnType.Float64),
            ]);
        batches[0].Jagged<float>("pfCand_pt").Offsets.ToArray().ShouldBe([0, 0, 2]);
        batches[1].Flat<double>("tau_pt").ToArray().ShouldBe([40.0]);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    public void A_tree_is_read_the_same_into_memory_used_again_by_any_number_of_threads(bool reuse, int threads)
    {
        using RawFile file = Root();
        var found = new List<double>();
        var what = new RawSelection(["tau_pt", "pfCand_pt"]) { BatchRows = 2, ReuseMemory = reuse, Threads = threads };
        Batch[] batches = [.. file.Table("taus").Read(what).Select(batch =>
        {
            found.AddRange(batch.Flat<double>("tau_pt"));
            return batch;
        })];

        found.Count.ShouldBe(5);
        found[3].ShouldBe(40.0);
        // What was looked at too late is the last batch's where memory was to be used again, and its own otherwise.
        batches[0].Flat<double>("tau_pt")[0].ShouldBe(reuse ? found[4] : found[0]);
    }

    [H5pyFact]
    public void An_array_in_records_is_a_list_and_without_the_slots_that_are_padding()
    {
        string path = _folder.At("a.h5");
        Hdf5Scratch.Script("""
            import h5py, sys, numpy as np
            f = h5py.File(sys.argv[1], 'w')
            jets = np.zeros(4, [('pt', 'f4'), ('cov', '>f4', (3,))])
            jets['pt'] = [1, 2, 3, 4]; jets['cov'] = np.arange(12).reshape(4, 3)
            tracks = np.zeros((4, 2), [('d0', 'f4'), ('hits', 'i2', (2,)), ('valid', '?')])
            tracks['hits'] = np.arange(16).reshape(4, 2, 2); tracks['valid'] = [[1, 1], [0, 0], [0, 1], [1, 0]]
            f['jets'] = jets; f['tracks'] = tracks
            """, [path]);
        using RawFile file = RawFile.Open(new ProductInput(path));

        Batch batch = file.Table("jets").Read(new RawSelection(["pt", "cov", "tracks_d0", "tracks_hits"])).Single();

        batch.Flat<float>("pt").ToArray().ShouldBe([1, 2, 3, 4]);
        batch.Jagged<float>("cov")[2].ToArray().ShouldBe([6, 7, 8]);
        batch.Jagged<float>("tracks_d0").Offsets.ToArray().ShouldBe([0, 2, 2, 3, 4]);
        batch.Jagged<short>("tracks_hits").Offsets.ToArray().ShouldBe([0, 4, 4, 6, 8]);
        batch.Jagged<short>("tracks_hits").Values.ToArray().ShouldBe([0, 1, 2, 3, 10, 11, 12, 13]);
    }

    [Fact]
    public void A_table_that_is_not_there_is_named_with_the_nearest()
    {
        using RawFile file = Root();

        file.Find("Taus").ShouldBeNull();
        StepFailed error = Should.Throw<StepFailed>(() => file.Table("tauss"));

        error.Text.Title.ShouldEndWith("has no table 'tauss'");
        error.Text.Facts.Single().Value.ShouldBe("taus");
    }

    [SharedRootFilesFact]
    public void An_RNTuple_is_read_under_the_names_of_the_tree_it_was_made_of()
    {
        using RawFile file = RawFile.Open(
            new ProductInput(SharedRootFiles.Path("rntuple", "cmsopendata2015_ttbar_19980_NANOAOD_RNTupleImporter_rntuple_v1-0-0-1.root")));
        IRawTable events = file.Table("Events");

        Batch batch = events.Read(new RawSelection(["event", "Tau_pt", "Tau_genPartFlav"])).Single();

        events.Name.Of("Tau_pt").ShouldBe("field 'Tau_pt' of RNTuple 'Events'");
        batch.Schema.Columns.ShouldBe([
            new("event", ColumnType.UInt64),
            new("Tau_pt", ColumnType.Float32, "Tau"),
            new("Tau_genPartFlav", ColumnType.UInt8, "Tau"),
        ]);
        // As JSROOT reads it: ten events, seven candidates.
        batch.Flat<ulong>("event")[^1].ShouldBe(44727250ul);
        batch.Jagged<float>("Tau_pt").Values.ToArray()[..2].ShouldBe([27.527843475341797f, 38.385807037353516f]);
        batch.Jagged<byte>("Tau_genPartFlav").Offsets.ToArray().ShouldBe(batch.Jagged<float>("Tau_pt").Offsets.ToArray());
        batch.Jagged<float>("Tau_pt").Count.ShouldBe(7);
    }

    [SharedDataFact]
    public void Records_of_an_HDF5_file_are_rows_and_records_of_two_axes_their_constituents()
    {
        using RawFile file = RawFile.Open(new ProductInput(SharedData.At("upp", "out-rw", "train", "pp_output_train-full_0.h5")));
        IRawTable jets = file.Table("jets");
        var sums = new Dictionary<string, (double Sum, double Squares, long Count)>();

        foreach (
            Batch batch in jets.Read(new RawSelection(["pt", "tracks_d0", "eta", "tracks_pt_frac", "tracks_valid"]) { BatchRows = 5000 }))
        {
            batch.Jagged<bool>("tracks_valid").Values.ToArray().ShouldAllBe(valid => valid);
            foreach (Column column in batch.Columns)
            {
                double[] values = column.ToDoubles();
                (double sum, double squares, long count) = sums.GetValueOrDefault(column.Spec.Name);
                sums[column.Spec.Name] = (sum + values.Sum(), squares + values.Sum(value => value * value), count + values.Length);
            }
        }

        jets.Rows.ShouldBe(36091);
        jets.Name.Of("pt").ShouldBe("field 'pt' of data set 'jets'");
        jets.Schema.Find("tracks_d0").ShouldBe(new ColumnSpec("tracks_d0", ColumnType.Float32, "tracks"));
        // UPP's own norm_dict.yaml of that file: means and deviations of jets, and of the valid slots of tracks.
        ShouldBe("pt", 242200.20467620043, 324269.8685024837);
        ShouldBe("eta", -0.0052223065814991105, 1.103720148446923);
        ShouldBe("tracks_d0", 0.002180130219194921, 0.9999799300466152);
        ShouldBe("tracks_pt_frac", 0.3423264922511663, 0.19541481204939218);

        void ShouldBe(string column, double mean, double deviation)
        {
            (double sum, double squares, long count) = sums[column];
            double found = sum / count;
            found.ShouldBe(mean, 1e-4 * deviation, column);
            Math.Sqrt(squares / count - found * found).ShouldBe(deviation, 1e-4 * deviation, column);
        }
    }

    [Fact]
    public void Data_sets_of_one_length_in_a_group_are_the_columns_of_a_table()
    {
        using (Hdf5File written = Hdf5File.Create(_folder.At("a.h5")))
        {
            written.CreateGroup("/taus");
            Write(written, "/taus/tau_pt", [30f, 40f, 50f]);
            Write(written, "/taus/run", [1, 1, 2]);
        }
        using RawFile file = RawFile.Open(new ProductInput(_folder.At("a.h5")));
        IRawTable taus = file.Table("taus");

        Batch[] batches = [.. taus.Read(new RawSelection(["tau_pt", "run"]) { BatchRows = 2 })];

        taus.Rows.ShouldBe(3);
        batches.SelectMany(batch => batch.Flat<float>("tau_pt").ToArray()).ShouldBe([30f, 40f, 50f]);
        batches[1].Flat<int>("run").ToArray().ShouldBe([2]);
        taus.Find("tau_eta").ShouldBeNull();
        Should.Throw<StepFailed>(() => taus.Read(new RawSelection(["tau_ptt"])).ToArray())
            .Text.Title.ShouldBe("group 'taus' has no data set 'tau_ptt'");
        Should.Throw<StepFailed>(() => file.Table("tau")).Text.Facts.Single().Value.ShouldBe("taus");
    }

    private RawFile Root()
    {
        var rows = new Batch(
        [
            new Column<double>("tau_pt", new double[] { 10, 20, 30, 40, 50 }),
            new JaggedColumn<float>("pfCand_pt", "pfCand", new[] { 0, 1, 1, 3, 3, 4 }, new[] { 1f, 2f, 3f, 4f }),
        ]);
        using (RootFileWriter file = RootFileWriter.Create(_folder.At("a.root"), RootCompression.None))
            file.Tree("taus", rows.Schema).Append(rows);
        return RawFile.Open(new ProductInput(_folder.At("a.root")));
    }

    private static void Write<T>(Hdf5File file, string path, T[] values) where T : unmanaged
    {
        using Hdf5DatasetWriter writer = file.CreateDataset(path, ColumnTypes.Of<T>(), 1024);
        writer.Append(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(values));
        writer.Complete();
    }
}
