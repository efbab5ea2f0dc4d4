using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>One network to be trained: the parts of the split it learns from, stops by, and is applied to.</summary>
/// <param name="Name">Empty for the only one, else <c>fold0</c>…</param>
/// <param name="Train">Parts it is trained on.</param>
/// <param name="Validation">Part that ends the training.</param>
/// <param name="Apply">Parts it gives scores for, none of which it has seen.</param>
public sealed record Training(string Name, IReadOnlyList<string> Train, IReadOnlyList<string> Validation, IReadOnlyList<string> Apply)
{
    /// <summary>The samples that are mixed for it, with the parts they come from.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Parts)> Samples =>
        [(SplitSettings.Train, Train), (SplitSettings.Validation, Validation)];

    /// <summary>How texts name it: nothing where there is only one, else <c> of fold0</c>.</summary>
    public string Of => Name.Length == 0 ? "" : $" of {Name}";

    /// <summary>A product's path for this training: <c>train/model.zip</c> or <c>train/fold0/model.zip</c>.</summary>
    public string Path(string folder, string file) => Name.Length == 0 ? $"{folder}/{file}" : $"{folder}/{Name}/{file}";

    /// <summary>A step's key for this training and part.</summary>
    public string Key(string part) => Name.Length == 0 ? part : part.Length == 0 ? Name : $"{Name}/{part}";
}

/// <summary>The block <c>split:</c>: by named fractions, by rules, or into folds with out-of-fold scores.</summary>
/// <param name="Parts">Names of all parts.</param>
/// <param name="Fractions">The fraction of events in each.</param>
/// <param name="Trainings">The networks to train.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record SplitSettings(
    IReadOnlyList<string> Parts,
    IReadOnlyList<double> Fractions,
    IReadOnlyList<Training> Trainings,
    SettingsUsed Used)
{
    /// <summary>Rows that the network is trained on.</summary>
    public const string Train = "train";
    /// <summary>Rows that end the training.</summary>
    public const string Validation = "validation";
    /// <summary>Rows that working points are derived from: neither trained on nor shown.</summary>
    public const string Calibration = "calibration";
    /// <summary>Rows that are shown.</summary>
    public const string Test = "test";

    private static readonly string[] Known = [Train, Validation, Calibration, Test];

    /// <summary>What the campaign says that folds exclude, and so is dropped: for the report.</summary>
    public IReadOnlyList<string> Dropped { get; private init; } = [];

    /// <summary>Whether scores are out of fold: every row is applied to, by the network that has not seen it.</summary>
    public bool IsFolded => Trainings.Count > 1;

    /// <summary>Parts that are mixed for some training.</summary>
    public IReadOnlyList<string> MixedParts =>
        [.. Parts.Where(part => Trainings.Any(training => training.Train.Contains(part) || training.Validation.Contains(part)))];

    /// <summary>Parts that some network gives scores for.</summary>
    public IReadOnlyList<string> AppliedParts => [.. Parts.Where(part => Trainings.Any(training => training.Apply.Contains(part)))];

    /// <summary>Rules by which rows go to parts, where no hash of the event says: <c>split: parts:</c>.</summary>
    public ExclusiveRules? Rules { get; private init; }

    /// <summary>How many rows of a dataset stay in each bin of parts that are not mixed.</summary>
    public SplitCaps Caps { get; init; } = SplitCaps.None;

    /// <summary>Rows of each file of the chunks that the split is also written in; none are if <see langword="null"/>.</summary>
    public int? ChunkRows { get; private init; }

    /// <summary>Regions of phase space, one of which rows must lie in.</summary>
    public IReadOnlyList<SplitRegion> Regions { get; private init; } = [];

    /// <summary>The expressions of rules and regions.</summary>
    public IEnumerable<Expression> Expressions =>
        (Rules?.Rules.Select(rule => rule.When) ?? []).Concat(Regions.Select(region => region.Selection));

    /// <summary>Parts whose scores working points are derived from; none when folded, or where no rule gives any.</summary>
    public IReadOnlyList<string> CalibrationParts => IsFolded || !Parts.Contains(Calibration) ? [] : [Calibration];

    /// <summary>Parts whose scores are shown.</summary>
    public IReadOnlyList<string> ShownParts => IsFolded ? Parts : [Test];

    /// <summary>Those rows in words.</summary>
    public string ShownInWords => IsFolded ? "all rows, scored out of fold" : $"{Test} rows";

    /// <summary>The parts in which rows of such a dataset may land.</summary>
    public IReadOnlyList<string> PartsOf(DatasetUse use) => IsFolded ? Parts : use switch
    {
        DatasetUse.Train => [Train, Validation],
        DatasetUse.Evaluate => [.. Parts.Except([Train, Validation])],
        _ => Parts,
    };

    /// <summary>The parts in which rows of any of these datasets may land.</summary>
    public IReadOnlyList<string> PartsOf(IEnumerable<DatasetUse> uses) =>
        [.. Parts.Where(part => uses.Any(use => PartsOf(use).Contains(part)))];

    /// <summary>The share of the events of datasets of these uses that is shown.</summary>
    public double ShareShown(IEnumerable<DatasetUse> uses)
    {
        IReadOnlyList<string> parts = PartsOf(uses);
        return parts.Where(ShownParts.Contains).Sum(FractionOf) / parts.Sum(FractionOf);
    }

    /// <summary>
    /// Which part an event belongs to, in all datasets that hold it: the parts of their uses share all events in proportion.
    /// </summary>
    public SplitRule RuleFor(IEnumerable<DatasetUse> uses, ulong seed)
    {
        IReadOnlyList<string> parts = PartsOf(uses);
        double[] fractions = [.. parts.Select(FractionOf)];
        double sum = fractions.Sum();
        return new SplitRule([.. parts.Zip(fractions, (part, fraction) => (part, fraction / sum))], seed);
    }

    private double FractionOf(string part) => Fractions[Parts.ToList().IndexOf(part)];

    /// <summary>Reads the block.</summary>
    public static SplitSettings Read(ConfigBlock block, IReadOnlyList<Dataset>? datasets = null)
    {
        int folds = (int)block.Whole("folds", 1, 1, 100);
        SplitSettings split = folds > 1 ? Folded(block, folds) : block.Has("parts") ? ByRules(block) : ByFractions(block);
        IReadOnlyList<SplitRegion> regions = SplitRegion.ReadAll(block, split.Parts, datasets ?? []);
        int? chunkRows = block.Has("chunk_rows") ? (int)block.Whole("chunk_rows", null, 1, int.MaxValue) : null;
        return split with
        {
            ChunkRows = chunkRows,
            Regions = regions,
            Used = regions.Aggregate(split.Used, (used, region) => region.Used(used)),
        };
    }

    private static SplitSettings ByRules(ConfigBlock block)
    {
        ConfigBlock parts = block.Block("parts");
        foreach (string name in parts.Keys.Except(Known))
            block.Wrong("parts", "rules for train, validation, test, and calibration if wanted", name);
        string[] given = [.. Known.Where(part => part != Calibration || parts.Has(part))];
        var rules = new ExclusiveRules("part of the split", [.. given.Select(part => (part, SplitRegion.Parsed(parts, part)))]);
        // Only a cross section asks what share of the events a rule takes.
        IReadOnlyList<(string Name, double Value)> stated = block.NumberMap("fractions", 0, 1);
        double[] fractions =
            [.. given.Select(part => stated.Count == 0 ? double.NaN : stated.FirstOrDefault(one => one.Name == part).Value)];
        SettingsUsed used = block.Used().And(parts.Used());
        Training training = new("", [Train], [Validation], [.. given.Except([Train, Validation])]);
        return new SplitSettings(given, fractions, [training], used) { Rules = rules };
    }

    private static SplitSettings Folded(ConfigBlock block, int folds)
    {
        if (folds < 3) block.Wrong("folds", "at least 3: one to apply to, one to stop by, the rest to train on", $"{folds}");
        string[] parts = [.. Enumerable.Range(0, folds).Select(fold => $"fold{fold}")];
        Training[] trainings =
        [
            .. Enumerable.Range(0, folds).Select(fold => new Training(parts[fold],
                [.. Enumerable.Range(2, Math.Max(1, folds - 2)).Select(step => parts[(fold + step) % folds])],
                [parts[(fold + 1) % folds]],
                [parts[fold]])),
        ];
        SettingsUsed used = block.Used();
        // One layer of settings over a campaign that splits by fractions makes folds of it.
        bool fractions = block.NumberMap("fractions", 0, 1).Count > 0;
        string dropped = $"split.fractions does not apply: with {folds} folds every row is scored by the network that has not seen it";
        return new SplitSettings(parts, [.. parts.Select(_ => 1.0 / folds)], trainings, used) { Dropped = fractions ? [dropped] : [] };
    }

    private static SplitSettings ByFractions(ConfigBlock block)
    {
        IReadOnlyList<(string Name, double Value)> given = block.NumberMap("fractions", 0, 1);
        foreach ((string name, _) in given)
            if (!Known.Contains(name)) block.Wrong("fractions", "train, validation, calibration and test", name);
        double[] fractions =
            given.Count == 0 ? [0.6, 0.1, 0.1, 0.2] : [.. Known.Select(name => given.FirstOrDefault(part => part.Name == name).Value)];
        if (Math.Abs(fractions.Sum() - 1) > 1e-9 || fractions.Any(fraction => fraction <= 0))
            block.Wrong("fractions", "four fractions above 0 with sum 1", string.Join(", ", fractions.Select(SettingsUsed.Canonical)));
        SettingsUsed used = block.Used();
        for (int i = 0; i < Known.Length; i++) used = used.And($"split.fractions.{Known[i]}", SettingsUsed.Canonical(fractions[i]));
        return new SplitSettings(Known, fractions, [new Training("", [Train], [Validation], [Calibration, Test])], used);
    }
}
