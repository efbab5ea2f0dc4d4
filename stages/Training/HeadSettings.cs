using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>
/// A block of <c>train: heads:</c>: what the network learns beside the class, from a truth that only some rows have, as the decay mode of
/// genuine taus.
/// </summary>
/// <param name="Name">Its name, in products and columns.</param>
/// <param name="Truth">The true value; a row with none of <paramref name="Values"/> teaches nothing here.</param>
/// <param name="Reconstructed">What is known without the network, to compare with.</param>
/// <param name="Values">The values by name, in the order of outputs.</param>
/// <param name="Loss">How its loss counts.</param>
/// <param name="Used">What enters fingerprints of who trains.</param>
public sealed record HeadSettings(
    string Name,
    Expression Truth,
    Expression? Reconstructed,
    IReadOnlyList<(string Name, double Value)> Values,
    HeadLossPlan Loss,
    SettingsUsed Used)
{
    /// <summary>Values that belong together, as those of a number of prongs.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Values)> Groups { get; private init; } = [];

    /// <summary>What enters fingerprints of who measures it.</summary>
    public SettingsUsed Measured { get; private init; } = SettingsUsed.None;

    /// <summary>The group of a value's place; <see langword="null"/> if it is of none.</summary>
    public string? GroupOf(int place) => Groups.FirstOrDefault(group => group.Values.Contains(Values[place].Name)).Name;

    /// <summary>As the network has it.</summary>
    public OutputHead Head => new(Name, Values.Count);

    /// <summary>The columns of its scores, one a value.</summary>
    public IReadOnlyList<string> ScoreColumns => [.. Values.Select(value => $"score_{Name}_{value.Name}")];

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions => new[] { Truth, Reconstructed }.OfType<Expression>();

    /// <summary>The columns of the candidates that they need.</summary>
    public IEnumerable<string> Columns => Expressions.SelectMany(one => one.Columns);

    /// <summary>Reads all heads of <c>train:</c>.</summary>
    public static IReadOnlyList<HeadSettings> ReadAll(ConfigBlock train) =>
        [.. train.Blocks("heads").Select(head => Read(head.Name, head.Block))];

    /// <summary>The place of each row's true value among the values; -1 where it is none of them.</summary>
    public int[] TargetsOf(Batch rows) => PlacesOf(Truth, rows);

    /// <summary>The place among the values of what an expression gives for each row; -1 where it is none of them.</summary>
    public int[] PlacesOf(Expression expression, Batch rows)
    {
        double[] known = [.. Values.Select(value => value.Value)];
        return [.. expression.Flat(rows).Select(value => Array.IndexOf(known, value))];
    }

    private static HeadSettings Read(string name, ConfigBlock block)
    {
        Expression truth = block.Mistakes.Try(() => Expression.Parse(block.Text("truth"), block.At("truth")), Expression.Parse("0", ""));
        ConfigBlock values = block.Block("values"), factors = block.Block("factors");
        (string Name, double Value)[] all = [.. values.Keys.Select(value => (value, values.Number(value)))];
        if (all.Length < 2) block.Wrong("values", "at least two values by name", $"{all.Length}");
        if (all.DistinctBy(one => one.Value).Count() < all.Length) block.Wrong("values", "different values", "one twice");
        foreach (string other in factors.Keys.Except(all.Select(one => one.Name)))
            factors.Wrong(other, "names of values", $"'{other}', nearest {ErrorText.Nearest(other, all.Select(one => one.Name), 1)}");
        double[] each = [.. all.Select(one => factors.Number(one.Name, 1, "", 0, 1e6))];
        var loss = new HeadLossPlan(block.Number("factor", 1, "", 0, 1e6), factors.Keys.Count > 0 ? each : []);
        SettingsUsed used = block.Used().And(values.Used()).And(factors.Used());
        Expression? reconstructed = GroupSettings.Parse(block, "reconstructed");
        ConfigBlock together = block.Block("groups");
        IReadOnlyList<(string, IReadOnlyList<string> Values)> groups = block.TextsMap("groups");
        foreach (string other in groups.SelectMany(group => group.Values).Except(all.Select(one => one.Name)))
            together.Wrong(other, "names of values", $"'{other}', nearest {ErrorText.Nearest(other, all.Select(one => one.Name), 1)}");
        return new(name, truth, reconstructed, all, loss, used) { Groups = groups, Measured = block.Used().And(values.Used()) };
    }
}
