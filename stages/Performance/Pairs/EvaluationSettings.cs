using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Rows of a dataset of some classes.</summary>
public sealed record PairSample(string Dataset, IReadOnlyList<TauClass> Types);

/// <summary>One comparison: signal rows against background rows in bins.</summary>
public sealed record EvaluationPair(
    string Name,
    string Title,
    TauClass Against,
    IReadOnlyList<PairSample> Signal,
    IReadOnlyList<PairSample> Background,
    Expression? Selection,
    IReadOnlyList<EvaluationBin> Bins)
{
    /// <summary>What its signal is, in the midst of a sentence: genuine taus.</summary>
    public required string SignalTitle { get; init; }

    /// <summary>What its background is, in the midst of a sentence: jets.</summary>
    public required string BackgroundTitle { get; init; }

    /// <summary>How the datasets of a side share its weight.</summary>
    public Composition Composition { get; init; }

    /// <summary>Variables in which its background counts as its signal is distributed; none where rows count as they are.</summary>
    public IReadOnlyList<string> Matched { get; init; } = [];

    /// <summary>Name of the pair whose rows it takes: its own, or that of the pair of which it is a matched view.</summary>
    public string RowsOf { get; init; } = Name;

    /// <summary>The same pair with its background weighted to the signal.</summary>
    public EvaluationPair MatchedIn(IReadOnlyList<string> variables) => this with
    {
        Name = $"{Name}_matched",
        Title = $"{Title}, background as the signal in {string.Join(" and ", variables)}",
        Matched = variables,
    };
}

/// <summary>The list <c>evaluation:</c>.</summary>
public sealed record EvaluationSettings(ClassScheme Classes, IReadOnlyList<EvaluationPair> Pairs, SettingsUsed Used)
{
    /// <summary>What a row counts.</summary>
    public RowWeight Weight { get; private init; } = RowWeight.None;

    /// <summary>Those that rows are gathered for; the others are views of the same rows.</summary>
    public IEnumerable<EvaluationPair> Gathered => Pairs.Where(pair => pair.RowsOf == pair.Name);

    /// <summary>The columns that selections and weights need.</summary>
    public IEnumerable<string> Columns => Pairs.SelectMany(pair => pair.Selection?.Columns ?? []).Concat(Weight.Columns);

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions => Pairs.Select(pair => pair.Selection).OfType<Expression>().Concat(Weight.Expressions);

    /// <summary>Reads the list.</summary>
    public static EvaluationSettings Read(ConfigBlock root, ConfigBlock definitions, IReadOnlyList<Dataset> datasets, ClassSettings named)
    {
        ClassScheme classes = named.Scheme;
        var pairs = new List<EvaluationPair>();
        SettingsUsed used = named.Used.And("classes.titles", classes.Definitions.Select(one => one.Title));
        foreach (ConfigBlock block in root.List("evaluation"))
        {
            pairs.Add(Pair(block, definitions, new PairSamples(block, datasets, classes)));
            CrossSectionScale.Check(block, pairs[^1], datasets);
            IReadOnlyList<string> matched = Matched(block, root.Block("metrics"));
            used = used.And(block.Used());
            if (pairs.Count(pair => pair.Name == pairs[^1].Name) > 1) block.Wrong("name", "a name that no other pair has", pairs[^1].Name);
            if (matched.Count > 0) pairs.Add(pairs[^1].MatchedIn(matched));
        }
        if (pairs.Count == 0) root.Wrong("evaluation", "at least one pair", "none");
        RowWeight weight = RowWeight.Read(definitions);
        return new EvaluationSettings(classes, pairs, used.And(weight.Used)) { Weight = weight };
    }

    private static IReadOnlyList<string> Matched(ConfigBlock block, ConfigBlock metrics)
    {
        IReadOnlyList<string> matched = block.Texts("match", []), known = EfficiencyVariable.NamesOf(metrics);
        foreach (string name in matched.Except(known))
            block.Wrong("match", "names of metrics.variables", $"'{name}', nearest {ErrorText.Nearest(name, known, 1)}");
        return [.. matched.Intersect(known)];
    }

    private static EvaluationPair Pair(ConfigBlock block, ConfigBlock definitions, PairSamples samples)
    {
        string name = block.Text("name"),
            selection = block.Text("selection", definitions.Has("selection") ? definitions.Text("selection") : "");
        string selectedAt = (block.Has("selection") ? block : definitions).At("selection");
        TauClass against = samples.Against();
        IReadOnlyList<PairSample> signal = samples.Signal(), background = samples.Background(against);
        Expression? selected = selection.Length == 0
            ? null
            : block.Mistakes.Try<Expression?>(() => Expression.Parse(selection, selectedAt), null);
        return new EvaluationPair(name, block.Text("title", name), against, signal, background, selected, EvaluationBin.Read(block))
        {
            SignalTitle = samples.Title(signal),
            BackgroundTitle = samples.Title(background),
            Composition = Compositions.Read(block),
        };
    }
}
