using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class SplitStageTests : IDisposable
{
    private readonly StageBench _bench = new();
    private const string Yaml = "shuffle_merge: { groups: { all: { datasets: [DY], types: [tau, jet] } }, tau_ratio: { tau: 1, jet: 1 } }";

    private readonly SplitStage _split = new SamplingFlow(Yaml).Split;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_candidate_is_in_one_part_or_a_duplicate()
    {
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(300, 100)).WithKinematics();
        Batch twice = rows.Take([.. Enumerable.Range(0, 400), 7, 399]); // two rows come again at the end
        _bench.Put(Artifact.Product("ingest/DY.h5"), twice);

        _bench.Put(new Artifact<PassedFile>("split/contents.json"), new PassedFile());
        _bench.Run(Step("DY/duplicates"));
        StepRun run = _bench.Run(Step("DY/a"));

        _bench.Get(new Artifact<RowList>("split/duplicates/DY/a.json")).Rows.ShouldBe([400L, 401L]);
        run.Rows.Lines.Where(line => line.Fate == RowFate.Dropped)
            .ShouldBe([new(RowFate.Dropped, "duplicate candidate", "jet", 1, 1), new(RowFate.Dropped, "duplicate candidate", "tau", 1, 1)]);
        ulong[] events =
        [
            .. _split.Shards.Files[0].Parts.Values.SelectMany(part => _bench.Rows(part).Flat<ulong>(CandidateColumns.Evt).ToArray()),
        ];
        events.Order().ShouldBe(Enumerable.Range(0, 400).Select(i => (ulong)i));
        _split.Shards.Files[0].Parts.Values.ShouldAllBe(part => _bench.Rows(part).Rows > 0);
    }

    [Fact]
    public void An_event_is_in_one_part_of_all_datasets_that_hold_it() => Shared(DatasetUse.Both, DatasetUse.Evaluate);

    [Fact]
    public void An_event_is_left_out_where_its_part_is_not_the_datasets() => Shared(DatasetUse.Train, DatasetUse.Evaluate).ShouldBe(400);

    // Two reconstructions of 400 events: how many candidates were left out in favour of the other dataset.
    private double Shared(DatasetUse one, DatasetUse other)
    {
        var flow = new SamplingFlow(
            Yaml,
            Campaigns.Dataset("DY", 0, one) with
            {
                SameEvents = "Z",
            },
            Campaigns.Dataset("QCD", 1, other) with
            {
                SameEvents = "Z",
            });
        _bench.Put(flow.Files[0].Shard, ShardRows.Of(SamplingFlow.TausAndJets(300, 100)).WithKinematics());
        _bench.Put(flow.Files[1].Shard, ShardRows.Of(SamplingFlow.TausAndJets(100, 300), pt: _ => 40).WithKinematics());
        PutRaw(flow, "one", "other");

        StepRun[] runs = [.. flow.Split.Steps().Select(_bench.Run)];

        (ulong Evt, string Part)[] places =
        [
            .. from file in flow.Split.Shards.Files
               from part in file.Parts
               from evt in _bench.Rows(part.Value).Flat<ulong>(CandidateColumns.Evt).ToArray()
               select (evt, part.Key),
        ];
        places.Distinct().Count().ShouldBe(places.Select(place => place.Evt).Distinct().Count());
        return runs.Sum(run => run.Rows.Lines.Where(line => line.Fate == RowFate.Dropped).Sum(line => line.Rows));
    }

    [Fact]
    public void Equal_files_in_two_datasets_stop_the_first_step_that_knows_both()
    {
        var flow = new SamplingFlow(Yaml);
        PutRaw(flow, "the same bytes", "the same bytes");
        foreach (IngestedFile file in flow.Files) _bench.Put(file.Shard, ShardRows.Of(SamplingFlow.TausAndJets(1, 0)));

        string message = Should.Throw<StepFailed>(() => _bench.Run(flow.Split.Steps().Single(step => step.Key == "contents"))).Message;

        message.ShouldContain("datasets 'DY' and 'QCD' hold the same file");
        message.ShouldContain("raw/DY");
        message.ShouldContain("raw/QCD");
        // sha256 of the text, by coreutils
        message.ShouldContain("7d95d9eeb9c191ad25da1c2014f6985c9a3094bf5065029ea0a79767f0522ce6");
        foreach (string dataset in new[] { "DY", "QCD" })
            flow.Split.Steps()
                .Single(step => step.Key == $"{dataset}/duplicates")
                .Reads.ShouldContain(read => read.Artifact.Path == "split/contents.json");
    }

    [Fact]
    public void Equal_files_without_a_candidate_leak_nothing_and_pass()
    {
        var flow = new SamplingFlow(Yaml);
        PutRaw(flow, "the same bytes", "the same bytes");
        foreach (IngestedFile file in flow.Files) _bench.Put(file.Shard, ShardRows.Of([]));

        _bench.Run(flow.Split.Steps().Single(step => step.Key == "contents"));
    }

    private void PutRaw(SamplingFlow flow, params string[] contents)
    {
        foreach ((IngestedFile file, string content) in flow.Files.Zip(contents)) File.WriteAllText(_bench.At(file.Raw), content);
    }

    private Step Step(string key) => _split.Steps().Single(step => step.Key == key);
}
