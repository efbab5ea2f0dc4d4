using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>A column that no candidate has is told of when a campaign is composed, with its place and the nearest name.</summary>
public sealed class KnownColumnsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("known").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ingest.selection=tau_ptt > 20", "tau_ptt", "tau_pt")]
    [InlineData("ingest.columns.dxy=tau_dxyy", "tau_dxyy", "tau_dxy")]
    [InlineData("definitions.selection=tau_decaymod == 1", "tau_decaymod", "tau_decayMode")]
    [InlineData("+evaluation.0.selection=log_ptt > 3", "log_ptt", "log_pt")]
    [InlineData("+working_points.selection=abs_etaa < 1", "abs_etaa", "abs_eta")]
    [InlineData("discriminators.isolation.scores.jet=-combined_isolatoin", "combined_isolatoin", "combined_isolation")]
    [InlineData(
        "+discriminators.isolation.working_points={ jet: { column: tau_byDeepTau2017v2p1VSjt } }",
        "tau_byDeepTau2017v2p1VSjt",
        "tau_byDeepTau2017v2p1VSjet")]
    public void Generated_datasets_declare_their_columns(string set, string wrong, string nearest)
    {
        CampaignFile campaign = CampaignFile.Load(Checkout.At("configs", "smoke.yaml"), [set], []);

        StageCatalogue.Compose(campaign);

        ErrorText mistake = campaign.Mistakes.Found.Single();
        mistake.Title.ShouldEndWith($": there is no column '{wrong}'");
        mistake.Title.ShouldContain(set.TrimStart('+').Split('=')[0].Split('.')[0]);
        mistake.Facts.Single(fact => fact.Label == "nearest").Value.Split(", ")[0].ShouldBe(nearest);
    }

    [Fact]
    public void Files_that_are_here_are_looked_at_and_the_place_is_the_line()
    {
        string[] found = MistakesOf("one.root");

        found.ShouldBe(
            [$"{_folder}/c.yaml:5: there is no column 'tau_etaa'", $"{_folder}/c.yaml:4: there is no column 'tau_masss'"],
            ignoreOrder: true);
    }

    [Fact]
    public void What_one_file_of_several_has_may_be_lacking_in_another_if_the_campaign_says_so() =>
        MistakesOf("one.root", "two.root").ShouldBe([$"{_folder}/c.yaml:4: there is no column 'tau_masss'"]);

    [Fact]
    public void Of_a_file_that_is_not_here_nothing_is_known()
    {
        MistakesOf("missing.root").ShouldBeEmpty();
        File.WriteAllText(Path.Combine(_folder, "damaged.root"), "root, but no ROOT file");
        MistakesOf("damaged.root").ShouldBeEmpty();
    }

    // Line 4 names a column that files must have; line 5 selects by one that they may lack, and that two.root has.
    private string[] MistakesOf(params string[] files)
    {
        Write("one.root", "tau_mass");
        Write("two.root", "tau_etaa");
        string path = Path.Combine(_folder, "c.yaml");
        File.WriteAllText(path, $$"""
            campaign: c
            ingest:
              columns:
                heavy: tau_masss > 1
              selection: tau_etaa < 2
              optional: [tau_etaa]
            datasets:
              A: { use: both, files: [{{string.Join(", ", files.Select(file => Path.Combine(_folder, file)))}}] }
            """);
        CampaignFile campaign = CampaignFile.Load(path, [], []);
        StageCatalogue.Compose(campaign);
        return
        [
            .. campaign.Mistakes.Found.Select(mistake => mistake.Title)
                .Where(title => title.Contains("no column", StringComparison.Ordinal)),
        ];
    }

    private void Write(string name, string extra)
    {
        Batch rows = TauTupleRows.Of(new TauTupleRow(30, 0.5f) { Jet = 1 }).With(new Column<float>(extra, new[] { 1f }));
        using RootFileWriter file = RootFileWriter.Create(Path.Combine(_folder, name), RootCompression.Zstd, "test");
        file.Tree("taus", rows.Schema).Append(rows);
    }
}
