using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class StageCatalogueTests
{
    [Theory]
    [InlineData("smoke")]
    [InlineData("demo")]
    public void Shipped_campaigns_compose_without_a_mistake(string name)
    {
        CampaignFile campaign = Load(name);

        IReadOnlyList<IStage> stages = StageCatalogue.Compose(campaign);
        campaign.Finish();

        stages.Select(stage => stage.Name)
            .ShouldBe([
                "Generate",
                "Ingest",
                "Split",
                "Spectrum",
                "ShuffleMerge",
                "Validate",
                "Weights",
                "Scale",
                "Train",
                "Apply",
                "WorkingPoints",
                "Export",
                "Metrics",
                "Plot",
                "Report",
            ]);
        Step[] steps = [.. stages.SelectMany(stage => stage.Steps())];
        steps.Select(step => step.Id).ShouldBeUnique();
        steps.SelectMany(step => step.Writes).Select(artifact => artifact.Path).ShouldBeUnique();
    }

    [Fact]
    public void Every_product_that_is_read_is_made_by_an_earlier_stage()
    {
        var made = new HashSet<string>(StringComparer.Ordinal);

        foreach (IStage stage in Campaigns.Smoke())
        {
            IReadOnlyList<Step> steps = stage.Steps();
            string[] own =
            [
                .. steps.SelectMany(step => step.CountsRows ? [.. step.Writes, step.Ledger] : step.Writes)
                    .Select(artifact => artifact.Path),
            ];
            steps.SelectMany(step => step.Reads)
                .Where(read => read.Artifact.Kind is ArtifactKind.Product or ArtifactKind.Folder)
                .Select(read => read.Artifact.Path)
                .Where(path => !made.Contains(path) && !own.Contains(path)).ShouldBeEmpty(stage.Name);
            made.UnionWith(own);
        }
    }

    [Fact]
    public void The_resolved_text_composes_the_same_steps()
    {
        CampaignFile campaign = Load("smoke");
        CampaignFile child = CampaignFile.Parse(campaign.ResolvedText());

        Describe(StageCatalogue.Compose(child)).ShouldBe(Describe(StageCatalogue.Compose(campaign)));

        static string[] Describe(IReadOnlyList<IStage> stages) =>
            [.. stages.SelectMany(stage => stage.Steps()).Select(step => $"{step.Id} {step.Settings.Hash()}")];
    }

    // Settings that come to a stage from another block than its own.
    [Theory]
    [InlineData("Metrics", "+limit={ entries: 100 }")]
    [InlineData("Metrics", "working_points.require.e=Medium")]
    [InlineData("Metrics", "~working_points.require.mu")]
    [InlineData("Metrics", "evaluation.0.title=other words")]
    [InlineData("Report", "+limit={ entries: 100 }")]
    [InlineData("ShuffleMerge", "+shuffle_merge.allow_empty_classes=true")]
    public void What_a_stage_consumes_is_in_its_settings(string stage, string set)
    {
        Hashes(StageCatalogue.Compose(Load("smoke", set))).ShouldNotBe(Hashes(StageCatalogue.Compose(Load("smoke"))));

        string[] Hashes(IReadOnlyList<IStage> stages) =>
            [.. stages.Single(one => one.Name == stage).Steps().Select(step => step.Settings.Hash().ToString())];
    }

    [Fact]
    public void An_adaptation_without_a_control_region_is_a_mistake_and_with_one_it_is_composed()
    {
        CampaignFile without = Load("smoke", "+train.adaptation={ }");
        StageCatalogue.Compose(without);
        Should.Throw<Misuse>(without.Finish).Message.ShouldContain("a control region for train.adaptation");

        CampaignFile shipped = Load("cms-adaptation");
        IReadOnlyList<IStage> stages = StageCatalogue.Compose(shipped);
        shipped.Finish();
        stages.Select(stage => stage.Name).ShouldContain("Control");
    }

    [Fact]
    public void Folds_have_no_working_points_and_a_training_each()
    {
        IReadOnlyList<IStage> stages = StageCatalogue.Compose(Load("smoke", "split={ folds: 3 }", "~working_points"));

        stages.ShouldNotContain(stage => stage.Name == "WorkingPoints");
        stages.Single(stage => stage.Name == "Train").Steps().Select(step => step.Key).ShouldBe(["fold0", "fold1", "fold2"]);
    }

    [Fact]
    public void All_mistakes_come_at_once_each_with_its_place()
    {
        CampaignFile campaign = Load("smoke",
            "train.epochs=none",
            "train.hiden=[4]",
            "+definitions.features.tau_mas={ scaling: normal }",
            "ingest.selection=tau_ptt > 20",
            "shuffle_merge.groups.jets.datasets=[QCD]",
            "+datasets.More={ generate: { process: Zz, events: 5 } }");

        StageCatalogue.Compose(campaign);

        Misuse mistakes = Should.Throw<Misuse>(campaign.Finish);
        mistakes.Text.Title.ShouldStartWith("6 mistakes");
        foreach (string expected in new[] { "train.epochs=none", "hiden", "tau_mas", "tau_ptt", "QCD_Pt15to1000", "Zz" })
            mistakes.Message.ShouldContain(expected);
    }

    private static CampaignFile Load(string name, params string[] sets) =>
        CampaignFile.Load(Checkout.At("configs", name + ".yaml"), sets, []);
}
