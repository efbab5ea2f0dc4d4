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

/// <summary>
/// Two backgrounds pooled by cross section. QCD: 1,000 pb, 1,500 events generated in two files, of weights that sum to 400, a fifth of
/// them shown. TT: 100,000 pb, half of it filtered, 4,000 events of weight 2, two thirds shown, since it is not trained on.
/// </summary>
public sealed class CrossSectionCompositionTests : IDisposable
{
    private const string Datasets = """
        datasets:
          DY: { generate: { process: DYToLL_M50, files: 1, events: 10 } }
          QCD: { cross_section: 1 nb, luminosity: 2 fb^-1, generate: { process: QCD_Pt15to1000, files: 2, events: 10 } }
          TT: { use: evaluate, cross_section: 100 nb, luminosity: 2 fb^-1, filter_efficiency: 50 %, generate: { process: TTToSemiLeptonic, files: 1, events: 10 } }
        """;

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    // By weight a QCD row counts 1e3 x 2e3 / 400 / 0.2 = 25,000 and a TT row 1e5 x 2e3 x 0.5 / 8,000 / (2/3) = 18,750 times its weight.
    // Of QCD 0.5 of 1.25 pass, of TT 4 of 6. Unweighted they count 2e6 / 1,500 / 0.2 and 1e8 / 4,000 / (2/3): one of four, two of three.
    [Theory]
    [InlineData("event", (0.5 * 25_000 + 4 * 18_750) / (1.25 * 25_000 + 6 * 18_750))]
    [InlineData("2 * weight", (0.5 * 25_000 + 4 * 18_750) / (1.25 * 25_000 + 6 * 18_750))]
    [InlineData("none", (1 * 2e6 / 300 + 2 * 37_500) / (4 * 2e6 / 300 + 3 * 37_500))]
    public void Each_dataset_has_the_share_of_its_cross_section(string weight, double pooled)
    {
        Performance performance = Measured(weight, qcdWeights: 400, ttWeights: 8000);

        RocEntry curve = performance.RocCurve.Single();
        curve.Rates.Single().Rate.ShouldBe(pooled, 1e-12);
        (curve.Composition, curve.Intervals).ShouldBe(("cross_section", "Clopper-Pearson of effective counts"));
        curve.Processes.Sum(process => process.Share).ShouldBe(1, 1e-12);
        // Of each process the rate is its own.
        curve.Processes.Select(process => process.Rates.Single().Value!.Value)
            .ShouldBe(weight == "none" ? [1 / 4.0, 2 / 3.0] : [0.4, 2 / 3.0], 1e-12);
    }

    [Fact]
    public void Weights_that_cancel_cannot_be_scaled_and_the_dataset_is_named()
    {
        StepFailed failed = Should.Throw<StepFailed>(() => Measured("event", qcdWeights: 400, ttWeights: -3));

        failed.Text.Title.ShouldStartWith("dataset 'TT' cannot be pooled by its cross section");
    }

    [Fact]
    public void A_pooled_dataset_without_a_cross_section_is_a_mistake_before_any_work()
    {
        ConfigBlock root = Root("DY: [jet], QCD: [jet], TT: [jet]");

        Evaluation(root);

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain("none of DY");
    }

    [Fact]
    public void What_stands_alone_is_not_pooled_and_needs_none()
    {
        ConfigBlock root = Root("DY: [jet]");

        EvaluationSettings evaluation = Evaluation(root);

        Campaigns.MistakesOf(root).ShouldBeEmpty();
        CrossSectionScale.Of(evaluation, [], SplitSettings.Read(root.Block("split")), root.Block("split")).ShouldBeEmpty();
    }

    // A hash gives parts of known size; how many events a rule takes, only the campaign can say.
    [Theory]
    [InlineData("", "split.fractions")]
    [InlineData(", fractions: { train: 0.8, validation: 0.1, test: 0.1 }", null)]
    public void Rules_of_the_split_state_their_share_where_rows_stand_for_all_events(string fractions, string? mistake)
    {
        CampaignFile campaign = CampaignFile.Load(
            Checkout.At("configs", "smoke.yaml"),
            [
                $"split={{ parts: {{ train: evt % 10 <= 7, validation: evt % 10 == 8, test: evt % 10 == 9 }}{fractions} }}",
                "+datasets.QCD_Pt15to1000.cross_section=1 pb", "+datasets.QCD_Pt15to1000.luminosity=1 fb^-1",
                "+datasets.DYToLL_M50.cross_section=5 pb", "+datasets.DYToLL_M50.luminosity=1 fb^-1",
                "evaluation.0.background={ DYToLL_M50: [jet], QCD_Pt15to1000: [jet] }", "+evaluation.0.composition=cross_section",
            ],
            []);

        StageCatalogue.Compose(campaign);

        string[] mistakes = Campaigns.MistakesOf(campaign.Root);
        if (mistake is null) mistakes.ShouldBeEmpty();
        else mistakes.ShouldContain(title => title.Contains(mistake));
    }

    [Fact]
    public void A_cross_section_makes_only_what_shows_it_stale()
    {
        IReadOnlyList<IStage> one = Composed(1), other = Composed(2);

        one.Where((stage, i) => Hashes(stage) != Hashes(other[i])).Select(stage => stage.Name).ShouldBe(["Metrics"]);

        static string Hashes(IStage stage) => string.Join(' ', stage.Steps().Select(step => step.Settings.Hash()));

        static IReadOnlyList<IStage> Composed(int picobarns) => Campaigns.Smoke(
            $"+datasets.QCD_Pt15to1000.cross_section={picobarns} pb", "+datasets.QCD_Pt15to1000.luminosity=1 fb^-1",
            "+datasets.DYToLL_M50.cross_section=5 pb", "+datasets.DYToLL_M50.luminosity=1 fb^-1",
            "evaluation.0.background={ DYToLL_M50: [jet], QCD_Pt15to1000: [jet] }", "+evaluation.0.composition=cross_section");
    }

    private Performance Measured(string weight, double qcdWeights, double ttWeights)
    {
        ConfigBlock root = Root("QCD: [jet], TT: [jet]", weight);
        IReadOnlyList<Dataset> datasets = Dataset.ReadAll(root);
        EvaluationSettings evaluation = Evaluation(root);
        SplitSettings parts = SplitSettings.Read(root.Block("split"));
        IReadOnlyList<IngestedFile> files = new IngestStage(
            datasets,
            IngestSettings.Read(root.Block("ingest"), ClassSettings.Standard, [], null)).Files;
        var scores = new SplitShards([.. files.Select(file => new SplitFile(file.Dataset, file.Entry,
            new Dictionary<string, Artifact> { [SplitSettings.Test] = Artifact.Product($"apply/{file.Entry}.h5") }))]);
        MetricsSettings settings = MetricsSettings
            .Read(root.Block("metrics"), "test", DiscriminatorSettings.Read(root, ClassSettings.Standard), evaluation)
            .With(CrossSectionScale.Of(evaluation, files, parts, root.Block("split")));
        Campaigns.MistakesOf(root).ShouldBeEmpty();

        Put(scores.Files[0], StandardClasses.Tau, [0.6f], [1]);
        Put(scores.Files[1], StandardClasses.Jet, [0.9f, 0.1f], [0.5f, 0.25f]);
        Put(scores.Files[2], StandardClasses.Jet, [0.1f, 0.1f], [0.25f, 0.25f]);
        Put(scores.Files[3], StandardClasses.Jet, [0.9f, 0.9f, 0.1f], [2, 2, 2]);
        _bench.Put(files[1].Events, new GeneratedEvents(1000, qcdWeights - 100, "here"));
        _bench.Put(files[2].Events, new GeneratedEvents(500, 100, "here"));
        _bench.Put(files[3].Events, new GeneratedEvents(4000, ttWeights, "here"));
        var stage = new MetricsStage(scores, null, parts, settings);
        _bench.Run(stage.Steps().Single());
        return _bench.Get(stage.Performance).Performance;
    }

    private void Put(SplitFile file, TauClass type, float[] tau, float[] weights) => _bench.Put(
        file.Parts[SplitSettings.Test], ShardRows.Of([.. tau.Select(_ => type)]).WithKinematics().With([
            new Column<float>(CandidateColumns.Weight, weights),
            .. StandardClasses.Scheme.Trained.Select(one => new Column<float>(
                CandidateColumns.Score(one),
                tau.Select(score =>
                        one == StandardClasses.Tau ? score
                        : one == StandardClasses.Jet ? 0.5f
                        : 0)
                    .ToArray())),
        ]));

    private static ConfigBlock Root(string background, string weight = "none") => Campaigns.Root($$"""
        {{Datasets}}
        definitions: { weight: {{weight}} }
        metrics: { efficiencies: [1] }
        evaluation: [{ name: a, against: jet, composition: cross_section, signal: { DY: [tau] }, background: { {{background}} } }]
        """);

    private static EvaluationSettings Evaluation(ConfigBlock root) =>
        EvaluationSettings.Read(root, root.Block("definitions"), Dataset.ReadAll(root), ClassSettings.Standard);
}
