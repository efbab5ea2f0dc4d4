using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The block <c>working_points:</c>.</summary>
public sealed record WorkingPointsSettings(ClassScheme Classes, WorkingPointSettings Points, Expression? Selection, SettingsUsed Used)
{
    /// <summary>What the report says where folds leave nothing to derive thresholds from.</summary>
    public const string DroppedByFolds =
        "working_points does not apply: folds leave no rows that are neither trained on nor shown; no thresholds are derived";

    /// <summary>What a row counts.</summary>
    public RowWeight Weight { get; private init; } = RowWeight.None;

    /// <summary>The columns that the selection and the weight need.</summary>
    public IEnumerable<string> Columns => (Selection?.Columns ?? []).Concat(Weight.Columns);

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions => (Selection is null ? [] : new[] { Selection }).Concat(Weight.Expressions);

    /// <summary>The working point against each other class that a tau must pass to count.</summary>
    public IReadOnlyDictionary<TauClass, WorkingPoint> Required =>
        Points.Required.ToDictionary(one => Classes.Parse(one.Key), one => one.Value);

    /// <summary>Reads the block; its selection is taken together with the standard one.</summary>
    public static WorkingPointsSettings Read(ConfigBlock block, ConfigBlock definitions, ClassSettings named)
    {
        Mistakes mistakes = block.Mistakes;
        SettingsUsed used = named.Used;
        List<WorkingPointTarget> targets = [];
        foreach ((string against, ConfigBlock _) in block.Blocks("efficiencies"))
        {
            IReadOnlyList<(string Name, double Value)> efficiencies = block.Block("efficiencies").NumberMap(against, 0, 1);
            if (!IsBackground(block, named.Scheme, "efficiencies", against)) continue;
            foreach ((string name, double efficiency) in efficiencies)
            {
                if (Point(mistakes, name) is not { } point) continue;
                targets.Add(new WorkingPointTarget(against, point, efficiency));
                used = used.And($"working_points.efficiencies.{against}.{point}", SettingsUsed.Canonical(efficiency));
            }
        }
        var required = new Dictionary<string, WorkingPoint>(StringComparer.Ordinal);
        foreach ((string against, string name) in block.TextMap("require"))
            if (IsBackground(block, named.Scheme, "require", against) && Point(mistakes, name) is { } point) required[against] = point;
        var points = new WorkingPointSettings
        {
            Targets = targets,
            Required = required,
            EfficiencyStep = block.Number("efficiency_step", 1e-4, "", 1e-9, 1),
            Tolerance = block.Number("tolerance", 1e-5, "", 0, 1),
            MostIterations = (int)block.Whole("iterations", 100, 2, 100_000),
            Decimals = (int)block.Whole("decimals", 8, 1, 12),
        };
        foreach (ErrorText mistake in points.Mistakes())
            mistakes.Add(mistake with { Title = $"{block.At("efficiencies")}: {mistake.Title}" });
        string selection = Together(definitions.Has("selection") ? definitions.Text("selection") : "", block.Text("selection", ""));
        Expression? parsed = selection.Length == 0
            ? null
            : mistakes.Try<Expression?>(
                () => Expression.Parse(selection, (block.Has("selection") ? block : definitions).At("selection")),
                null);
        RowWeight weight = RowWeight.Read(definitions);
        return new WorkingPointsSettings(named.Scheme, points, parsed, used.And(block.Used()).And("selection", selection).And(weight.Used))
        {
            Weight = weight,
        };
    }

    private static bool IsBackground(ConfigBlock block, ClassScheme classes, string key, string name)
    {
        bool known = classes.Backgrounds.Any(one => one.Name == name);
        if (!known)
            block.Wrong(
                key,
                "one of " + string.Join(", ", classes.Backgrounds),
                $"{name}, nearest {ErrorText.Nearest(name, classes.Backgrounds.Select(one => one.Name), 1)}");
        return known;
    }

    private static WorkingPoint? Point(Mistakes mistakes, string name) =>
        mistakes.Try<WorkingPoint?>(() => WorkingPoints.Parse(name), null);

    private static string Together(params string[] selections) =>
        string.Join(" and ", selections.Where(text => text.Length > 0).Select(text => $"({text})"));
}
