using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>The 152 branches that TauMLTools' training_v1.yaml needs (data-preparation 2.5), each with values of its own.</summary>
public sealed class TrainingBranchesTests : IDisposable
{
    private const int Rows = 3;
    private static readonly int[] Offsets = [0, 2, 2, 5];

    private readonly IngestBench _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public void All_of_them_can_be_kept_and_come_through_bit_by_bit()
    {
        string[][] branches = [.. File.ReadLines(Checkout.At("tests", "Unit", "Simulation", "needed-branches.tsv")).Skip(1)
            .Select(line => line.Split('\t'))];
        branches.Length.ShouldBe(152);
        var written = new Batch([.. branches.Select((branch, number) => ColumnOf(branch[0], branch[1], number))]);

        Batch kept = _ingest.Ingest("ingest: { keep: [\".*\"] }", _ingest.Tuple("a.root", written)).Single();

        kept.Rows.ShouldBe(Rows);
        foreach (Column column in written.Columns)
        {
            kept.Schema.Find(column.Spec.Name).ShouldBe(column.Spec);
            kept[column.Spec.Name].Bytes.SequenceEqual(column.Bytes).ShouldBeTrue(column.Spec.Name);
        }
    }

    // What decides over a candidate has a value that lets it pass; all else is told apart by branch and row.
    private static Column ColumnOf(string name, string type, int number) => (name, type) switch
    {
        ("sampleType", _) => new Column<int>(name, new[] { 1, 1, 1 }),
        ("genLepton_index", _) => new Column<int>(name, new[] { -1, -1, -1 }),
        ("tau_index" or "genJet_index", _) => new Column<int>(name, new[] { 0, 1, 2 }),
        (_, "Int_t") => new Column<int>(name, new[] { number, -number, int.MinValue }),
        (_, "UInt_t") => new Column<uint>(name, new[] { (uint)number, 1u << 31, uint.MaxValue }),
        (_, "ULong64_t") => new Column<ulong>(name, new[] { (ulong)number, 10918959937480734963, ulong.MaxValue - 1 }),
        (_, "Float_t") => new Column<float>(name, new[] { number + 0.5f, -number / 3f, float.MinValue / 2 }),
        (_, "std::vector<Float_t>") => new JaggedColumn<float>(name, Table(name), Offsets, new[] { number, 0.1f, -0f, number / 7f, 1e-30f }),
        (_, "std::vector<Int_t>") => new JaggedColumn<int>(name, Table(name), Offsets, new[] { number, -1, 0, 7, int.MaxValue }),
        _ => throw new InvalidOperationException($"{name} has the type {type}"),
    };

    private static string Table(string name) => name[..name.IndexOf('_', StringComparison.Ordinal)];
}
