using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Import;
using Xunit;

namespace TauPipeline.Tests.Unit.Import;

/// <summary>The files of DeepTau's balanced batches (atlas-upp-and-balanced-batches 11.1).</summary>
public sealed class BalancedImportTests
{
    private const string Processes = """
        DYToLL: { active_types: [electron, muon, genuine], regex: "DYToLL.*" }
        QCD: { active_types: [jet], regex: "QCD.*" }
        Unused: { active_types: [], regex: ".*" }
        """;

    // The example of the specification: 13 edges of pt, 5 of |eta|, and an open bin above each.
    private const string Binning = """
        pt: [[20, 60, 5], [60, 100, 10]]
        abseta: [[0, 2.4, 0.6]]
        phi: 1
        """;

    [Fact]
    public void Cells_are_those_of_the_example_and_processes_are_groups()
    {
        using ImportFiles files = new ImportFiles().With("process_types.yaml", Processes).With("binning.yaml", Binning);

        ImportedCampaign campaign = files.Import();

        foreach (string line in new[]
        {
            "    pt: [20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90, 100, 14000]", "    abs_eta: [0, 0.6, 1.2, 1.8, 2.4, 5]",
        })
            campaign.Text.Replace("{ ", "\n    ").Replace(", abs_eta", "\n    abs_eta").Replace(" }", "").Split('\n').ShouldContain(line);
        campaign.Text.ShouldContain("DYToLL: { datasets: [DYToLL], types: [e, mu, tau] }");
        campaign.Text.ShouldNotContain("Unused");
        campaign.Text.ShouldContain("rows_per_region: 10");
        files.Compose(campaign, "DYToLL=/a.root", "QCD=/b.root").ShouldContain("Balance");
    }

    [Fact]
    public void Files_come_from_the_database_and_what_is_left_is_named()
    {
        using ImportFiles files = new ImportFiles().With("process_types.yaml", Processes).Beside("binning.yaml", Binning)
            .With("counts.json", """
                {"a": {"path": "/store/DYToLL_1.root", "process": "DYToLL", "pileup": "PU200", "jet_absetabin0_ptbin0": 4},
                 "b": {"path": "/store/QCD_1.root", "pileup": "PU200"}}
                """);

        ImportedCampaign campaign = files.Import();

        campaign.Text.ShouldContain("files: [/store/DYToLL_1.root]");
        campaign.Text.ShouldContain("files: [/store/QCD_1.root]"); // by the first pattern that fits
        ImportFiles.Told(campaign).ShouldBe(["binning.yaml:3 phi"]);
    }

    [Theory]
    [InlineData("[jet]", "[photon]", "process_types.yaml:2: one of electron")]
    [InlineData("[[0, 2.4, 0.6]]", "[[2.4, 0, 0.6]]", "binning.yaml:2: ranges [from, to, step]")]
    public void What_makes_no_sense_is_an_error_with_file_and_line(string what, string by, string error)
    {
        using ImportFiles files = new ImportFiles().With("process_types.yaml", Processes.Replace(what, by, StringComparison.Ordinal))
            .With("binning.yaml", Binning.Replace(what, by, StringComparison.Ordinal));

        Should.Throw<Misuse>(() => files.Import()).Text.Title.ShouldContain(error);
    }
}
