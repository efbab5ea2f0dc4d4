using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The gate before training, by the program: rows that are sorted when they come to be trained on end the run.</summary>
public sealed class ValidateGateTests
{
    [SharedDataFact]
    public void A_sorted_file_mixed_in_small_blocks_ends_with_1_and_a_page_that_shows_why()
    {
        using var place = new TempFolder();
        SortedByPt(SharedData.At("upp", "ntuples", "data1.h5"), place.At("sorted.h5"));
        string[] words =
        [
            "--config=configs/upp-reweight.yaml", $"--out={place.At("out")}", $"--input=ttbar={place.At("sorted.h5")}",
            $"--input=zprime={SharedData.At("upp", "ntuples", "data3.h5")}", "--target=Validate",
        ];

        // Blocks of 1,000 rows hold neighbours of the sorted file; one block of all is shuffled for good.
        using ProgramRun sorted = ProgramRun.Host([.. words, "--set=reweight.block_rows=1000"]);
        string page = File.ReadAllText(place.At("out", "validate", "index.html"));
        using ProgramRun mixed = ProgramRun.Host([.. words, "--set=reweight.block_rows=100000"]);

        sorted.ExitCode.ShouldBe(1);
        sorted.Error.ShouldContain("tau_pt");
        page.ShouldContain("The gate before training is not passed");
        mixed.ExitCode.ShouldBe(0, mixed.Error);
        File.Exists(place.At("out", "validate", "passed.json")).ShouldBeTrue();
    }

    // The same records in another order.
    private static void SortedByPt(string source, string target)
    {
        using Hdf5File from = Hdf5File.Open(source);
        using Hdf5File to = Hdf5File.Create(target);
        float[] pt = [.. ((Column<float>)from.Dataset("/jets").ReadFields(0, (int)from.Dataset("/jets").Rows, ["pt"])[0]).Values];
        int[] order = [.. Enumerable.Range(0, pt.Length).OrderBy(row => pt[row])];
        foreach (string table in new[] { "/jets", "/tracks" })
        {
            using Hdf5Dataset dataset = from.Dataset(table);
            int slots = (int)dataset.RowWidth;
            int[] places = [.. order.SelectMany(row => Enumerable.Range(row * slots, slots))];
            string[] names = [.. dataset.Type.Fields.Select(field => field.Name)];
            Column[] columns = [.. dataset.ReadFields(0, pt.Length, names).Select(column => column.Take(places))];
            var record = new Hdf5Record([.. columns.Select(column => new Hdf5RecordField(column.Spec.Name, column.Spec.Type))]);
            var records = new byte[places.Length * record.Size];
            for (int field = 0; field < columns.Length; field++) record.Put(field, columns[field].Bytes, records);
            Hdf5DatasetWriter writer = to.CreateRecords(table, record, dataset.Shape.Count == 1 ? 0 : slots, 1000);
            writer.Append(records);
            writer.Complete();
        }
    }
}
