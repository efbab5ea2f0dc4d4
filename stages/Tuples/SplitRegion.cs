using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>A region of phase space that rows of some datasets are taken in: <c>split: regions:</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datasets">The datasets whose rows it takes; one dataset may have several.</param>
/// <param name="Selection">Which of their rows.</param>
/// <param name="Parts">The parts of the split that it is asked in; rows of others stay, whatever they are.</param>
public sealed record SplitRegion(string Name, IReadOnlyList<string> Datasets, Expression Selection, IReadOnlyList<string> Parts)
{
    /// <summary>Reads all, in the campaign's order.</summary>
    public static IReadOnlyList<SplitRegion> ReadAll(ConfigBlock split, IReadOnlyList<string> parts, IReadOnlyList<Dataset> datasets)
    {
        string[] known = [.. datasets.Select(dataset => dataset.Name)];
        return
        [
            .. split.Blocks("regions").Select(region => new SplitRegion(
                region.Name,
                Names(region.Block, "datasets", known),
                Parsed(region.Block, "selection"),
                Names(region.Block, "parts", parts))),
        ];
    }

    /// <summary>What enters fingerprints.</summary>
    public SettingsUsed Used(SettingsUsed used) => used
        .And($"split.regions.{Name}.datasets", Datasets)
        .And($"split.regions.{Name}.selection", Selection.Text)
        .And($"split.regions.{Name}.parts", Parts);

    /// <summary>An expression of a block.</summary>
    internal static Expression Parsed(ConfigBlock block, string key)
    {
        string text = block.Text(key);
        return block.Mistakes.Try(() => Expression.Parse(text, block.At(key)), Expression.Parse("0", block.At(key)));
    }

    private static string[] Names(ConfigBlock block, string key, IReadOnlyList<string> known)
    {
        IReadOnlyList<string> names = block.Texts(key, known);
        foreach (string name in names)
            if (!known.Contains(name))
                block.Wrong(key, $"some of {string.Join(", ", known)}", $"'{name}', nearest {ErrorText.Nearest(name, known, 1)}");
        return [.. names];
    }
}

/// <summary>How the rows of one dataset are told to parts and regions.</summary>
internal sealed class RowRules(ExclusiveRules? parts, IReadOnlyList<SplitRegion> regions)
{
    /// <summary>The part of each row by the campaign's rules, or <see langword="null"/> where a hash of the event says.</summary>
    public int[]? PartsOf(Columns.Batch rows) => parts?.Of(rows);

    /// <summary>Whether rows have regions.</summary>
    public bool HasRegions => regions.Count > 0;

    /// <summary>The place of each row's region in the campaign, or <see cref="ExclusiveRules.None"/>.</summary>
    public int[] RegionsOf(Columns.Batch rows, string dataset, string part)
    {
        SplitRegion[] asked = [.. Asked(dataset, part)];
        var rules = new ExclusiveRules("region", [.. asked.Select(region => (region.Name, region.Selection))]);
        return Array.ConvertAll(rules.Of(rows), place => place < 0 ? ExclusiveRules.None : regions.ToList().IndexOf(asked[place]));
    }

    /// <summary>Whether rows of a part must lie in a region.</summary>
    public bool Asks(string part) => regions.Any(region => region.Parts.Contains(part));

    private IEnumerable<SplitRegion> Asked(string dataset, string part) =>
        regions.Where(region => region.Parts.Contains(part) && region.Datasets.Contains(dataset));
}
