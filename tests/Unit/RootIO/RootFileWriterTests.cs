using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

public sealed class RootFileWriterTests : IDisposable
{
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Lz4)]
    [InlineData(CodecKind.Zstd)]
    [InlineData(CodecKind.Lzma)]
    public void What_is_written_is_read_back_in_every_layout_and_type(CodecKind kind)
    {
        const int rows = 1500;
        string path = _files.Write(kind, rows);

        using RootFile file = RootFile.Open(path);
        RootTree tree = file.Tree("taus");
        Batch expected = SampleBatches.Of(0, rows);
        Batch found = tree.Read([.. expected.Schema.Columns.Select(column => column.Name)], batchRows: rows).Single();

        file.Trees.Select(key => key.Path).ShouldBe(["taus", "summary"]);
        (tree.Title, tree.Entries, file.Compression / 100).ShouldBe(
            (
                "tau candidates",
                rows,
                kind switch
                {
                    CodecKind.Zlib => 1,
                    CodecKind.Lz4 => 4,
                    CodecKind.Zstd => 5,
                    CodecKind.Lzma => 2,
                    _ => 0,
                }));
        tree.Branch("pfCand_pt").Baskets.ShouldBeGreaterThan(5);
        tree.Branch("tau_mass").FirstCodec().ShouldBe(kind);
        foreach (Column column in expected.Columns)
        {
            found[column.Spec.Name].Spec.ShouldBe(column.Spec);
            found[column.Spec.Name].Bytes.SequenceEqual(column.Bytes).ShouldBeTrue(column.Spec.Name);
            Offsets(found[column.Spec.Name]).ShouldBe(Offsets(column), column.Spec.Name);
        }
        Sum(tree, "nTau").ShouldBe(found.Jagged<float>("Tau_pt").Values.Length);
    }

    [Fact]
    public void Any_range_of_entries_is_the_same_part_of_the_whole()
    {
        string path = _files.Write(CodecKind.Lz4, 1000);
        using RootFile file = RootFile.Open(path);
        RootTree tree = file.Tree("taus");

        foreach ((int first, int last, int batchRows) in new[] { (0, 1, 10), (999, 1000, 7), (13, 700, 64), (500, 500, 10) })
        {
            List<Batch> batches = [.. tree.Read(["tau_id", "pfCand_id", "Tau_charge", "bits"], first, last, batchRows)];

            batches.Sum(batch => batch.Rows).ShouldBe(last - first);
            batches.ShouldAllBe(batch => batch.Rows <= batchRows);
            Batch expected = SampleBatches.Of(first, last - first);
            batches.SelectMany(batch => batch.Jagged<int>("pfCand_id").Values.ToArray())
                .ShouldBe(expected.Jagged<int>("pfCand_id").Values.ToArray());
            batches.SelectMany(batch => batch.Flat<int>("tau_id").ToArray()).ShouldBe(expected.Flat<int>("tau_id").ToArray());
        }
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes()
    {
        byte[] once = File.ReadAllBytes(_files.Write(CodecKind.Zstd, 300, name: "a.root")),
            again = File.ReadAllBytes(_files.Write(CodecKind.Zstd, 300, name: "b.root"));

        once.ShouldBe(again);
    }

    [Fact]
    public void A_tree_without_rows_keeps_its_branches_and_types()
    {
        string path = _files.Write(CodecKind.Zlib, 0);

        using RootFile file = RootFile.Open(path);
        RootTree tree = file.Tree("taus");

        tree.Entries.ShouldBe(0);
        tree.Read(["tau_pt"]).ShouldBeEmpty();
        foreach (ColumnSpec column in SampleBatches.Of(0, 0).Schema.Columns) (tree.Branch(column.Name).ColumnSpec).ShouldBe(column);
    }

    [Fact]
    public void Counts_that_disagree_within_a_table_are_refused()
    {
        using RootFileWriter file = RootFileWriter.Create(_files.Path("x.root"), RootCompression.None);
        var batch = new Batch([
            new JaggedColumn<int>("Tau_a", "Tau", new[] { 0, 2 }, new[] { 1, 2 }),
            new JaggedColumn<int>("Tau_b", "Tau", new[] { 0, 1 }, new[] { 1 }),
        ]);
        RootTreeWriter tree = file.Tree("taus", batch.Schema);

        Should.Throw<StepFailed>(() => tree.Append(batch)).Text.Title.ShouldBe("column 'Tau_b' does not fit tree 'taus'");
    }

    private static int Sum(RootTree tree, string count) => tree.Read([count]).Sum(batch => batch.Flat<int>(count).ToArray().Sum());

    private static int[]? Offsets(Column column) => column switch
    {
        JaggedColumn<float> c => c.Offsets.ToArray(),
        JaggedColumn<double> c => c.Offsets.ToArray(),
        JaggedColumn<int> c => c.Offsets.ToArray(),
        JaggedColumn<short> c => c.Offsets.ToArray(),
        JaggedColumn<bool> c => c.Offsets.ToArray(),
        _ => null,
    };
}
