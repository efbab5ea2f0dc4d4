using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Candidates of simulation get a weight that gives them the pile-up of data.</summary>
public sealed class PileUpTests : IDisposable
{
    private const string Block = "ingest: { pile_up: { pile_up_weight: { data: data.root, simulation: '*mc.root' } } }\n";

    private readonly StageBench _bench = new();
    private readonly TempFolder _folder = new();

    public PileUpTests()
    {
        Profile("data.root", "pileup", 1, 3); // shares 0.25, 0.75
        Profile("mc.root", "pileup", 6, 2); // 0.75, 0.25
    }

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Simulation_is_weighed_by_its_pile_up_and_data_count_as_they_are()
    {
        Taus([(SampleType.Simulation, 5), (SampleType.Data, 5), (SampleType.Simulation, 15), (SampleType.Embedded, 99)]);
        Step step = StepOf(Block);

        _bench.Run(step);

        _bench.Rows(step.Writes[0]).Flat<float>("pile_up_weight").ToArray().ShouldBe([1 / 3f, 1, 3, 1]);
        step.Reads.Select(read => read.Artifact.Path).ShouldContain("ingest.pile_up.pile_up_weight/data/data.root");
    }

    // A row that is left out weighs nothing, whatever its pile-up; one that stays must be of the sample.
    [Theory]
    [InlineData("selection: 'tau_pt > 25', ", true)]
    [InlineData("", false)]
    public void Pile_up_that_the_sample_does_not_have_is_an_error_of_rows_that_stay(string selection, bool isFine)
    {
        Taus([(SampleType.Simulation, 25), (SampleType.Simulation, 5), (SampleType.Simulation, 5)], firstPt: 20);
        Step step = StepOf(Block.Replace("{ pile_up:", $"{{ {selection}pile_up:", StringComparison.Ordinal));

        if (isFine) _bench.Run(step);
        else Should.Throw<StepFailed>(() => _bench.Run(step)).Text.Title.ShouldContain("mc.root");
    }

    [Fact]
    public void Data_need_no_column_of_pile_up_and_simulation_does()
    {
        Taus([(SampleType.Data, null), (SampleType.Data, null)]);
        Step data = StepOf(Block);
        _bench.Run(data);
        _bench.Rows(data.Writes[0]).Flat<float>("pile_up_weight").ToArray().ShouldBe([1f, 1f]);

        Taus([(SampleType.Data, null), (SampleType.Simulation, null)]);
        StepFailed error = Should.Throw<StepFailed>(() => _bench.Run(StepOf(Block)));

        error.Text.Title.ShouldContain("no pile-up to make 'pile_up_weight' of");
        error.Text.Facts.ShouldContain(("needed", "npu"));
    }

    [Fact]
    public void A_histogram_goes_by_its_name_and_must_have_one_axis()
    {
        Taus([(SampleType.Simulation, 5)]);
        Profile("data.root", "pileup_up", 3, 1);
        string named = Block.Replace("data: data.root", "data: data.root, data_histogram: pileup_up", StringComparison.Ordinal);
        Step step = StepOf(named);
        _bench.Run(step);
        _bench.Rows(step.Writes[0]).Flat<float>("pile_up_weight").ToArray().ShouldBe([1f]);

        using (RootFileWriter file = RootFileWriter.Create(_folder.At("data.root"), RootCompression.None))
            file.Add(RootHistogram.Of("pileup", "", [new HistogramAxis(1, 0, 1), new HistogramAxis(1, 0, 1)], new double[9]));
        Should.Throw<StepFailed>(() => _bench.Run(StepOf(Block))).Text.Facts.ShouldBe([("found", "2 axes"), ("needed", "a TH1")]);
        Should.Throw<StepFailed>(() => _bench.Run(StepOf(named))).Message.ShouldContain("pileup_up");
    }

    [Fact]
    public void Mistakes_are_told_when_the_campaign_is_composed()
    {
        Profile("other-mc.root", "pileup", 1);
        CampaignFile campaign = Load(Block.Replace("data: data.root", "column: 'npu +', dat: x.root", StringComparison.Ordinal));

        IngestSettings.Read(campaign.Root.Block("ingest"), ClassSettings.Standard, [], null);
        string told = Should.Throw<Misuse>(campaign.Finish).Message;

        told.ShouldContain("has no key 'dat'");
        told.ShouldContain("'ingest.pile_up.pile_up_weight.data'");
        told.ShouldContain("npu +");
        told.ShouldContain("'ingest.pile_up.pile_up_weight.simulation'"); // a pattern that two files match
    }

    [Fact]
    public void What_the_weights_are_made_of_is_in_the_fingerprint()
    {
        Taus([(SampleType.Simulation, 5)]);
        ContentHash[] used =
        [
            .. new[] { Block, Block.Replace("data: data.root", "data: data.root, outside: zero", StringComparison.Ordinal), "ingest: {}\n" }
                .Select(block => StepOf(block).Settings.Hash()),
        ];

        used.Distinct().Count().ShouldBe(3);
    }

    private Step StepOf(string block)
    {
        CampaignFile campaign = Load(block);
        IngestSettings settings = IngestSettings.Read(campaign.Root.Block("ingest"), ClassSettings.Standard, [], null);
        IReadOnlyList<Step> steps = new IngestStage(Dataset.ReadAll(campaign.Root), settings).Steps();
        foreach (Step first in steps.SkipLast(1)) _bench.Run(first);
        return steps[^1];
    }

    private CampaignFile Load(string block)
    {
        File.WriteAllText(_folder.At("campaign.yaml"), $"datasets: {{ mixed: {{ files: taus.root }} }}\n{block}");
        return CampaignFile.Load(_folder.At("campaign.yaml"), [], []);
    }

    private void Profile(string name, string histogram, params double[] bins)
    {
        using RootFileWriter file = RootFileWriter.Create(_folder.At(name), RootCompression.None);
        file.Add(RootHistogram.Of(histogram, "", [new HistogramAxis(bins.Length, 0, 10 * bins.Length)], (double[])[7, .. bins, 7]));
    }

    private void Taus((SampleType Sample, float? PileUp)[] events, float firstPt = 30)
    {
        Batch rows = TauTupleRows.Of(
            [.. events.Select((one, row) => new TauTupleRow(row == 0 ? firstPt : 30, 0) { Jet = 1, Sample = one.Sample })]);
        if (events[0].PileUp is not null) rows = rows.With(new Column<float>("npu", events.Select(one => one.PileUp!.Value).ToArray()));
        using RootFileWriter file = RootFileWriter.Create(_folder.At("taus.root"), RootCompression.None);
        file.Tree("taus", rows.Schema).Append(rows);
    }
}
