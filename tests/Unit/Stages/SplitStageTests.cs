using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Hdf5IO;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class SplitStageTests : IDisposable
{
    private readonly StageBench _bench = new();
    private readonly SplitStage _split = new SamplingFlow("shuffle_merge: { groups: { all: { datasets: [DY, QCD], types: [tau, jet] } }, tau_ratio: { tau: 1, jet: 1 } }").Split;

    public void Dispose() => _bench.Dispose();

    [Hdf5Fact]
    public void Every_candidate_is_in_one_part_or_a_duplicate()
    {
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(300, 100));
        Batch twice = rows.Take([.. Enumerable.Range(0, 400), 7, 399]); // two rows come again at the end
        _bench.Put(Artifact.Product("ingest/DY.h5"), twice);

        _bench.Run(Step("DY/duplicates"));
        StepRun run = _bench.Run(Step("DY/a"));

        _bench.Get(new Artifact<RowList>("split/duplicates/DY/a.json")).Rows.ShouldBe([400L, 401L]);
        run.Rows.Lines.Where(line => line.Fate == RowFate.Dropped).ShouldBe([new(RowFate.Dropped, "duplicate candidate", "jet", 1, 1), new(RowFate.Dropped, "duplicate candidate", "tau", 1, 1)]);
        ulong[] events = [.. _split.Shards.Files[0].Parts.Values.SelectMany(part => _bench.Rows(part).Flat<ulong>(CandidateColumns.Evt).ToArray())];
        events.Order().ShouldBe(Enumerable.Range(0, 400).Select(i => (ulong)i));
        _split.Shards.Files[0].Parts.Values.ShouldAllBe(part => _bench.Rows(part).Rows > 0);
    }

    private Step Step(string key) => _split.Steps().Single(step => step.Key == key);
}
