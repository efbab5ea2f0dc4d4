using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Simulation;

namespace TauPipeline.Stages;

/// <summary>The wiring of the whole flow, top to bottom: each stage is given the artifacts of those before it.</summary>
public static class StageCatalogue
{
    /// <summary>The stages of a campaign; what is wrong with it is in its <see cref="CampaignFile.Mistakes"/>.</summary>
    public static IReadOnlyList<IStage> Compose(CampaignFile campaign)
    {
        ConfigBlock root = campaign.Root, definitions = root.Block("definitions"), limit = root.Block("limit");
        long? entryLimit = limit.Has("entries") ? limit.Whole("entries", null, 1) : null;

        IReadOnlyList<Dataset> datasets = Dataset.ReadAll(root);
        ClassSettings classes = ClassSettings.Read(root);
        SplitSettings parts = SplitSettings.Read(root.Block("split"));
        FeatureSettings features = FeatureSettings.Read(definitions, root.Block("train"));
        SpectrumSettings binning = SpectrumSettings.Read(definitions.Block("binning"), classes);
        TrainSettings training = TrainSettings.Read(root.Block("train"), classes);
        DiscriminatorSettings discriminators = DiscriminatorSettings.Read(root, classes);
        EvaluationSettings evaluation = EvaluationSettings.Read(root, definitions, datasets, classes);
        // Read in any case: what is wrong with it is wrong, and folds leave no calibration rows to derive thresholds from.
        WorkingPointsSettings read = WorkingPointsSettings.Read(root.Block("working_points"), definitions, classes);
        WorkingPointsSettings? points = parts.IsFolded ? null : read;
        string[] dropped = [.. parts.Dropped, .. parts.IsFolded && read.Points.Targets.Count > 0 ? [WorkingPointsSettings.DroppedByFolds] : Array.Empty<string>()];
        WeightsSettings weighing = WeightsSettings.Read(root.Block("weights"));
        PlotSettings plots = PlotSettings.Read(root.Block("plot"));

        string[] shown = [.. discriminators.Columns.Concat(evaluation.Columns).Concat(points?.Columns ?? []).Concat(weighing.Columns)];
        IngestSettings ingestion = IngestSettings.Read(root.Block("ingest"), classes, [.. features.Names.Concat(shown).Except(CandidateColumns.FromLayout).Distinct(StringComparer.Ordinal)], entryLimit);

        var stages = new List<IStage>();
        GenerateSettings generation = GenerateSettings.Read(root.Block("generate"));
        if (datasets.Any(dataset => dataset.Generated is not null)) stages.Add(new GenerateStage(datasets, generation));
        var ingest = new IngestStage(datasets, ingestion);
        var split = new SplitStage(ingest.Files, parts, classes);
        var spectrum = new SpectrumStage(split.Shards, parts, binning);
        var mix = new ShuffleMergeStage(datasets, split.Shards, parts, ShuffleMergeSettings.Read(root.Block("shuffle_merge"), datasets, classes));
        var validate = new ValidateStage(datasets, split.Shards, mix.Mixed, parts,
            ValidateSettings.Read(root.Block("validate"), classes) with { Charge = CandidateColumns.Charges.FirstOrDefault(ingestion.Carried.Contains) });
        var weights = new WeightsStage(mix.Mixed, parts, binning, weighing);
        var scale = new ScaleStage(mix.Mixed, parts, features);
        var train = new TrainStage(mix.Mixed, parts, features, training);
        var apply = new ApplyStage(split.Shards, parts, features, ApplySettings.Of(classes, shown));
        WorkingPointsStage? workingPoints = points is null ? null : new WorkingPointsStage(apply.Scores, parts, points);
        var metrics = new MetricsStage(apply.Scores, workingPoints?.Thresholds, parts,
            MetricsSettings.Read(root.Block("metrics"), campaign.Name, discriminators, evaluation).With(entryLimit is not null, points?.Required ?? new Dictionary<TauClass, WorkingPoint>(), parts.ShownInWords));
        var plot = new PlotStage(metrics.Performance, mix.Mixed, parts, features, evaluation, plots);
        stages.AddRange([ingest, split, spectrum, mix, validate, weights, scale, train, apply]);
        if (workingPoints is not null) stages.Add(workingPoints);
        stages.AddRange([metrics, plot]);
        AlsoRootSettings alsoRoot = AlsoRootSettings.Read(root.Block("also_root"));
        if (alsoRoot.IsWanted) stages.Add(new AlsoRootStage(new AlsoRootSources(parts, split.Shards, mix.Mixed, apply.Scores), alsoRoot));
        var sources = new ReportSources(metrics.Performance, plot.Figures, workingPoints?.Thresholds, parts, evaluation, plots, [.. stages.SelectMany(stage => stage.Steps()).Where(step => step.CountsRows).Select(step => step.Ledger)], ingest.Files);
        stages.Add(new ReportStage(sources, ReportSettings.Read(root, campaign.Name, entryLimit is not null).With([.. dropped, .. weighing.Notes])));

        if (evaluation.Pairs.Any(pair => pair.Composition == Composition.CrossSection))
            root.Wrong("evaluation", "composition events or equal, until datasets state cross sections", "cross_section");
        Check(campaign, datasets);
        new KnownColumns(datasets, ingestion, campaign.Mistakes).Check(
            [.. evaluation.Expressions, .. read.Expressions, .. weighing.Expressions], discriminators.Expressions, [.. features.Columns, .. discriminators.StoredColumns]);
        return WithExternal(campaign, stages, datasets);
    }

    // Those that our first stages may read from stand before them; the others come after what they read.
    private static IReadOnlyList<IStage> WithExternal(CampaignFile campaign, IReadOnlyList<IStage> stages, IReadOnlyList<Dataset> datasets)
    {
        IReadOnlyList<ExternalSettings> externals = ExternalSettings.ReadAll(campaign.Root);
        if (externals.Count == 0) return stages;
        var products = new ExternalProducts(stages, datasets, externals, campaign.Mistakes);
        ILookup<bool, IStage> follows = externals.ToLookup(one => products.FollowsOurs(one, externals), IStage (one) => new ExternalStage(one, products.ItemsOf(one)));
        return [.. follows[false], .. stages, .. follows[true]];
    }

    // Processes are known by name before anything is generated.
    private static void Check(CampaignFile campaign, IReadOnlyList<Dataset> datasets)
    {
        foreach (Dataset dataset in datasets.Where(dataset => dataset.Generated is not null))
            campaign.Mistakes.Try(() => Processes.ByName(dataset.Generated!.Process).Name, "");
    }
}
