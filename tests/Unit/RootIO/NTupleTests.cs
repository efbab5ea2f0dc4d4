using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>What JSROOT does not read of RNTuples, from what the public files are known to hold; and the reader's own promises.</summary>
public sealed class NTupleTests : IDisposable
{
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [SharedRootFilesFact]
    public void Several_cluster_groups_are_one_sequence_of_entries()
    {
        using RootFile file = RootFile.Open(NTuples.File("test_multiple_cluster_groups"));
        RNTuple tuple = file.NTuple("ntuple");

        tuple.Clusters.ShouldBe(12);
        NTuples.Whole(tuple, "one").Values<int>().ToArray().ShouldBe(Enumerable.Range(0, 1000));
        NTuples.Whole(tuple, "int_vector").Lists().ShouldBe(Enumerable.Range(0, 1000).Select(i => $"[{i},{i + 1}]"));
    }

    [SharedRootFilesFact]
    public void A_hundred_million_entries_are_read_in_batches_across_their_clusters()
    {
        using RootFile file = RootFile.Open(NTuples.File("test_int_multicluster"));
        RNTuple tuple = file.NTuple("ntuple");

        tuple.Entries.ShouldBe(100_000_000);
        NTuples.Range(tuple, "one_integers", 49_999_998, 50_000_002).Values<short>().ToArray().ShouldBe([(short)2, 2, 1, 1]);
    }

    [SharedRootFilesFact]
    public void Projected_fields_show_the_columns_of_their_collection_and_its_sizes()
    {
        using RootFile file = RootFile.Open(NTuples.File("Run2012BC"));
        RNTuple events = file.NTuple("Events");

        RootColumn projected = NTuples.Whole(events, "Muon_pt"), source = NTuples.Whole(events, "_collection0.Muon_pt");
        uint[] sizes = NTuples.Whole(events, "nMuon").Values<uint>().ToArray();

        // The first event of this CMS open data set: two muons.
        projected.Values<float>()[..2].ToArray().ShouldBe([10.763697f, 15.736523f]);
        projected.Bytes.SequenceEqual(source.Bytes).ShouldBeTrue();
        projected.Offsets(0).SequenceEqual(source.Offsets(0)).ShouldBeTrue();
        sizes.Select(size => (int)size).ShouldBe(projected.Offsets(0).ToArray().Zip(projected.Offsets(0)[1..].ToArray(), (a, b) => b - a));
    }

    [SharedRootFilesFact]
    public void Every_projected_field_of_a_NanoAOD_file_equals_its_source()
    {
        using RootFile file = RootFile.Open(NTuples.File("cmsopendata2015"));
        RNTuple events = file.NTuple("Events");
        var sources = events.Columns.Where(column => column.Name.StartsWith("_collection", StringComparison.Ordinal))
            .ToDictionary(column => column.Name[(column.Name.IndexOf('.') + 1)..]);
        int compared = 0;

        foreach (RNTupleColumn column in events.Columns.Where(column => sources.ContainsKey(column.Name)))
        {
            RootColumn projected = NTuples.Whole(events, column.Name), source = NTuples.Whole(events, sources[column.Name].Name);
            projected.Bytes.SequenceEqual(source.Bytes).ShouldBeTrue(column.Name);
            projected.Offsets(0).SequenceEqual(source.Offsets(0)).ShouldBeTrue(column.Name);
            compared++;
        }

        compared.ShouldBeGreaterThan(300);
    }

    [SharedRootFilesFact]
    public void Thirty_two_bit_steps_lie_within_a_step_of_the_coarser_columns()
    {
        using RootFile file = RootFile.Open(NTuples.File("test_float_types"));
        RNTuple tuple = file.NTuple("ntuple");

        double[] fine = Doubles("quant32"), coarse = Doubles("quant24");

        const double range = 5, step = range / (1 << 24);
        for (int i = 0; i < fine.Length; i++) fine[i].ShouldBe(coarse[i], step);
        double[] Doubles(string column) => [.. NTuples.Whole(tuple, column).Values<float>().ToArray().Select(value => (double)value)];
    }

    [SharedRootFilesFact]
    public void Ranges_and_batches_of_any_size_give_the_same_entries_as_one_read()
    {
        foreach (string path in new[] { "test_index_multicluster", "test_multiple_cluster_groups", "ntpl001_staff_rntuple_v1-0-1-0" })
        {
            using RootFile file = RootFile.Open(NTuples.File(path));
            RNTuple tuple = file.NTuple(NTuples.KeyOf(file).Path);
            foreach (RNTupleColumn column in tuple.Columns)
            {
                string[] whole = NTuples.Whole(tuple, column.Name).Lists();
                foreach (int batch in new[] { 1, 7, 64, 1000 })
                {
                    var options = new RootReadOptions { FirstEntry = 3, LastEntry = 190, BatchEntries = batch, Parallelism = 2 };
                    tuple.Read([column, column], options).SelectMany(one => one.Columns[1].Lists()).ShouldBe(whole[3..190], column.Name);
                }
            }
        }
    }

    [SharedRootFilesFact]
    public void Sizes_of_all_columns_come_from_one_walk_over_the_page_lists()
    {
        using RootFile file = RootFile.Open(NTuples.File("test_multiple_cluster_groups"));
        RNTuple tuple = file.NTuple("ntuple");

        (long storedOne, long unpackedOne) = tuple.SizeOf(tuple.Column("one"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        (long storedTwo, long unpackedTwo) = tuple.SizeOf(tuple.Column("int_vector"));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        (unpackedOne, unpackedTwo).ShouldBe((1000 * sizeof(int), 2000 * sizeof(short))); // a number, and two short ones, an entry
        storedOne.ShouldBeInRange(1, unpackedOne);
        storedTwo.ShouldBeInRange(1, unpackedTwo);
        allocated.ShouldBeLessThan(1024); // no page list is in that
    }

    [SharedRootFilesFact]
    public void A_missing_column_names_the_nearest_and_a_tree_is_not_taken_for_an_RNTuple()
    {
        using RootFile file = RootFile.Open(NTuples.File("ntpl001_staff_rntuple_v1-0-0-0"));

        Should.Throw<StepFailed>(() => file.NTuple("Staff").Column("Natin")).Text.Facts[1].Value.ShouldStartWith("Nation");
        Should.Throw<StepFailed>(() => file.Tree("Staff")).Text.Title.ShouldBe("'Staff' is not a tree");
    }

    [SharedRootFilesFact]
    public void Reading_stops_when_it_is_cancelled_and_tells_its_progress()
    {
        using RootFile file = RootFile.Open(NTuples.File("test_int_5e4"));
        using var source = new CancellationTokenSource();
        var told = new Told();

        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (
                RootBatch batch in file.NTuple("ntuple")
                    .Read(
                        ["one_integers"],
                        new RootReadOptions
                        {
                            BatchEntries = 1000,
                            Cancellation = source.Token,
                            Progress = told,
                        }))
                if (batch.FirstEntry == 3000) source.Cancel();
        });

        told.Values.ShouldBe([1000, 2000, 3000, 4000]);
    }

    [SharedRootFilesFact]
    public void A_changed_byte_in_a_page_or_in_the_description_is_found_by_its_checksum()
    {
        byte[] whole = File.ReadAllBytes(NTuples.File("ntpl001_staff_rntuple_v1-0-0-0"));
        string path = _files.Path("changed.root");
        int refused = 0;

        for (int at = 400; at < whole.Length - 3000; at += 997)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            File.WriteAllBytes(path, changed);
            try { ReadAll(path, threads: 1 + at % 3); }
            catch (StepFailed failed)
                when (failed.Text.Facts.Any(fact => fact.Label == "expected" && fact.Value.Contains("XXH3", StringComparison.Ordinal)))
            {
                refused++;
            }
        }

        // All but the keys of the blobs, which nobody reads, is under a checksum.
        refused.ShouldBeGreaterThan((whole.Length - 3400) / 997 - 4);
    }

    private static void ReadAll(string path, int threads)
    {
        using RootFile file = RootFile.Open(path);
        RNTuple tuple = file.NTuple(NTuples.KeyOf(file).Path);
        foreach (RootBatch batch in tuple.Read(tuple.Columns, new RootReadOptions { Parallelism = threads }))
            batch.Columns.Count.ShouldBe(tuple.Columns.Count);
    }
}
