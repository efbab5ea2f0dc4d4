using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>What Split writes beside its shards: chunks of a number of rows, and what components there are.</summary>
public sealed class SplitProductsTests : IDisposable
{
    private const string Mixing = "shuffle_merge: { groups: { all: { datasets: [DY], types: [tau] } }, tau_ratio: { tau: 1 } }\n";

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(10, new long[] { 10, 10, 5 })]
    [InlineData(25, new long[] { 25 })]
    [InlineData(5, new long[] { 5, 5, 5, 5, 5 })]
    [InlineData(1000, new long[] { 25 })]
    public void Chunks_have_exactly_so_many_rows_across_files_and_none_is_lost(int rows, long[] expected)
    {
        SamplingFlow flow = Flow($"split: {{ chunk_rows: {rows} }}", 12, 0, 13);

        _bench.Run(flow.Split.Steps().Single(step => step.Key == "test/DY/chunks"));

        string folder = _bench.At(SplitChunks("test"));
        Batch[] chunks = [.. Directory.GetFiles(folder, "*.h5").Order(StringComparer.Ordinal).Select(file => ReadRows(file))];
        chunks.Select(chunk => (long)chunk.Rows).ShouldBe(expected);
        chunks.SelectMany(chunk => chunk.Flat<ulong>(CandidateColumns.Evt).ToArray())
            .ShouldBe(Enumerable.Range(0, 25).Select(i => (ulong)i));
        string[] index = File.ReadAllLines(Path.Combine(folder, "index.csv"));
        index[0].ShouldBe("file,first_row,rows");
        index[^1].ShouldBe($"{expected.Length - 1:D5}.h5,{25 - expected[^1]},{expected[^1]}");
    }

    [Fact]
    public void A_part_without_rows_has_no_chunk()
    {
        SamplingFlow flow = Flow("split: { chunk_rows: 10 }", 0, 0, 0);

        _bench.Run(flow.Split.Steps().Single(step => step.Key == "test/DY/chunks"));

        Directory.GetFiles(_bench.At(SplitChunks("test"))).Select(Path.GetFileName).ShouldBe(["index.csv"]);
    }

    // atlas-upp-and-balanced-batches 3.6: the counts of the reference sample, part by part and class by class, as UPP wrote them.
    [SharedDataFact]
    public void Components_are_those_that_umami_preprocessing_counted()
    {
        using var flow = new UppFlow("upp-reweight.yaml", UppFlow.Ntuples);

        flow.Run("Ingest", "Split");

        ForeignNode ours = Yaml(flow.Bench.At(new Artifact<TextFile>("split/components.yaml")));
        ForeignNode theirs = Yaml(SharedData.At("upp", "split-components", "organised-components.yaml"));
        foreach ((string part, string their) in new[] { ("train", "train"), ("validation", "val"), ("test", "test") })
            foreach (string name in new[] { "bjets", "cjets", "ujets", "taujets" })
                Node(ours, "num_jets", part, name).Text.ShouldBe(Node(theirs, "num_jets", their, name).Text, $"{part} {name}");
        // each is in as many files as there are input files with rows of it: three
        Node(ours, "files", "train", "taujets").Items.Count.ShouldBe(3);
    }

    private static Artifact SplitChunks(string part) => Artifact.Folder($"split/chunks/{part}/DY");

    private static ForeignNode Yaml(string file) => ForeignFile.Load(file).Root!;

    private static ForeignNode Node(ForeignNode node, params string[] path) => path.Aggregate(node, (inner, key) => inner.Need(key));

    private static Batch ReadRows(string file)
    {
        using TupleShardReader reader = TupleShardReader.Open(new ProductInput(file));
        return reader.Read(0, (int)reader.Rows);
    }

    // Test shards of so many taus.
    private SamplingFlow Flow(string split, params int[] files)
    {
        var flow = new SamplingFlow(Mixing + split, files.Length, Campaigns.Dataset("DY"));
        ulong first = 0;
        foreach ((PartShard shard, int rows) in flow.Split.Shards.Part(SplitSettings.Test).Zip(files))
        {
            _bench.Put(shard.Shard, ShardRows.Of(SamplingFlow.TausAndJets(rows, 0), first));
            first += (ulong)rows;
        }
        return flow;
    }
}
