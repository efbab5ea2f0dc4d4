using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Unit.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>How many events were generated for a file's rows, and their weights: by the file, by another tree, or seen.</summary>
public sealed class GeneratedEventsTests : IDisposable
{
    private readonly IngestBench _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Theory]
    [InlineData("genEventSumw", "genEventCount")]
    [InlineData("genEventSumw_", "genEventCount_")]
    public void Events_without_a_candidate_are_among_the_generated_ones(string sum, string count)
    {
        // 1,000 events were generated, 200 of them with weight -1; two are stored, neither with a candidate.
        Artifact file = _ingest.NanoOf(
            "none.root",
            [0, 0, 0],
            rows => [new Column<float>("genWeight", new[] { 1f, -1f })],
            new Batch([new Column<double>(sum, new[] { 500.0, 100 }), new Column<long>(count, new[] { 800L, 200 })]));

        GeneratedEvents events = _ingest.Events("ingest: { layout: nano_aod }", file);

        events.ShouldBe(new GeneratedEvents(1000, 600, "tree 'Runs'"));
    }

    [Fact]
    public void Without_sums_of_its_own_a_file_has_those_of_the_events_seen_with_a_candidate_or_not()
    {
        Artifact file = _ingest.NanoOf("seen.root", [0, 0, 1], rows => [new Column<float>("genWeight", new[] { 3f, -1f })], null);

        GeneratedEvents events = _ingest.Events("ingest: { layout: nano_aod }", file);

        (events.Events, events.SumOfWeights).ShouldBe((2, 2.0));
        events.From.ShouldStartWith("the 2 events seen");
    }

    [Theory]
    [InlineData(2f, 2f, 100, 200.0, "tree 'summary', all events having the weight 2")]
    [InlineData(2f, -2f, 2, 0.0, "the 2 events seen: tree 'summary' has no sum of weights")]
    public void A_TauTuple_tells_how_many_events_there_were_and_its_weights_the_rest(
        float first,
        float second,
        long count,
        double sum,
        string from)
    {
        Batch rows = TauTupleRows.Of(new(30, 0.5f) { Jet = 1 }, new(40, 0.5f))
            .With(new Column<float>("genEventWeight", new[] { first, second }));
        var summary = new Batch([new Column<ulong>("numberOfProcessedEvents", new ulong[] { 60, 40 })]);

        _ingest.Events("ingest: { layout: tau_tuple }", _ingest.Tuple("tuple.root", rows, summary)).ShouldBe(new GeneratedEvents(count, sum, from));
    }

    [Fact]
    public void A_look_at_half_a_file_stands_for_half_its_events()
    {
        Artifact file = _ingest.NanoOf(
            "half.root",
            [0, 2, 3],
            _ => [],
            new Batch([new Column<double>("genEventSumw", new[] { 50.0 }), new Column<long>("genEventCount", new[] { 100L })]));
        IReadOnlyList<Step> steps = IngestBench.Steps("ingest: { layout: nano_aod }", 1, file);

        _ingest.RunAll(steps);

        _ingest.Stages.Get((Artifact<GeneratedEvents>)steps[1].Writes[1]).ShouldBe(new GeneratedEvents(50, 25, "tree 'Runs'"));
    }

    [Fact]
    public void Cross_section_luminosity_and_filter_efficiency_are_read_in_their_units_and_checked()
    {
        ProcessNormalisation? stated = Dataset
            .ReadAll(Campaigns.Root(Yaml("cross_section: 6.2 nb, luminosity: 59700 pb^-1, filter_efficiency: 25 %")))[0]
            .Normalisation;
        var bad = Campaigns.Root(Yaml("cross_section: 0 pb, luminosity: 3 GeV, filter_efficiency: 1.5"));
        var alone = Campaigns.Root(Yaml("luminosity: 59.7 fb^-1"));
        Dataset.ReadAll(bad);
        Dataset.ReadAll(alone);

        stated!.ExpectedEvents.ShouldBe(6200 * 59.7 * 1000 * 0.25, 1e-3);
        Campaigns.MistakesOf(bad).Length.ShouldBe(3);
        Campaigns.MistakesOf(alone).Single().ShouldContain("luminosity");

        static string Yaml(string keys) => $"datasets: {{ DY: {{ {keys}, generate: {{ process: DYToLL_M50, files: 1, events: 10 }} }} }}";
    }
}
