using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>What takes the rows of a dataset that are shown to its cross section, in samples that are pooled so.</summary>
/// <param name="Dataset">Its name.</param>
/// <param name="Process">Cross section, luminosity and filter efficiency.</param>
/// <param name="ShareShown">The share of its events that is shown: they stand for all.</param>
/// <param name="Files">The events generated for each of its files.</param>
public sealed record CrossSectionScale(
    string Dataset, ProcessNormalisation Process, double ShareShown, IReadOnlyList<Artifact<GeneratedEvents>> Files)
{
    /// <summary>What enters fingerprints.</summary>
    public SettingsUsed Used => SettingsUsed.None.And($"datasets.{Dataset}.normalisation",
        new[] { Process.CrossSection, Process.Luminosity, Process.FilterEfficiency, ShareShown }.Select(SettingsUsed.Canonical));

    /// <summary>The scales of all datasets that some pair pools by cross section.</summary>
    /// <param name="evaluation">The pairs.</param>
    /// <param name="files">All raw files.</param>
    /// <param name="parts">The split, which knows what share is shown.</param>
    /// <param name="split">Its block, where rules that state no share are a mistake, and caps, which leave no share that is known.</param>
    public static IReadOnlyList<CrossSectionScale> Of(
        EvaluationSettings evaluation, IReadOnlyList<IngestedFile> files, SplitSettings parts, ConfigBlock split)
    {
        HashSet<string> pooled = [.. evaluation.Pairs.SelectMany(Pooled).Select(sample => sample.Dataset)];
        ILookup<string, DatasetUse> uses = files.Select(file => file.Dataset)
            .Distinct()
            .ToLookup(dataset => dataset.Numbering, dataset => dataset.Use);
        CrossSectionScale[] scales =
        [
            .. from file in files
               where pooled.Contains(file.Dataset.Name) && file.Dataset.Normalisation is not null
               group file.Events by file.Dataset into dataset
               select new CrossSectionScale(
                   dataset.Key.Name, dataset.Key.Normalisation!, parts.ShareShown(uses[dataset.Key.Numbering]), [.. dataset]),
        ];
        if (scales.Length > 0 && parts.ShownParts.Any(parts.Caps.Most.ContainsKey))
            split.Wrong("caps", "no cap on what is shown with composition: cross_section, since capped bins stand for no cross section",
                $"{string.Join(", ", parts.Caps.Most.Keys)}");
        if (!scales.Any(scale => double.IsNaN(scale.ShareShown))) return scales;
        split.Wrong("fractions", "the share of all events that each rule of 'parts' takes, for composition: cross_section", "none");
        return [];
    }

    /// <summary>
    /// Says which datasets of a pair that is pooled by cross section state none: where one stands alone on its side, none is needed.
    /// </summary>
    public static void Check(ConfigBlock block, EvaluationPair pair, IReadOnlyList<Dataset> datasets)
    {
        string[] without = [.. Pooled(pair).Select(sample => datasets.FirstOrDefault(dataset => dataset.Name == sample.Dataset))
            .OfType<Dataset>().Where(dataset => dataset.Normalisation is null).Select(dataset => dataset.Name).Distinct()];
        if (without.Length > 0)
            block.Wrong(
                "composition",
                "cross_section and luminosity of every dataset that it pools",
                $"none of {string.Join(", ", without)}");
    }

    /// <summary>The factor on the weight of each row.</summary>
    /// <param name="generated">The events of <see cref="Files"/>.</param>
    /// <param name="byWeight">Whether rows have their generator weights; else each event generated counts 1, as rows do.</param>
    /// <exception cref="StepFailed">Events were generated, and their weights do not add up to more than zero.</exception>
    public double Factor(IEnumerable<GeneratedEvents> generated, bool byWeight)
    {
        GeneratedEvents[] files = [.. generated];
        if (files.All(file => file.Events == 0)) return 0;
        double sum = OrderedSum.Of([.. files.Select(file => byWeight ? file.SumOfWeights : file.Events)]);
        return sum > 0 ? Process.Weight(1, sum) / ShareShown : throw StageErrors.NoSumOfWeights(Dataset, sum);
    }

    private static IEnumerable<PairSample> Pooled(EvaluationPair pair) => pair.Composition != Composition.CrossSection
        ? []
        : new[] { pair.Signal, pair.Background }.Where(side => side.Count > 1).SelectMany(side => side);
}
