using System.Text.RegularExpressions;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>A group of datasets and the types it delivers.</summary>
/// <param name="Name">Its name; random decisions depend on it.</param>
/// <param name="Datasets">Its datasets, in the campaign's order if they are given by a pattern.</param>
/// <param name="Types">The classes it delivers.</param>
public sealed record MixGroupSettings(string Name, IReadOnlyList<string> Datasets, IReadOnlyList<TauClass> Types)
{
    /// <summary>How much of a bin's quota it gives, relative to others (<c>quota:</c> alone).</summary>
    public double Weight { get; private init; } = 1;

    /// <summary>
    /// Reads one of <c>groups:</c>, whose datasets are named (<c>datasets:</c>), or found as a data-group file does: <c>dir:</c> is a
    /// pattern for the whole name of a dataset, <c>file:</c> one that all its files must fit.
    /// </summary>
    public static MixGroupSettings Read(string name, ConfigBlock group, IReadOnlyList<Dataset> datasets, ClassScheme classes)
    {
        Dataset[] known = [.. datasets.Where(dataset => dataset.Use != DatasetUse.Evaluate)];
        IReadOnlyList<string> members = group.Has("dir") ? Found(group, known) : Named(group, known);
        string[] types = [.. group.Texts("types")];
        if (types.Distinct(StringComparer.Ordinal).Count() < types.Length)
            group.Wrong("types", "a list that names each class once", string.Join(", ", types));
        return new MixGroupSettings(name, members, [.. types.Select(type => group.Mistakes.Try(() => classes.Parse(type), classes.All[0]))])
        {
            Weight = group.Number("weight", 1, "", 1e-9, 1e9),
        };
    }

    private static string[] Named(ConfigBlock group, Dataset[] known)
    {
        IReadOnlyList<string> members = group.Texts("datasets");
        string[] names = [.. known.Select(dataset => dataset.Name)];
        foreach (string member in members.Except(names))
            group.Wrong(
                "datasets",
                "datasets of this campaign that are used for training",
                $"'{member}', nearest {ErrorText.Nearest(member, names, 1)}");
        return [.. members.Where(names.Contains)];
    }

    private static string[] Found(ConfigBlock group, Dataset[] known)
    {
        Regex dir = Pattern(group, "dir"), file = group.Has("file") ? Pattern(group, "file") : new Regex("");
        Dataset[] found = [.. known.Where(dataset => dir.IsMatch(dataset.Name))];
        if (found.Length == 0)
            group.Wrong("dir", "a pattern that fits datasets used for training", $"'{group.Text("dir")}', datasets {Names(known)}");
        // Spectra are counted by dataset: a group of some of its files would be thinned by what it does not have.
        foreach (RawEntry input in found.SelectMany(dataset => dataset.Inputs).Where(input => !file.IsMatch(input.Entry)))
            group.Wrong("file", "a pattern that fits all files of its datasets (make others a dataset of their own)", input.Entry);
        return [.. found.Select(dataset => dataset.Name)];
    }

    private static Regex Pattern(ConfigBlock group, string key)
    {
        string text = group.Text(key);
        try
        {
            return new Regex($"^(?:{text})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            group.Wrong(key, "a regular expression", error.Message);
            return new Regex("");
        }
    }

    private static string Names(Dataset[] datasets) => string.Join(", ", datasets.Select(dataset => dataset.Name));
}
