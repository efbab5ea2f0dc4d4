using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// A group of <c>definitions: groups:</c>: what its features share, which is told once; or features of the candidate that cells repeat.
/// </summary>
/// <param name="Name">As features and components name it.</param>
/// <param name="Constituents">The constituents that its objects are among; empty for the candidate itself.</param>
/// <param name="When">Which of them are its objects; all if <see langword="null"/>.</param>
/// <param name="Require">What must hold for each constituent.</param>
/// <param name="Shared">Features that are defined elsewhere and stand in this group too, before its own.</param>
/// <param name="Block">Where it stands.</param>
internal sealed record GroupSettings(
    string Name, string Constituents, Expression? When, Expression? Require, IReadOnlyList<string> Shared, ConfigBlock Block)
{
    /// <summary>Reads all groups.</summary>
    public static IReadOnlyDictionary<string, GroupSettings> ReadAll(ConfigBlock definitions) =>
        definitions.Blocks("groups").ToDictionary(group => group.Name, group => Read(group.Name, group.Block), StringComparer.Ordinal);

    /// <summary>An expression of a block; <see langword="null"/> if it has none, or one that cannot be read, which is told.</summary>
    public static Expression? Parse(ConfigBlock block, string key) => block.Has(key)
        ? block.Mistakes.Try<Expression?>(() => Expression.Parse(block.Text(key), block.At(key)), null)
        : null;

    /// <summary>The group's features of the campaign.</summary>
    public FeatureGroup Of(IReadOnlyList<Feature> features, IReadOnlyCollection<string> known)
    {
        var shared = new List<Feature>();
        foreach (string name in Shared)
            if (features.FirstOrDefault(feature => feature.Name == name) is { } feature)
            {
                if (feature.IsFlat && Constituents.Length == 0) shared.Add(feature);
                else Block.Wrong("features", "features of candidates, of a group without constituents", $"'{name}'");
            }
            else if (!known.Contains(name))
                Block.Wrong("features", "names of features", $"'{name}', nearest {ErrorText.Nearest(name, known, 1)}");
        return new FeatureGroup(Name, [.. shared, .. features.Where(feature => feature.Group == Name && !Shared.Contains(feature.Name))])
        {
            Constituents = Constituents,
            When = When,
            Require = Require,
        };
    }

    private static GroupSettings Read(string name, ConfigBlock block)
    {
        string constituents = block.Text("constituents", "");
        foreach (string key in new[] { "when", "require" })
            if (constituents.Length == 0 && block.Has(key)) block.Wrong(key, "a group with constituents", "none");
        return new GroupSettings(
            name, constituents, Parse(block, "when"), Parse(block, "require"), block.Texts("features", []), block);
    }
}
