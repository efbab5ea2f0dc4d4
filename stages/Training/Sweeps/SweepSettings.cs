using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Stages;

/// <summary>
/// The block <c>sweep:</c>: trainings that differ in some settings of <c>train:</c>, and the rule by which one is chosen.
/// </summary>
/// <param name="Points">The settings of each, by name; none without the block.</param>
/// <param name="Rule">Which of them is the campaign's.</param>
/// <param name="Used">What enters the fingerprint of the choice.</param>
public sealed record SweepSettings(IReadOnlyList<TrainSettings> Points, SweepRule Rule, SettingsUsed Used)
{
    private const int MostPoints = 1000;

    /// <summary>Reads the block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="train">That of the settings which points differ in.</param>
    /// <param name="base">Those settings.</param>
    /// <param name="classes">The classes.</param>
    public static SweepSettings Read(ConfigBlock block, ConfigBlock train, TrainSettings @base, ClassSettings classes)
    {
        IReadOnlyList<IReadOnlyList<ConfigChange>> grid = block.Axes("grid"), list = block.Changes("list");
        SweepRule rule = SweepRules.Read(block, "choose");
        if (!block.IsThere) return new([], rule, SettingsUsed.None);
        if (grid.Count > 0 == list.Count > 0)
            block.Wrong("list", "there, or a grid in its stead", grid.Count > 0 ? "there beside a grid" : "neither");
        IReadOnlyList<ConfigChange>[] changes = [.. grid.Count > 0 ? Combined(grid) : list];
        if (changes.Length > MostPoints) block.Wrong("grid", $"of at most {MostPoints} points", $"{changes.Length}");
        TrainSettings[] points =
        [
            .. changes.Take(MostPoints).Select(point =>
                train.Changed(point, one => TrainSettings.Read(one, classes)) with
                {
                    Point = string.Join(',', point.Select(one => one.Name)),
                }),
        ];
        Check(block, points, rule, @base);
        return new(points, rule, block.Used());
    }

    // Every combination, the last setting first through its values.
    private static IEnumerable<IReadOnlyList<ConfigChange>> Combined(IReadOnlyList<IReadOnlyList<ConfigChange>> axes) =>
        axes.Aggregate(
            (IEnumerable<IReadOnlyList<ConfigChange>>)[[]],
            (points, axis) => points.SelectMany(point => axis.Select(value => (IReadOnlyList<ConfigChange>)[.. point, value])));

    private static void Check(ConfigBlock block, IReadOnlyList<TrainSettings> points, SweepRule rule, TrainSettings @base)
    {
        string key = block.Has("grid") ? "grid" : "list";
        foreach (IGrouping<ContentHash, TrainSettings> same in points.GroupBy(point => point.Used.Hash()).Where(same => same.Count() > 1))
            block.Wrong(key, "of points that differ", $"the same training as {string.Join(" and ", same.Select(point => point.Point))}");
        // Stages after this one are composed before a point is chosen.
        if (points.FirstOrDefault(point => point.Network.Takes != @base.Network.Takes) is { } other)
            block.Wrong(key, "of networks that take constituents in the form in which train.network does", other.Point);
        if (points.FirstOrDefault(point => Of("heads", point) != Of("heads", @base)) is { } headed)
            block.Wrong(key, "of networks that learn beside the class what train.heads says", headed.Point);
        if (points.FirstOrDefault(point => point.Checkpoints > 0 != @base.Checkpoints > 0) is { } kept)
            block.Wrong(key, "of trainings that keep checkpoints as train.checkpoints does, or none as that", kept.Point);
        if (rule == SweepRule.ValidationLoss && points.Select(point => Of("loss", point)).Distinct().Count() > 1)
            block.Wrong("choose", "a number that losses of several kinds can be compared by: validation_accuracy", SweepRules.Text(rule));
    }

    // What is said below a key of train.
    private static ContentHash Of(string key, TrainSettings point) =>
        point.Used.Without(point.Used.Paths.Where(path => !path.StartsWith($"train.{key}", StringComparison.Ordinal))).Hash();
}
