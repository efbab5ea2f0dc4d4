using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Import;
using Xunit;

namespace TauPipeline.Tests.Unit.Import;

/// <summary>
/// Configurations of umami-preprocessing, as its documentation describes them. That its own five come to the same numbers is shown by
/// <c>ReweightStageTests</c> and <c>ResampleStageTests</c>.
/// </summary>
public sealed class UppImportTests
{
    private const string Configuration = """
        variables: !include variables.yaml
        global_cuts:
          common:
            - [mass, "<", 25_000]
          train: [[eventNumber, "%10<=", 7]]
          val: [[eventNumber, "%10==", 8]]
          test: [[eventNumber, "%10==", 9]]
        qcd: &qcd
          name: qcd
          pattern: [a/*.h5, b/*.h5]
        higgs: &higgs
          name: higgs
          pattern: h.h5
        inclusive: &inclusive
          name: inclusive
          cuts: [[pt, ">", 250_000]]
        components:
          - region:
              <<: *inclusive
            sample:
              <<: *higgs
            flavours: [hbb, hcc]
            num_jets: 1_000
          - region:
              <<: *inclusive
            sample:
              <<: *qcd
            flavours: [qcd]
            num_jets: 1_000
            num_jets_test: 12
        resampling:
          target: hcc
          method: countup
          variables:
            pt: { bins: [[250_000, 1_000_000, 5]] }
          novelty: 1
        plotting: { bins: 50 }
        global:
          base_dir: /data/nowhere
          num_jets_per_output_file: 500
          batch_size: 10
          surprise: yes
        """;

    private const string Variables = """
        jets:
          inputs: [pt, mass]
          labels: [R10TruthLabel_R22v1]
        tracks:
          inputs: [d0, valid]
          labels: []
          selection:
            - [d0, ">", 0.1]
        """;

    [Fact]
    public void Components_of_a_region_are_drawn_together_and_the_campaign_composes()
    {
        using ImportFiles files = new ImportFiles().With("upp.yaml", Configuration).Beside("variables.yaml", Variables);

        ImportedCampaign campaign = files.Import();

        campaign.Text.ShouldContain("selection: \"mass < 25000\"");
        campaign.Text.ShouldContain("inclusive: { datasets: [higgs, qcd], selection: \"pt > 250000 and pt < 1000000\"");
        campaign.Text.ShouldContain("inclusive: { region: inclusive, datasets: [higgs, qcd], classes: [hbb, hcc, qcd], rows: 1000 }");
        campaign.Text.ShouldContain("sampling_fraction: 1.0");
        campaign.Text.ShouldContain("rows_per_file: 500");
        campaign.Text.ShouldContain("files: [/data/nowhere/ntuples/h.h5]");
        campaign.Text.ShouldContain("tracks: { inputs: [d0], labels: [] }");
        files.Compose(campaign, "qcd=/data/nowhere/q.h5").ShouldContain("Resample");
    }

    [Fact]
    public void Each_key_that_is_not_carried_over_is_named_with_file_and_line()
    {
        using ImportFiles files = new ImportFiles().With("upp.yaml", Configuration).Beside("variables.yaml", Variables);

        ImportedCampaign campaign = files.Import();

        ImportFiles.Told(campaign).ShouldBe([
            "upp.yaml:27 qcd.equal_jets", "upp.yaml:30 num_jets_test", "upp.yaml:36 resampling.novelty", "upp.yaml:37 plotting",
            "upp.yaml:41 batch_size", "upp.yaml:42 global.surprise", "variables.yaml:7 selection",
        ]);
        campaign.Notes.Single(note => note.Key == "global.surprise").Why.ShouldBe("has no counterpart here");
        foreach (ImportNote note in campaign.Notes) campaign.Text.ShouldContain($"{Path.GetFileName(note.Where)}: {note.Key}: {note.Why}");
    }

    // Spec 2.1: what passes each cut, of these values.
    [Theory]
    [InlineData("[x, \"%10<=\", 7]", "7,17,20", "8,19")]
    [InlineData("\"x > 2_0\"", "21", "20")]
    [InlineData("[x, in, [1, 5]]", "1,5", "2")]
    [InlineData("\"x notin (0,-99)\"", "3", "0,-99")]
    [InlineData("[x, \"==\", nan]", "NaN", "1")]
    [InlineData("[x, \"!=\", nan]", "1,Infinity", "NaN")]
    [InlineData("[x, \"==\", -inf]", "-Infinity", "-5,Infinity,NaN")]
    [InlineData("[x, \"!=\", inf]", "-Infinity,5,NaN", "Infinity")]
    public void A_cut_takes_what_it_takes_there(string cut, string passing, string failing)
    {
        using ImportFiles files = new ImportFiles()
            .With("upp.yaml", Configuration.Replace("[mass, \"<\", 25_000]", cut, StringComparison.Ordinal)).Beside("variables.yaml", Variables);
        string line = files.Import().Text.Split('\n').Single(line => line.StartsWith("  selection: ", StringComparison.Ordinal));
        Expression expression = Expression.Parse(line["  selection: ".Length..].Trim('"'), "test");

        expression.True(Values(passing)).ShouldAllBe(passes => passes);
        expression.True(Values(failing)).ShouldAllBe(passes => !passes);
    }

    [Theory]
    [InlineData("[hbb, hcc]", "[hbb, ztt]", "upp.yaml:22: 'ztt' is no flavour that is known")]
    [InlineData("[mass, \"<\", 25_000]", "[mass, \"~\", 1]", "upp.yaml:4: one of == != >= <= > < in notin")]
    [InlineData("  val: [[eventNumber, \"%10==\", 8]]\n", "", "upp.yaml:3: a key 'val' is needed")]
    [InlineData("!include variables.yaml", "!include none.yaml", "upp.yaml:1: none.yaml' cannot be read")]
    public void What_no_campaign_can_do_without_is_an_error_with_file_and_line(string what, string by, string error)
    {
        using ImportFiles files = new ImportFiles().With("upp.yaml", Configuration.Replace(what, by, StringComparison.Ordinal))
            .Beside("variables.yaml", Variables);

        Should.Throw<Misuse>(() => files.Import("upp")).Text.Title.ShouldContain(error);
    }

    [Fact]
    public void Flavours_of_a_file_of_ones_own_are_those_that_it_says()
    {
        const string Own = """
            - { name: hbb, cuts: ["label == 1", "mass > 50"] }
            - { name: hcc, cuts: [[label, in, [2, 3]]] }
            - { name: qcd, cuts: ["label == 0"] }
            """;
        using ImportFiles files = new ImportFiles()
            .With("upp.yaml", Configuration.Replace("surprise: yes", "flavour_config: own.yaml", StringComparison.Ordinal))
            .Beside("variables.yaml", Variables).Beside("own.yaml", Own);

        string text = files.Import().Text;

        text.ShouldContain("hbb: { role: signal, truth: \"label == 1 and mass > 50\" }");
        text.ShouldContain("hcc: { role: background, truth: \"label in {2, 3}\" }");
    }

    [Fact]
    public void A_file_of_no_known_kind_is_refused_with_the_kinds_there_are()
    {
        using ImportFiles files = new ImportFiles().With("other.yaml", "a: 1");

        ErrorText error = Should.Throw<Misuse>(() => files.Import()).Text;

        error.Title.ShouldContain("other.yaml' is no configuration that can be imported");
        error.Facts.Select(fact => fact.Label).ShouldContain("upp");
        Should.Throw<Misuse>(() => files.Import("nonsense")).Text.Title.ShouldBe("--kind=nonsense is none that can be imported");
    }

    private static Batch Values(string values) =>
        new([new Column<double>("x", values.Split(',').Select(double.Parse).ToArray())]);
}
