using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class GenerateStageTests : IDisposable
{
    private readonly StageBench _bench = new();
    private readonly ConfigBlock _root = Campaigns.Root(
        "datasets: { Gun: { generate: { process: TauGun, files: 2, events: 30 } }, Real: { inputs: [{ entry: a, location: /a.root }] } }");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Files_of_a_dataset_hold_events_of_their_own()
    {
        IReadOnlyList<Dataset> datasets = Dataset.ReadAll(_root);
        var stage = new GenerateStage(datasets, GenerateSettings.Read(_root.Block("generate")));

        IReadOnlyList<Step> steps = stage.Steps();
        foreach (Step step in steps) _bench.Run(step);

        steps.Select(step => step.Key).ShouldBe(["Gun/Gun_000", "Gun/Gun_001"]);
        HashSet<ulong> first = [.. Events(steps[0])], second = [.. Events(steps[1])];
        first.Count.ShouldBeInRange(20, 30); // a gun's tau is reconstructed more often than not
        first.Overlaps(second).ShouldBeFalse();
    }

    [Fact]
    public void Generated_files_are_ingested_and_a_quick_look_takes_the_first_entries()
    {
        IReadOnlyList<Dataset> datasets = [Dataset.ReadAll(_root)[0]];
        _bench.Run(new GenerateStage(datasets, GenerateSettings.Read(_root.Block("generate"))).Steps()[0]);
        Step whole = new IngestStage(datasets, IngestSettings.Read(_root.Block("ingest"), ClassSettings.Standard, [], null)).Steps()[0];
        Step look = new IngestStage(
            datasets,
            IngestSettings.Read(_root.Block("ingest"), ClassSettings.Standard, [], entryLimit: 5)).Steps()[0];

        RowLedger all = _bench.Run(whole).Rows, some = _bench.Run(look).Rows;

        some.Total(RowFate.In).ShouldBe(5);
        all.Total(RowFate.In).ShouldBeGreaterThan(20);
        look.Settings.Hash().ShouldNotBe(whole.Settings.Hash());
        _bench.Rows(look.Writes[0]).Flat<long>(CandidateColumns.Entry).ToArray().ShouldAllBe(entry => entry < 5);
    }

    [Fact]
    public void The_sum_of_weights_of_all_events_is_with_the_file_though_some_have_no_candidate()
    {
        IReadOnlyList<Dataset> datasets = [Dataset.ReadAll(_root)[0]];
        _bench.Run(new GenerateStage(datasets, GenerateSettings.Read(_root.Block("generate"))).Steps()[0]);
        Step ingest = new IngestStage(datasets, IngestSettings.Read(_root.Block("ingest"), ClassSettings.Standard, [], null)).Steps()[0];

        _bench.Run(ingest);

        // A gun's events weigh 1 each.
        _bench.Get((Artifact<GeneratedEvents>)ingest.Writes[1]).ShouldBe(new GeneratedEvents(30, 30, "tree 'summary'"));
    }

    // Two datasets of one name in two campaigns, so that they have the same seed.
    [Theory]
    [InlineData("isolation_scale", "tau_chargedIsoPtSum", 1.08)]
    [InlineData("impact_resolution", "tau_dxy_error", 1.1)]
    public void A_shift_of_one_dataset_moves_what_it_says_and_one_by_1_changes_no_byte(string key, string column, double factor)
    {
        Step plain = Step(""), same = Step($", {key}: 1"), shifted = Step(FormattableString.Invariant($", {key}: {factor}"));
        byte[] bytes = Bytes(plain);
        double[] before = Values(plain, column), tau = Values(plain, "tau_pt");

        same.Settings.Hash().ShouldBe(plain.Settings.Hash());
        shifted.Settings.Hash().ShouldNotBe(plain.Settings.Hash());
        Bytes(same).ShouldBe(bytes);
        Bytes(shifted).ShouldNotBe(bytes);
        double[] after = Values(shifted, column);
        before.Count(value => value > 0).ShouldBeGreaterThan(10);
        foreach ((double was, double now) in before.Zip(after).Where(pair => pair.First > 0)) now.ShouldBe(was * factor, 1e-5 * was);
        Values(shifted, "tau_pt").ShouldBe(tau);

        Step Step(string more)
        {
            ConfigBlock root = Campaigns.Root($"datasets: {{ QCD: {{ generate: {{ process: QCD_Pt15to1000, events: 60{more} }} }} }}");
            return new GenerateStage(Dataset.ReadAll(root), GenerateSettings.Read(root.Block("generate"))).Steps()[0];
        }

        byte[] Bytes(Step step)
        {
            _bench.Run(step);
            return File.ReadAllBytes(_bench.At(step.Writes[0]));
        }

        double[] Values(Step step, string name)
        {
            using RawFile raw = RawFile.Open(new ProductInput(_bench.At(step.Writes[0])));
            return [.. raw.Table("taus").Read(new RawSelection([name])).SelectMany(batch => batch[name].ToDoubles())];
        }
    }

    private ulong[] Events(Step step)
    {
        using RawFile raw = RawFile.Open(new ProductInput(_bench.At(step.Writes[0])));
        return
        [
            .. raw.Table("taus")
                .Read(new RawSelection(["evt"]) { BatchRows = 1000 })
                .SelectMany((Batch batch) => batch.Flat<ulong>("evt").ToArray()),
        ];
    }
}
