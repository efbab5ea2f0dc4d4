using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Reads the two sides of a pair, and refuses classes that contradict the pair or that a dataset cannot have.</summary>
internal sealed class PairSamples(ConfigBlock block, IReadOnlyList<Dataset> datasets, ClassScheme classes)
{
    /// <summary>The background that the pair's scores tell signals from.</summary>
    public TauClass Against()
    {
        string name = block.Text("against");
        TauClass? against = classes.Backgrounds.FirstOrDefault(one => one.Name == name);
        if (against is null)
            block.Wrong(
                "against",
                "a background: " + string.Join(", ", classes.Backgrounds),
                $"{name}, nearest {ErrorText.Nearest(name, classes.Backgrounds.Select(one => one.Name), 1)}");
        return against ?? classes.Backgrounds[0];
    }

    /// <summary>The signal: of trained classes only signals.</summary>
    public IReadOnlyList<PairSample> Signal() =>
        Read("signal", one => !classes.Backgrounds.Contains(one), "signals, or classes that are not trained");

    /// <summary>The background: of trained classes only that of the scores.</summary>
    public IReadOnlyList<PairSample> Background(TauClass against) =>
        Read(
            "background",
            one => one == against || !classes.Trained.Contains(one),
            $"{against}, which the pair is against, or classes that are not trained");

    /// <summary>The classes of a sample in words, in the midst of a sentence.</summary>
    public string Title(IReadOnlyList<PairSample> sample) =>
        string.Join(
            " and ",
            sample.SelectMany(one => one.Types).Distinct().OrderBy(one => one.Index).Select(one => InSentence(classes.Title(one))));

    private List<PairSample> Read(string key, Func<TauClass, bool> fits, string expected)
    {
        var samples = new List<PairSample>();
        DatasetClasses possible = new(classes);
        foreach ((string dataset, IReadOnlyList<string> names) in block.TextsMap(key))
        {
            Dataset? known = datasets.FirstOrDefault(one => one.Name == dataset && one.Use != DatasetUse.Train);
            if (known is null)
                block.Wrong(
                    key,
                    "datasets of this campaign that are used for evaluation",
                    $"'{dataset}', nearest {ErrorText.Nearest(dataset, datasets.Where(one => one.Use != DatasetUse.Train).Select(one => one.Name), 1)}"
                );
            TauClass[] types = [.. names.Select(name => block.Mistakes.Try<TauClass?>(() => classes.Parse(name), null)).OfType<TauClass>()];
            foreach (TauClass wrong in types.Where(one => !fits(one))) block.Wrong(key, expected, $"{dataset}: [{wrong}]");
            if (known is not null)
                foreach (TauClass never in types.Where(one => !possible.Has(known, one)))
                    block.Wrong(
                        key,
                        $"classes that {dataset} can have: {string.Join(", ", classes.All.Where(one => possible.Has(known, one)))}",
                        never.Name);
            samples.Add(new PairSample(dataset, types));
        }
        if (samples.Count == 0) block.Wrong(key, "a map of datasets to types", "none");
        return samples;
    }

    // "Electrons" in the midst of a caption; what begins with two capitals is an abbreviation.
    private static string InSentence(string title) =>
        title.Length > 1 && char.IsLower(title[1]) ? char.ToLowerInvariant(title[0]) + title[1..] : title;
}
