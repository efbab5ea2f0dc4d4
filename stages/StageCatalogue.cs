using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Simulation;

namespace TauPipeline.Stages;

/// <summary>The wiring of the whole flow, top to bottom: each stage is given the artifacts of those before it.</summary>
public static class StageCatalogue
{
    /// <summary>
    /// A campaign's stages in the order of the flow; what is wrong with it is in its <see cref="CampaignFile.Mistakes"/>.
    /// </summary>
    public static IReadOnlyList<ComposedStage> Compose(CampaignFile campaign)
    {
        var flow = new List<ComposedStage>();
        ConfigBlock root = campaign.Root, definitions = root.Block("definitions"), limit = root.Block("limit");
        long? entryLimit = limit.Has("entries") ? limit.Whole("entries", null, 1) : null;

        // What several stages share.
        IReadOnlyList<Dataset> datasets = Dataset.ReadAll(root);
        ClassSettings classes = ClassSettings.Read(root);
        SplitSettings parts = SplitSettings.Read(root.Block("split"), datasets);
        FeatureSettings features = FeatureSettings.Read(definitions, root.Block("train"));
        IReadOnlyList<HeadSettings> heads = HeadSettings.ReadAll(root.Block("train"));
        SpectrumSettings binning = SpectrumSettings.Read(definitions.Block("binning"), classes).With(root.Block("spectrum"), datasets);
        parts = parts with { Caps = SplitCaps.Read(root.Block("split"), parts, binning) };
        DiscriminatorSettings discriminators = DiscriminatorSettings.Read(root, classes);
        EvaluationSettings evaluation = EvaluationSettings.Read(root, definitions, datasets, classes);
        // Read in any case: what is wrong with it is wrong, and folds leave no calibration rows to derive thresholds from.
        WorkingPointsSettings read = WorkingPointsSettings.Read(root.Block("working_points"), definitions, classes);
        WorkingPointsSettings? points = parts.CalibrationParts.Count == 0 ? null : read;
        string[] dropped = [.. parts.Dropped];
        if (parts.IsFolded && read.Points.Targets.Count > 0) dropped = [.. dropped, WorkingPointsSettings.DroppedByFolds];
        MetricsSettings measured = MetricsSettings.Read(root.Block("metrics"), campaign.Name, discriminators, evaluation);
        WeightsSettings weighing = WeightsSettings.Read(root.Block("weights"));
        CellSettings cells = CellSettings.Read(definitions, binning);
        MixingSettings mixing = MixingSettings.Read(root, cells, (datasets, parts.Regions, binning), classes);
        ControlSettings? control = ControlSettings.Read(root, datasets, classes, mixing);
        TrainingFilesSettings? trainingFiles = TrainingFilesSettings.Read(root, mixing);
        string[] shown =
        [
            .. discriminators.Carried.Concat(evaluation.Columns).Concat(measured.VariableColumns).Concat(points?.Columns ?? [])
                .Concat(heads.SelectMany(head => head.Columns)).Concat(weighing.Columns).Concat(mixing.Columns)
                .Concat(control?.Columns ?? [])
                .Concat(parts.Expressions.SelectMany(rule => rule.Columns)).Concat(trainingFiles?.Columns ?? [])
                .Except(mixing.Made),
        ];

        // Candidates.
        GenerateSettings generation = GenerateSettings.Read(root.Block("generate"));
        if (datasets.Any(dataset => dataset.Generated is not null)) Add(new GenerateStage(datasets, generation));
        string[] carried = Carried(features, [.. shown, .. discriminators.Models.SelectMany(model => model.Columns)]);
        IngestSettings ingestion = IngestSettings.Read(root.Block("ingest"), classes, carried, entryLimit);
        IngestStage ingest = Add(new IngestStage(datasets, ingestion));
        SplitStage split = Add(new SplitStage(ingest.Files, parts, classes), isResult: true); // what components there are, chunks

        // Rows to train on.
        SpectrumSettings counted = binning with { Pools = mixing.Pools };
        SpectrumStage spectrum = Add(new SpectrumStage(split.Shards, parts, counted), isResult: counted.Pools.Count > 0);
        MixedShards mixed = mixing switch
        {
            { Reweight: { } reweight } => Add(new ReweightStage(datasets, split.Shards, parts, reweight)).Mixed,
            { Balance: { } balance } => Add(new BalanceStage(datasets, split.Shards, parts, balance)).Mixed,
            { Resample: { } resample } => Add(new ResampleStage(datasets, split.Shards, parts, resample)).Mixed,
            _ => Add(new ShuffleMergeStage(datasets, split.Shards, parts, mixing.ShuffleMerge!)).Mixed,
        };
        ValidateSettings validation = ValidateSettings.Read(root.Block("validate"), classes)
            with
        { Charge = CandidateColumns.Charges.FirstOrDefault(ingestion.Carried.Contains), Groups = mixing.Groups };
        Add(new ValidateStage(datasets, split.Shards, mixed, parts, validation));
        Add(new WeightsStage(mixed, parts, binning, weighing));
        if (control is not null) Add(new ControlStage(split.Shards, parts, control));

        if (trainingFiles is not null)
        {
            string[] names = [.. classes.Scheme.All.Select(one => one.Name)];
            Add(new TrainingFilesStage(new TrainingFilesSources(parts, split.Shards, mixed, names, mixing.Way), trainingFiles));
        }

        // The network and its scores.
        Add(new ScaleStage(mixed, parts, features, ScaleSettings.Read(root.Block("scale"))));
        TrainSettings training = TrainSettings.Read(root.Block("train"), classes);
        SweepSettings sweep = SweepSettings.Read(root.Block("sweep"), root.Block("train"), training, classes);
        Add(new TrainStage(mixed, parts, features, training with { Points = sweep.Points }));
        if (sweep.Points.Count > 0) Add(new ChooseStage(parts, sweep));
        if (control is null && sweep.Points.Append(training).Any(one => one.Plan.Adaptation is not null))
            root.Wrong("control", "a control region for train.adaptation", "none");
        ApplySettings applying = ApplySettings.Of(classes, shown) with
        {
            Takes = training.Network.Takes,
            Models = discriminators.Models,
            Heads = heads,
            Network = AppliedModel.Read(root.Block("apply"), training),
        };
        ApplyStage apply = Add(new ApplyStage(split.Shards, parts, features, applying));

        // Numbers, figures, pages.
        WorkingPointsStage? workingPoints = points is null ? null : Add(new WorkingPointsStage(apply.Scores, parts, points));
        ExportSettings exported = ExportSettings.Read(root.Block("export"), training.Network.Takes);
        var kept = new ExportSources(parts, split.Shards, workingPoints?.Thresholds, classes.Scheme, training.Network.Takes)
        { Model = applying.Network };
        Add(new ExportStage(kept, features, exported));
        MetricsSettings measures = measured
            .With(entryLimit is not null, points?.Required ?? new Dictionary<TauClass, WorkingPoint>(), parts.ShownInWords)
            .With(CrossSectionScale.Of(evaluation, ingest.Files, parts, root.Block("split")));
        var measuring = new MetricsStage(apply.Scores, workingPoints?.Thresholds, parts, measures) { Heads = heads };
        MetricsStage metrics = Add(measuring, isResult: true);
        PlotSettings plots = PlotSettings.Read(root.Block("plot"));
        var drawn = new PlotSources(metrics.Performance, mixed, parts, spectrum.Train(parts.Trainings[0]), binning, features, evaluation,
            measured.Variables)
        { Sweep = [.. sweep.Points.Select(point => point.Point)] };
        PlotStage plot = Add(new PlotStage(drawn, plots), isResult: true);
        AlsoRootSettings alsoRoot = AlsoRootSettings.Read(root.Block("also_root"));
        var asRoot = new AlsoRootSources(parts, split.Shards, mixed, apply.Scores) { Spectra = [.. spectrum.All] };
        if (alsoRoot.IsWanted) Add(new AlsoRootStage(asRoot, alsoRoot), isResult: true);
        Artifact[] ledgers = [.. flow.SelectMany(stage => stage.Steps()).Where(step => step.CountsRows).Select(step => step.Ledger)];
        var sources = new ReportSources(
            metrics.Performance, plot.Drawn, workingPoints?.Thresholds, parts, mixed, evaluation, plots, ledgers, ingest.Files)
        { HasSweep = sweep.Points.Count > 0, Heads = heads };
        ReportSettings told = ReportSettings.Read(root, campaign.Name, entryLimit is not null).With([.. dropped, .. weighing.Notes]);
        Add(new ReportStage(sources, told), isResult: true);

        Check(campaign, datasets, ingestion);
        new KnownColumns(datasets, ingestion, campaign.Mistakes).Check(
            [
                .. evaluation.Expressions, .. heads.SelectMany(head => head.Expressions), .. read.Expressions, .. parts.Expressions,
                .. mixing.Expressions, .. control?.Expressions ?? [],
            ],
            [.. discriminators.Expressions, .. features.Expressions, .. measured.Variables.Select(one => one.Value)],
            [.. features.Named, .. discriminators.StoredColumns],
            (weighing.Expressions, mixing.Made));
        return WithExternal(campaign, flow, datasets);

        T Add<T>(T stage, bool isResult = false) where T : IStage
        {
            flow.Add(new ComposedStage(stage) { IsResult = isResult });
            return stage;
        }
    }

    // Columns that no layout makes by itself.
    private static string[] Carried(FeatureSettings features, string[] shown) =>
        [.. features.Columns.Concat(shown).Except(CandidateColumns.FromLayout).Distinct(StringComparer.Ordinal)];

    // Those that our first stages may read from stand before them; the others come after what they read.
    private static IReadOnlyList<ComposedStage> WithExternal(
        CampaignFile campaign, IReadOnlyList<ComposedStage> ours, IReadOnlyList<Dataset> datasets)
    {
        IReadOnlyList<ExternalSettings> externals = ExternalSettings.ReadAll(campaign.Root);
        if (externals.Count == 0) return ours;
        var products = new ExternalProducts(ours, datasets, externals, campaign.Mistakes);
        ILookup<bool, ComposedStage> follows = externals.ToLookup(
            one => products.FollowsOurs(one, externals), one => new ComposedStage(new ExternalStage(one, products.ItemsOf(one))));
        return [.. follows[false], .. ours, .. follows[true]];
    }

    // Processes are known by name before anything is generated.
    private static void Check(CampaignFile campaign, IReadOnlyList<Dataset> datasets, IngestSettings ingestion)
    {
        if (ingestion.IdentifiesByEntry && datasets.FirstOrDefault(dataset => dataset.Certified.Count > 0) is { } certified)
            campaign.Root.Block("datasets").Block(certified.Name)
                .Wrong("certified", "events that are told apart by run and luminosity section", "ingest: identity: entry");
        foreach (Dataset dataset in datasets.Where(dataset => dataset.Generated is not null))
            campaign.Mistakes.Try(() => Processes.ByName(dataset.Generated!.Process).Name, "");
    }
}
