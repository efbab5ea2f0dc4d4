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

/// <summary>Split by the campaign's rules, and regions of phase space, as UPP's split-components.</summary>
public sealed class SplitRulesTests : IDisposable
{
    private const string Parts = "parts: { train: evt % 10 <= 7, validation: evt % 10 == 8, test: evt % 10 == 9 }";

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Event_numbers_say_the_part()
    {
        RowLedger ledger = Split(Parts);

        Events("train").ShouldAllBe(evt => evt % 10 <= 7);
        Events("validation").ShouldBe([8ul, 18, 28, 38]);
        Events("test").ShouldBe([9ul, 19, 29, 39]);
        ledger.Total(RowFate.Dropped).ShouldBe(0);
    }

    [Fact]
    public void There_is_a_part_to_calibrate_with_only_where_a_rule_gives_one()
    {
        SplitSettings three = Settings(Parts), four = Settings(Parts.Replace("test: evt", "calibration: evt % 10 == 11, test: evt"));

        three.CalibrationParts.ShouldBeEmpty();
        three.Trainings.Single().Apply.ShouldBe(["test"]);
        four.CalibrationParts.ShouldBe(["calibration"]);
    }

    [Fact]
    public void Rows_of_no_part_are_in_the_ledger() =>
        Split(Parts.Replace("evt % 10 <= 7", "evt % 10 <= 5")).Lines
            .ShouldContain(new LedgerLine(RowFate.Dropped, "in no part of the split", "jet", 4, 4));

    [Fact]
    public void Rows_lie_in_a_region_of_their_dataset_in_the_parts_that_ask_for_one()
    {
        RowLedger ledger = Split(Parts
            + ", regions: { low: { datasets: [DY], selection: tau_pt < 40, parts: [train] }"
            + ", other: { datasets: [QCD], selection: tau_pt > 0, parts: [train] }"
            + ", high: { datasets: [DY], selection: tau_pt > 60, parts: [train] } }");

        Batch train = Rows("train");
        ReadOnlySpan<float> pt = train.Flat<float>(CandidateColumns.Pt);
        for (int row = 0; row < train.Rows; row++)
            train.Flat<int>(CandidateColumns.Region)[row].ShouldBe(pt[row] < 40 ? 0 : 2);
        train.Rows.ShouldBe(16); // pt is 30, 50, 70, 50
        Rows("test").Flat<int>(CandidateColumns.Region).ToArray().ShouldBe([-1, -1, -1, -1]);
        ledger.Lines.Where(line => line.Reason == "in no region of its dataset").Sum(line => line.Rows).ShouldBe(16);
    }

    [Fact]
    public void A_row_of_two_regions_is_an_error() =>
        Should.Throw<StepFailed>(() => Split(
            Parts + ", regions: { low: { selection: tau_pt < 60 }, all: { selection: tau_pt > 0 } }")).Text.Title
            .ShouldBe("a row belongs to two: region 'low' and 'all'");

    [Theory]
    [InlineData("parts: { train: evt == 1, validation: evt == 2 }", "test")]
    [InlineData("parts: { train: evt == 1, validation: evt == 2, test: evt == 3, tset: evt == 4 }", "tset")]
    [InlineData("regions: { low: { datasets: [DYY], selection: tau_pt > 1 } }", "DYY")]
    [InlineData("regions: { low: { selection: tau_pt >, parts: [train] } }", "tau_pt >")]
    public void What_is_wrong_is_told(string split, string named)
    {
        ConfigBlock root = Campaigns.Root($"split: {{ {split} }}");

        SplitSettings.Read(root.Block("split"), [Campaigns.Dataset("DY")]);

        root.Mistakes.Found.Select(mistake => mistake.ToString()).ShouldContain(text => text.Contains(named, StringComparison.Ordinal));
    }

    private static SplitSettings Settings(string split)
    {
        ConfigBlock root = Campaigns.Root($"split: {{ {split} }}");
        SplitSettings settings = SplitSettings.Read(root.Block("split"), [Campaigns.Dataset("DY"), Campaigns.Dataset("QCD")]);
        root.Mistakes.ThrowIfAny();
        return settings;
    }

    // 40 events of one candidate each, 20 taus and 20 jets.
    private RowLedger Split(string split)
    {
        var file = new IngestedFile(Campaigns.Dataset("DY"), "a", Artifact.Product("raw"), Artifact.Product("ingest/a.h5"));
        var stage = new SplitStage([file], Settings(split), ClassSettings.Standard);
        float[] pt = [30, 50, 70, 50];
        _bench.Put(file.Shard, ShardRows.Of(SamplingFlow.TausAndJets(20, 20), 0, row => pt[row % 4]).WithKinematics());
        _bench.Put(new Artifact<RowList>("split/duplicates/DY/a.json"), new RowList([]));
        return _bench.Run(stage.Steps().Single(step => step.Key == "DY/a")).Rows;
    }

    private Batch Rows(string part) => _bench.Rows(Artifact.Product($"split/{part}/DY/a.h5"));

    private ulong[] Events(string part) => Rows(part).Flat<ulong>(CandidateColumns.Evt).ToArray();
}
