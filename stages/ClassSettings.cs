using System.Text.RegularExpressions;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The block <c>classes:</c>: names, roles and truth rules; the standard classes where a campaign has none.</summary>
/// <param name="Scheme">The classes.</param>
/// <param name="Used">Names, order and roles, for all who look at classes.</param>
public sealed record ClassSettings(ClassScheme Scheme, SettingsUsed Used)
{
    private static readonly string[] Roles = ["signal", "background", "aside"];
    private static readonly Regex ColumnName = new("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant);

    /// <summary>What <see cref="Used"/> says and the rules, for those who tell classes apart.</summary>
    public SettingsUsed UsedForTruth { get; private init; } = Used;

    /// <summary>The standard classes.</summary>
    public static ClassSettings Standard { get; } = Of(StandardClasses.Scheme);

    /// <summary>All rules.</summary>
    public IEnumerable<Expression> Rules => Scheme.Definitions.Select(one => one.Truth);

    /// <summary>Reads the block.</summary>
    public static ClassSettings Read(ConfigBlock root)
    {
        if (!root.Has("classes")) return Standard;
        ConfigBlock classes = root.Block("classes");
        var read = new List<(string Name, ClassRole Role, string Title, Expression Truth)>();
        foreach ((string name, ConfigBlock block) in root.Blocks("classes"))
        {
            if (!ColumnName.IsMatch(name)) classes.Wrong(name, "a name of letters, digits and _", name);
            var role = (ClassRole)Math.Max(0, Array.IndexOf(Roles, block.Choice("role", Roles)));
            string truth = block.Text("truth");
            read.Add(
                (
                    name,
                    role,
                    block.Text("title", name),
                    block.Mistakes.Try(() => Expression.Parse(truth, block.At("truth")), Expression.Parse("0", block.At("truth")))));
        }
        foreach (ClassRole role in new[] { ClassRole.Signal, ClassRole.Background })
            if (!read.Any(one => one.Role == role)) root.Wrong("classes", $"at least one class with the role {Roles[(int)role]}", "none");
        if (read.Count == 0) return Standard;
        // Those that are trained come first, in the order of the campaign: they are the network's outputs.
        return Of(
            new ClassScheme([
                .. read.OrderBy(one => one.Role == ClassRole.Aside)
                    .Select((one, index) => new ClassDefinition(new TauClass(index, one.Name), one.Role, one.Title, one.Truth)),
            ]));
    }

    private static ClassSettings Of(ClassScheme scheme)
    {
        SettingsUsed used = SettingsUsed.None, rules = SettingsUsed.None;
        foreach (ClassDefinition one in scheme.Definitions)
        {
            used = used.And($"classes.{one.Class.Index}", $"{one.Class.Name} {Roles[(int)one.Role]}");
            rules = rules.And($"classes.{one.Class.Index}.truth", one.Truth.Text);
        }
        return new ClassSettings(scheme, used) { UsedForTruth = used.And(rules) };
    }
}
