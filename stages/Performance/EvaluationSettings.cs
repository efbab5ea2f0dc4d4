using System.Globalization;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Rows of a dataset of some types.</summary>
public sealed record PairSample(string Dataset, IReadOnlyList<TauClass> Types);

/// <summary>A region of phase space: pt and |eta| half open, decay modes listed (none means all).</summary>
public sealed record EvaluationBin(double PtLow, double PtHigh, double AbsEtaLow, double AbsEtaHigh, IReadOnlyList<int> DecayModes)
{
    /// <summary>Whether a candidate lies in it.</summary>
    public bool Contains(double pt, double eta, int decayMode) =>
        pt >= PtLow && pt < PtHigh && Math.Abs(eta) >= AbsEtaLow && Math.Abs(eta) < AbsEtaHigh && (DecayModes.Count == 0 || DecayModes.Contains(decayMode));
}

/// <summary>One comparison: signal rows against background rows in bins.</summary>
public sealed record EvaluationPair(string Name, string Title, TauClass Against, string AgainstTitle, IReadOnlyList<PairSample> Signal, IReadOnlyList<PairSample> Background, Expression? Selection, IReadOnlyList<EvaluationBin> Bins);

/// <summary>The list <c>evaluation:</c>.</summary>
public sealed record EvaluationSettings(ClassScheme Classes, IReadOnlyList<EvaluationPair> Pairs, SettingsUsed Used)
{
    /// <summary>The columns that selections need.</summary>
    public IEnumerable<string> Columns => Pairs.SelectMany(pair => pair.Selection?.Columns ?? []);

    /// <summary>Reads the list.</summary>
    public static EvaluationSettings Read(ConfigBlock root, ConfigBlock definitions, IReadOnlyList<Dataset> datasets, ClassSettings named)
    {
        ClassScheme classes = named.Scheme;
        var pairs = new List<EvaluationPair>();
        SettingsUsed used = named.Used.And("classes.titles", string.Join(", ", classes.Definitions.Select(one => one.Title)));
        string? standard = definitions.Has("selection") ? definitions.Text("selection") : null;
        foreach (ConfigBlock block in root.List("evaluation"))
        {
            string name = block.Text("name");
            TauClass against = block.Mistakes.Try(() => classes.Parse(block.Text("against")), classes.All[0]);
            if (!classes.Backgrounds.Contains(against)) block.Wrong("against", $"a background: {string.Join(", ", classes.Backgrounds)}", block.Text("against"));
            string selection = block.Text("selection", standard ?? "");
            pairs.Add(new EvaluationPair(name, block.Text("title", name), against, InSentence(classes.Title(against)), Samples(block, "signal", datasets, classes), Samples(block, "background", datasets, classes),
                selection.Length == 0 ? null : block.Mistakes.Try<Expression?>(() => Expression.Parse(selection, block.At("selection")), null), Bins(block)));
            used = used.And(block.Used());
            if (pairs.Count(pair => pair.Name == name) > 1) block.Wrong("name", "a name that no other pair has", name);
        }
        if (pairs.Count == 0) root.Wrong("evaluation", "at least one pair", "none");
        return new EvaluationSettings(classes, pairs, used);
    }

    // "Electrons" in the midst of a caption; what begins with two capitals is an abbreviation.
    private static string InSentence(string title) => title.Length > 1 && char.IsLower(title[1]) ? char.ToLowerInvariant(title[0]) + title[1..] : title;

    private static List<PairSample> Samples(ConfigBlock block, string key, IReadOnlyList<Dataset> datasets, ClassScheme classes)
    {
        var samples = new List<PairSample>();
        foreach ((string dataset, IReadOnlyList<string> types) in block.TextsMap(key))
        {
            if (!datasets.Any(known => known.Name == dataset && known.Use != DatasetUse.Train))
                block.Wrong(key, "datasets of this campaign that are used for evaluation", $"'{dataset}', nearest {ErrorText.Nearest(dataset, datasets.Where(d => d.Use != DatasetUse.Train).Select(d => d.Name), 1)}");
            samples.Add(new PairSample(dataset, [.. types.Select(type => block.Mistakes.Try(() => classes.Parse(type), classes.All[0]))]));
        }
        if (samples.Count == 0) block.Wrong(key, "a map of datasets to types", "none");
        return samples;
    }

    // The first of each list is the inclusive one; the others are looked at one axis at a time, or all combined.
    private static List<EvaluationBin> Bins(ConfigBlock block)
    {
        List<(double Low, double High)> pt = Ranges(block, "pt", (20, 1000)), eta = Ranges(block, "abs_eta", (0, 2.3));
        IReadOnlyList<IReadOnlyList<int>> modes = block.Has("decay_modes")
            ? [.. block.Lists("decay_modes").Select(list => (IReadOnlyList<int>)[.. list.Select(number => (int)number)])] : [[]];
        bool product = block.Choice("combine", ["one_by_one", "all"], "one_by_one") == "all";
        var bins = new List<EvaluationBin>();
        for (int i = 0; i < pt.Count; i++)
            for (int j = 0; j < eta.Count; j++)
                for (int k = 0; k < modes.Count; k++)
                    if (product || (i > 0 ? 1 : 0) + (j > 0 ? 1 : 0) + (k > 0 ? 1 : 0) <= 1)
                        bins.Add(new EvaluationBin(pt[i].Low, pt[i].High, eta[j].Low, eta[j].High, modes[k]));
        return bins;
    }

    private static List<(double Low, double High)> Ranges(ConfigBlock block, string key, (double, double) fallback)
    {
        if (!block.Has(key)) return [fallback];
        var ranges = new List<(double, double)>();
        foreach (IReadOnlyList<double> range in block.Lists(key, key == "pt" ? "GeV" : ""))
            if (range.Count == 2 && range[0] < range[1]) ranges.Add((range[0], range[1]));
            else block.Wrong(key, "a list of ranges [low, high]", string.Join(", ", range.Select(value => value.ToString(CultureInfo.InvariantCulture))));
        return ranges.Count > 0 ? ranges : [fallback];
    }
}
