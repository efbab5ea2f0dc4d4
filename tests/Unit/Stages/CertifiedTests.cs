using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Data that are not certified are left out at the door, and the ledger says so.</summary>
public sealed class CertifiedTests : IDisposable
{
    private readonly StageBench _bench = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("certified: good.json,", new ulong[] { 1, 3 })]
    [InlineData("certified: [good.json, grl.xml],", new ulong[] { 1, 3, 4 })]
    [InlineData("certified: '*.xml',", new ulong[] { 4 })]
    [InlineData("", new ulong[] { 0, 1, 2, 3, 4 })]
    public void Rows_of_certified_sections_are_kept_and_the_others_counted(string certified, ulong[] events)
    {
        File.WriteAllText(_folder.At("good.json"), "{\"5\": [[2, 3]], \"4294967295\": [[1, 1]]}");
        File.WriteAllText(
            _folder.At("grl.xml"),
            "<a><LumiBlockCollection><Run>6</Run><LBRange Start='2' End='9'/></LumiBlockCollection></a>");
        Taus([(5, 1), (5, 2), (6, 1), (uint.MaxValue, 1), (6, 9)]);
        Dataset data = DatasetOf($"{{ {certified} files: taus.root }}");
        IReadOnlyList<Step> steps = new IngestStage([data], Settings("{}")).Steps();
        Step step = steps[^1];

        StepRun run = steps.Select(_bench.Run).ToArray()[^1];

        _bench.Rows(step.Writes[0]).Flat<ulong>("evt").ToArray().ShouldBe(events);
        run.Rows.Lines.Where(line => line.Reason == "not certified").Sum(line => line.Rows).ShouldBe(5 - events.Length);
        step.Reads.Where(read => read.Role == "certified").Select(read => read.Artifact.Path)
            .ShouldBe(data.Certified.Select(mask => $"data/certified/{mask.Entry}"));
    }

    [Theory]
    [InlineData("{ certified: good.json, generate: { process: DYToLL_M50, events: 10 } }", "{}")]
    [InlineData("{ certified: good.json, files: taus.root }", "{ identity: entry }")]
    public void Simulation_and_events_without_a_section_have_nothing_to_be_certified(string dataset, string ingest)
    {
        File.WriteAllText(_folder.At("campaign.yaml"), $"datasets: {{ data: {dataset} }}\ningest: {ingest}");
        CampaignFile campaign = CampaignFile.Load(_folder.At("campaign.yaml"), [], []);

        StageCatalogue.Compose(campaign);

        Campaigns.MistakesOf(campaign.Root).ShouldContain(mistake => mistake.Contains("datasets.data.certified"));
    }

    // UPP's files have an event number, and neither run nor section: all their rows would be left out.
    [SharedDataFact]
    public void A_file_without_run_or_section_is_refused_by_the_column_it_lacks()
    {
        File.WriteAllText(_folder.At("good.json"), "{\"5\": [[2, 3]]}");
        Dataset data = DatasetOf($"{{ certified: good.json, files: '{SharedData.At("upp", "ntuples", "data1.h5")}' }}");
        IReadOnlyList<Step> steps = new IngestStage([data], Settings("{ layout: atlas_hdf5 }")).Steps();

        StepFailed refused = Should.Throw<StepFailed>(() => steps.Select(_bench.Run).ToArray());

        refused.Text.Title.ShouldContain("'runNumber'");
        refused.Text.Title.ShouldEndWith("no row can be told to be certified");
    }

    private static IngestSettings Settings(string ingest) =>
        IngestSettings.Read(Campaigns.Root($"ingest: {ingest}").Block("ingest"), ClassSettings.Standard, [], null);

    private Dataset DatasetOf(string yaml)
    {
        File.WriteAllText(_folder.At("campaign.yaml"), $"datasets: {{ data: {yaml} }}");
        return Dataset.ReadAll(CampaignFile.Load(_folder.At("campaign.yaml"), [], []).Root).Single();
    }

    private void Taus((uint Run, uint Lumi)[] sections)
    {
        Batch rows = TauTupleRows.Of([.. sections.Select(_ => new TauTupleRow(30, 0) { Jet = 1 })]).With(
            new Column<uint>("run", sections.Select(one => one.Run).ToArray()),
            new Column<uint>("lumi", sections.Select(one => one.Lumi).ToArray()));
        using RootFileWriter file = RootFileWriter.Create(_folder.At("taus.root"), RootCompression.None);
        file.Tree("taus", rows.Schema).Append(rows);
    }
}
