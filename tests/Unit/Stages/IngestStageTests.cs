using System.Buffers.Binary;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Physics;
using TauPipeline.Tests.Unit.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class IngestStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_ROOT_file_becomes_a_shard_that_says_what_it_lacks()
    {
        Artifact raw = Artifact.Product("a.root");
        using (RootFileWriter file = RootFileWriter.Create(_bench.At(raw), RootCompression.Zstd, "test"))
            file.Tree("taus", TauTupleRows.Of().Schema)
                .Append(TauTupleRows.Of(new(30, 0.5f) { Jet = 1 }, new(40, 0.5f), new(50, 0.5f) { Jet = 1 }));
        IngestSettings settings = IngestSettings.Read(
            Campaigns.Root("ingest: { columns: { twice: 2 * tau_pt, heavy: tau_mass }, optional: tau_mass }").Block("ingest"),
            ClassSettings.Standard,
            [],
            null);
        Step step = StepFor(settings, raw);

        StepRun run = _bench.Run(step);

        using TupleShardReader shard = TupleShardReader.Open(new ProductInput(_bench.At(step.Writes[0])));
        Batch rows = shard.Read(0, 2);
        shard.Rows.ShouldBe(2);
        shard.Attributes["missing_columns"].ShouldBe("heavy");
        rows.Flat<float>("twice").ToArray().ShouldBe([60f, 100f]);
        rows.Flat<long>(CandidateColumns.Entry).ToArray().ShouldBe([0L, 2L]);
        run.Rows.Total(RowFate.Dropped).ShouldBe(1);
    }

    // The header's end (guide section 1.1) says more than the file has.
    [Fact]
    public void What_a_user_should_know_of_a_raw_file_is_told_while_it_is_read()
    {
        Artifact raw = Artifact.Product("a.root");
        using (RootFileWriter file = RootFileWriter.Create(_bench.At(raw), RootCompression.None, "test"))
            file.Tree("taus", TauTupleRows.Of().Schema).Append(TauTupleRows.Of(new TauTupleRow(30, 0.5f) { Jet = 1 }));
        byte[] bytes = File.ReadAllBytes(_bench.At(raw));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), bytes.Length + 100);
        File.WriteAllBytes(_bench.At(raw), bytes);
        IngestSettings settings = IngestSettings.Read(Campaigns.Root("ingest: {}").Block("ingest"), ClassSettings.Standard, [], null);

        StepRun run = _bench.Run(StepFor(settings, raw));

        _bench.Warnings.ShouldHaveSingleItem().ShouldContain("is truncated at");
        run.Rows.Total(RowFate.Out).ShouldBe(1);
    }

    [SharedRootFilesFact]
    public void NanoAOD_as_RNTuple_gives_the_shard_of_the_tree_it_stands_for()
    {
        IngestSettings settings = IngestSettings.Read(
            Campaigns.Root(
                    "ingest: { layout: nano_aod, columns: { mass: Tau_mass }, keep: ['Tau_.*', 'matchedJet_(pt|genJetIdx)'], optional: [all] }"
                )
                .Block("ingest"),
            ClassSettings.Standard,
            [],
            null);
        string tuple = SharedRootFiles.Path("rntuple", "cmsopendata2015_ttbar_19980_NANOAOD_RNTupleImporter_rntuple_v1-0-0-1.root");

        Step fromTuple = StepFor(settings, Artifact.Raw("events", new RawSource(tuple, null, null, "")));
        StepRun run = _bench.Run(fromTuple);
        byte[] ofTuple = File.ReadAllBytes(_bench.At(fromTuple.Writes[0]));
        Step fromTree = StepFor(settings, Artifact.Raw("events", new RawSource(AsTree(tuple), null, null, "")));
        _bench.Run(fromTree);

        File.ReadAllBytes(_bench.At(fromTree.Writes[0])).ShouldBe(ofTuple);
        // Seven candidates in ten events, as JSROOT counts them.
        run.Rows.Total(RowFate.In).ShouldBe(7);
    }

    [Fact]
    public void The_rows_of_a_group_of_an_HDF5_file_are_ingested_like_those_of_a_tree()
    {
        Batch rows = TauTupleRows.Of(new(30, 0.5f) { Jet = 1 }, new(40, 0.5f), new(50, 0.5f) { Jet = 1 });
        IngestSettings settings = IngestSettings.Read(
            Campaigns.Root("ingest: { columns: { twice: 2 * tau_pt } }").Block("ingest"),
            ClassSettings.Standard,
            [],
            null);
        Artifact tree = Artifact.Product("raw/a.root"), group = Artifact.Product("raw/a.h5");
        using (RootFileWriter file = RootFileWriter.Create(_bench.At(tree), RootCompression.Zstd, "test"))
            file.Tree("taus", rows.Schema).Append(rows);
        using (TupleShardWriter file = TupleShardWriter.Create(new ProductOutput(_bench.At(group))))
        {
            file.Begin(rows.Schema, new Dictionary<string, string>());
            file.Append(rows);
        }

        Batch[] made =
        [
            .. new[] { tree, group }
                .Select(raw => StepFor(settings, raw))
                .Select(step =>
                {
                    _bench.Run(step);
                    return _bench.Rows(step.Writes[0]);
                }),
        ];

        made[0].Rows.ShouldBe(2);
        made[1].Schema.Columns.ShouldBe(made[0].Schema.Columns);
        foreach ((Column ofGroup, Column ofTree) in made[1].Columns.Zip(made[0].Columns))
            ofGroup.Bytes.SequenceEqual(ofTree.Bytes).ShouldBeTrue(ofTree.Spec.Name);
    }

    // More than two batches, which are read into the same memory one after the other.
    [Fact]
    public void Every_batch_of_a_file_is_ingested_and_threads_change_nothing()
    {
        float[] pt = [.. Enumerable.Range(0, 600).Select(i => 20 + i * 0.25f)];
        Artifact raw = Artifact.Product("a.root");
        using (RootFileWriter file = RootFileWriter.Create(_bench.At(raw), RootCompression.Zstd, "test"))
            file.Tree("taus", TauTupleRows.Of().Schema, new TreeOptions { BasketBytes = 600 })
                .Append(TauTupleRows.Of([.. pt.Select(one => new TauTupleRow(one, 0.5f) { Jet = 1 })]));

        byte[][] shards = [.. new[] { 1, 3 }.Select(threads =>
        {
            Step step = StepFor(Settings($"ingest: {{ columns: {{ twice: 2 * tau_pt }}, threads: {threads} }}"), raw);
            _bench.Run(step);
            step.Needs.Cpu.ShouldBe(threads);
            _bench.Rows(step.Writes[0]).Flat<float>("twice").ToArray().ShouldBe(pt.Select(one => 2 * one));
            return File.ReadAllBytes(_bench.At(step.Writes[0]));
        })];

        shards[1].ShouldBe(shards[0]);
    }

    private static IngestSettings Settings(string yaml) =>
        IngestSettings.Read(Campaigns.Root(yaml).Block("ingest"), ClassSettings.Standard, [], null);

    // The step of a file, once the columns of its campaign are known.
    private Step StepFor(IngestSettings settings, Artifact raw)
    {
        IReadOnlyList<Step> steps = new IngestStage(
            [new Dataset("DY", 0, DatasetUse.Both, null, [new RawEntry("a", raw)])],
            settings).Steps();
        _bench.Run(steps[0]);
        return steps[1];
    }

    // The columns that the layout can ask for, written as a tree.
    private string AsTree(string tuple)
    {
        using RawFile raw = RawFile.Open(new ProductInput(tuple));
        IRawTable events = raw.Table("Events");
        Batch[] batches =
        [
            .. events.Read(
                new RawSelection([
                    .. events.Schema.Columns.Where(column => column.Table is null or "Tau" or "Jet")
                        .Select(column => column.Name)
                        .Where(name => !name.Contains('.', StringComparison.Ordinal) && !IsCount(name)),
                ])),
        ];
        string path = _bench.At(Artifact.Product("tree.root"));
        using RootFileWriter file = RootFileWriter.Create(path, RootCompression.Zstd, "test");
        RootTreeWriter tree = file.Tree("Events", batches[0].Schema);
        foreach (Batch batch in batches) tree.Append(batch);
        return path;
    }

    // The writer makes the counts of lists itself.
    private static bool IsCount(string name) => name is "nTau" or "nJet";
}
