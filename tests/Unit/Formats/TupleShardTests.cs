using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Tests.Unit.Hdf5IO;
using Xunit;

namespace TauPipeline.Tests.Unit.Formats;

public sealed class TupleShardTests : IDisposable
{
    private readonly ShardScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Rows_schema_and_attributes_come_back_as_they_were_written()
    {
        Batch rows = ShardScratch.Candidates(40_000);
        _scratch.Write("a.h5", ShardScratch.Origin, rows);

        using TupleShardReader reader = _scratch.Open("a.h5");

        reader.Rows.ShouldBe(40_000);
        reader.Schema.Columns.ShouldBe(rows.Schema.Columns);
        reader.Attributes.ShouldBe(ShardScratch.Origin, ignoreOrder: true);
        int first = 0;
        foreach (Batch batch in reader.Batches(rows: 7000))
        {
            ShouldBeRows(batch, rows, first);
            first += batch.Rows;
        }
        first.ShouldBe(40_000);
    }

    [Fact]
    public void Any_rows_can_be_read_in_any_order()
    {
        Batch rows = ShardScratch.Candidates(40_000);
        _scratch.Write("a.h5", ShardScratch.Origin, rows);

        using TupleShardReader reader = _scratch.Open("a.h5");

        foreach ((int first, int count) in new[] { (39_999, 1), (16_383, 2), (0, 3), (12_345, 20_000), (40_000, 0) })
            ShouldBeRows(reader.Read(first, count), rows, first);
    }

    [Fact]
    public void Batches_are_as_small_as_the_readers_memory_asks_for()
    {
        Batch rows = ShardScratch.Candidates(40_000);
        _scratch.Write("a.h5", ShardScratch.Origin, rows);
        const long Memory = 200_000;

        using TupleShardReader reader = TupleShardReader.Open(new ProductInput(_scratch.File_("a.h5"), Memory: Memory));

        int first = 0;
        foreach (Batch batch in reader.Batches())
        {
            ((double)batch.Bytes).ShouldBeLessThan(1.2 * Memory); // constituents a row vary
            ShouldBeRows(batch, rows, first);
            first += batch.Rows;
        }
        first.ShouldBe(40_000);
        reader.Batches(columns: [rows.Schema.Columns[0].Name]).First().Rows.ShouldBe(16_384); // fewer columns, more rows
    }

    [Fact]
    public void A_shard_may_be_empty()
    {
        _scratch.Write("a.h5", ShardScratch.Origin, ShardScratch.Candidates(0)).Count.ShouldBe(7);

        using TupleShardReader reader = _scratch.Open("a.h5");

        reader.Rows.ShouldBe(0);
        reader.Batches().ShouldBeEmpty();
        reader.Read(0, 0).Jagged<float>("pfCand_pt").Rows.ShouldBe(0);
    }

    [Fact]
    public void A_batch_with_other_columns_is_a_defect_and_leaves_no_finished_file()
    {
        Batch rows = ShardScratch.Candidates(10);
        var output = new ProductOutput(_scratch.File_());
        using (TupleShardWriter writer = TupleShardWriter.Create(output))
        {
            writer.Begin(rows.Schema, ShardScratch.Origin);
            Should.Throw<Defect>(() => writer.Append(rows.Only(["tau_pt"]))).Message.ShouldContain("has not the columns that were begun");
        }

        output.Columns.ShouldBeEmpty();
        new FileInfo(_scratch.File_()).Length.ShouldBe(0); // no reader takes it for a shard
        Should.Throw<StepFailed>(() => _scratch.Open("a.h5")).Message.ShouldContain("is not a readable HDF5 file");
    }

    [Fact]
    public void Columns_of_one_table_must_share_their_offsets()
    {
        Batch rows = ShardScratch.Candidates(10);
        using TupleShardWriter writer = TupleShardWriter.Create(new ProductOutput(_scratch.File_()));
        writer.Begin(rows.Schema, ShardScratch.Origin);

        Should.Throw<Defect>(() => writer.Append(rows.With(ShardScratch.MovedByOneRow(rows.Jagged<sbyte>("pfCand_charge")))))
            .Message.ShouldContain("does not share the offsets of table 'pfCand'");
    }

    [Fact]
    public void Only_declared_columns_are_seen()
    {
        _scratch.Write("a.h5", ShardScratch.Origin, ShardScratch.Candidates(10));

        using TupleShardReader reader = _scratch.Open("a.h5", "pfCand_pt", "tau_pt", ProductOutput.SchemaColumn);

        reader.Schema.Columns.Select(column => column.Name).ShouldBe(["tau_pt", "pfCand_pt"]);
        reader.Read(0, 10).Columns.Count.ShouldBe(2);
        Should.Throw<Defect>(() => reader.Read(0, 10, ["tau_id"])).Message.ShouldContain("column 'tau_id' is read but was not declared");
        Should.Throw<StepFailed>(() => reader.Read(0, 10, ["tau_p"])).Message.ShouldContain("has no column 'tau_p'\n  nearest  tau_pt");
        Should.Throw<StepFailed>(() => _scratch.Open("a.h5", "tau_eta")).Message.ShouldContain("has no column 'tau_eta'\n  nearest");
    }

    [Fact]
    public void Names_that_do_not_follow_the_rule_come_back_all_the_same()
    {
        var rows = new Batch([
            new Column<int>("a/b", new[] { 1 }), new Column<int>("Tau pt [GeV]", new[] { 2 }),
            new JaggedColumn<int>("pt", "pfCand", new[] { 0, 1 }, new[] { 3 }),
            new JaggedColumn<int>("pfCand_pt", "pfCand", new[] { 0, 1 }, new[] { 4 }),
            new JaggedColumn<int>("pfCand_offsets", "pfCand", new[] { 0, 1 }, new[] { 5 }),
            new JaggedColumn<int>("pfCand_", "pfCand", new[] { 0, 1 }, new[] { 6 }),
        ]);
        _scratch.Write("a.h5", ShardScratch.Origin, rows);

        using TupleShardReader reader = _scratch.Open("a.h5");

        reader.Schema.Columns.ShouldBe(rows.Schema.Columns);
        ShouldBeRows(reader.Read(0, 1), rows, 0);
    }

    [H5pyFact]
    public void H5py_reads_a_shard_with_no_help()
    {
        Batch rows = ShardScratch.Candidates(20_000);
        _scratch.Write("a.h5", ShardScratch.Origin, rows);

        string seen = Hdf5Scratch.Script("""
            import h5py, sys, numpy as np
            f = h5py.File(sys.argv[1], 'r')
            print(sorted(f), sorted(f['pfCand']))
            print(f.attrs['format'], f.attrs['format_version'], f.attrs['rows'], f.attrs['origin'])
            print(list(f.attrs['columns']), list(f.attrs['column_paths']))
            o = f['pfCand/offsets'][:]
            print(o.dtype, len(o), o[0], o[-1] == len(f['pfCand/pt']))
            i = 12345
            print(f['taus/tau_pt'][i], f['taus/tau_id'][i], f['pfCand/pt'][o[i]:o[i+1]].tolist())
            print(f['taus/tau_pt'].chunks, f['pfCand/pt'].chunks, f['taus/tau_isGenuine'].dtype)
            """, [_scratch.File_()]);

        JaggedColumn<float> pt = rows.Jagged<float>("pfCand_pt");
        seen.ShouldBe($"""
            ['pfCand', 'taus'] ['charge', 'offsets', 'pt']
            TauPipeline tuple shard 1 20000 dy/0001
            ['tau_pt', 'tau_id', 'tau_isGenuine', 'event', 'pfCand_pt', 'pfCand_charge'] ['/taus/tau_pt', '/taus/tau_id', '/taus/tau_isGenuine', '/taus/event', '/pfCand/pt', '/pfCand/charge']
            int64 20001 0 True
            {rows.Flat<float>("tau_pt")[12345]} {rows.Flat<int>("tau_id")[12345]} [{string.Join(", ", pt[12345].ToArray().Select(v => $"{v:0.0###}"))}]
            (16384,) (32768,) bool
            """);
    }

    [Fact]
    public void Offsets_that_fall_are_noticed()
    {
        _scratch.Write("a.h5", ShardScratch.Origin, ShardScratch.Candidates(100));
        using (TauPipeline.Hdf5IO.Hdf5File forged = TauPipeline.Hdf5IO.Hdf5File.Create(_scratch.File_("b.h5")))
        {
            forged.CreateGroup("/taus");
            forged.CreateGroup("/c");
            Hdf5DatasetTests.Write(forged, "/c/offsets", [0L, 5, 3, 9], 16);
            Hdf5DatasetTests.Write(forged, "/c/pt", new float[9], 16);
            TauPipeline.Hdf5IO.Hdf5Attributes root = forged.Attributes();
            root.Set("format", "TauPipeline tuple shard");
            root.Set("format_version", 1);
            root.Set("rows", 3);
            root.Set("columns", ["c_pt"]);
            root.Set("column_types", ["float32[]"]);
            root.Set("column_paths", ["/c/pt"]);
        }

        using TupleShardReader reader = _scratch.Open("b.h5");

        Should.Throw<StepFailed>(() => reader.Read(0, 3))
            .Message.ShouldEndWith("is damaged: the offsets of 'c' fall\n  found  5, 3 at row 1");
    }

    private static void ShouldBeRows(Batch found, Batch all, int first)
    {
        Batch expected = all.Take([.. Enumerable.Range(first, found.Rows)]);
        foreach (Column column in expected.Columns)
        {
            found[column.Spec.Name].Spec.ShouldBe(column.Spec);
            found[column.Spec.Name].Rows.ShouldBe(column.Rows);
            found[column.Spec.Name].Bytes.SequenceEqual(column.Bytes).ShouldBeTrue(column.Spec.Name);
        }
    }
}
