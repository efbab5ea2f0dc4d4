using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Hdf5IO;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>ATLAS's files are ingested alike, however their chunks are packed.</summary>
public sealed class IngestFiltersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UppFact]
    public void The_same_rows_come_out_of_any_packing()
    {
        Hdf5Scratch.Script("""
            import h5py, sys
            source, out = sys.argv[1:]
            ways = {'plain': {}, 'gzip': dict(compression='gzip'), 'lzf': dict(compression='lzf'),
                    'both': dict(compression='lzf', shuffle=True, fletcher32=True)}
            with h5py.File(source, 'r') as f:
                for name, options in ways.items():
                    with h5py.File(f'{out}/{name}.h5', 'w') as to:
                        for table, chunk in (('jets', (100,)), ('tracks', (70, 3))):
                            to.create_dataset(table, data=f[table][:2000], **(dict(chunks=chunk, **options) if options else {}))
            """, [SharedData.At("upp", "ntuples", "data1.h5"), _folder.Path]);
        Batch plain = Ingested(_folder.At("plain.h5"));

        plain.Rows.ShouldBe(2000);
        foreach (string packed in new[] { "gzip.h5", "lzf.h5", "both.h5" })
        {
            Batch rows = Ingested(_folder.At(packed));
            rows.Schema.Columns.ShouldBe(plain.Schema.Columns);
            foreach ((Column one, Column other) in rows.Columns.Zip(plain.Columns))
                one.Bytes.SequenceEqual(other.Bytes).ShouldBeTrue($"{one.Spec.Name} of {packed}");
        }
        // What lies in the file, past HDF5: the first jet of the mock sample as h5py prints it.
        plain.Flat<float>("pt")[0].ShouldBe(54951.074f);
        plain.Flat<float>("mass")[0].ShouldBe(10162.397f);
    }

    // UPP packs by LZ4 what it resamples; the jets are those of its input, some of them several times.
    [UppFact]
    public void Rows_of_a_file_packed_by_LZ4_are_those_it_was_made_of()
    {
        var original = new Dictionary<long, float>();
        foreach (string file in new[] { "data1.h5", "data2.h5", "data3.h5" })
        {
            Batch raw = UppFlow.Raw(SharedData.At("upp", "ntuples", file), "eventNumber", "pt");
            double[] numbers = raw["eventNumber"].ToDoubles();
            for (int row = 0; row < raw.Rows; row++) original.Add((long)numbers[row], raw.Flat<float>("pt")[row]);
        }

        Batch rows = Ingested(SharedData.At("upp", "out-countup", "pp_output_train.h5"));

        double[] events = rows["eventNumber"].ToDoubles();
        rows.Rows.ShouldBe(12_000);
        for (int row = 0; row < rows.Rows; row++)
            rows.Flat<float>("pt")[row].ShouldBe(original[(long)events[row]]);
    }

    private static Batch Ingested(string file)
    {
        using var flow = new UppFlow("upp-reweight.yaml", [$"ttbar={file}", $"zprime={SharedData.At("upp", "ntuples", "data3.h5")}"]);
        return flow.Run("Ingest").Rows("Ingest", "ingest/ttbar/").Single();
    }
}
