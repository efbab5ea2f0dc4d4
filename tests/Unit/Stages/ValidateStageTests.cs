using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Hdf5IO;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class ValidateStageTests : IDisposable
{
    private readonly StageBench _bench = new();
    private readonly SamplingFlow _flow = new("shuffle_merge: { groups: { all: { datasets: [DY], types: [tau, jet] } }, tau_ratio: { tau: 1, jet: 1 } }\nvalidate: { chunks: 2 }");

    public void Dispose() => _bench.Dispose();

    [Hdf5Fact]
    public void An_event_that_is_trained_on_and_tested_stops_the_chain_and_its_numbers_stay()
    {
        PutMixed(alternating: true);
        PutApplied("test", "DY", firstEvent: 399); // the last train event

        _bench.Run(Step("measure"));

        _bench.Get(ValidateStage.Validation(_flow.Training)).Leaks.ShouldBe([new Leak("train", "test", 0, 1, 1, 399)]);
        Should.Throw<StepFailed>(() => _bench.Run(Step("gate"))).Message.ShouldContain("event 399");
    }

    [Hdf5Fact]
    public void The_same_events_of_another_dataset_pass()
    {
        PutMixed(alternating: true);
        PutApplied("test", "QCD", firstEvent: 399);

        _bench.Run(Step("measure"));
        _bench.Run(Step("gate"));

        _bench.Get(ValidateStage.Passed(_flow.Training)).ShouldBe(new PassedFile());
    }

    [Hdf5Fact]
    public void Rows_in_order_of_their_type_stop_the_chain()
    {
        PutMixed(alternating: false);

        _bench.Run(Step("measure"));

        Should.Throw<StepFailed>(() => _bench.Run(Step("gate"))).Message.ShouldContain("tau_type");
    }

    private Step Step(string key) => _flow.Validate.Steps().Single(step => step.Key == key);

    // Train events 0 to 399, validation from 1000; nothing is applied to unless a test says so.
    private void PutMixed(bool alternating)
    {
        foreach ((string sample, ulong first) in new[] { (SplitSettings.Train, 0ul), (SplitSettings.Validation, 1000ul) })
        {
            TauClass[] types = [.. Enumerable.Range(0, 400).Select(i => (alternating ? i % 2 == 0 : i < 200) ? StandardClasses.Tau : StandardClasses.Jet)];
            _bench.Put(_flow.Mix.Mixed.Of(_flow.Training, sample).Single(), ShardRows.Of(types, first).With(ScoredBatch.Constant(CandidateColumns.Dataset, 0, 400)));
        }
        foreach (PartShard shard in _flow.Training.Apply.SelectMany(_flow.Split.Shards.Part)) _bench.Put(shard.Shard, ShardRows.Of([]));
    }

    private void PutApplied(string part, string dataset, ulong firstEvent) =>
        _bench.Put(_flow.Split.Shards.Part(part).Single(shard => shard.Dataset.Name == dataset).Shard, ShardRows.Of([StandardClasses.Tau], firstEvent));
}
