using System.Globalization;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>A variable that efficiencies are shown against: bins [low, high) of its values, or categories of whole numbers.</summary>
/// <param name="Name">Its name in performance.json and of files.</param>
/// <param name="Value">Its value for a candidate.</param>
/// <param name="Edges">Edges of bins; empty where there are categories.</param>
/// <param name="Categories">Names of categories and the values of each; empty where there are bins.</param>
public sealed record EfficiencyVariable(
    string Name, Expression Value, IReadOnlyList<double> Edges, IReadOnlyList<(string Name, IReadOnlyList<int> Values)> Categories)
{
    private readonly BinEdges? _bins = Categories.Count > 0 ? null : new BinEdges([.. Edges]);

    /// <summary>What an axis calls it, without unit.</summary>
    public required string Label { get; init; }

    /// <summary>Its unit, or nothing.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether its axis is logarithmic.</summary>
    public bool Log { get; init; }

    /// <summary>What decides about numbers: value and bins.</summary>
    public required SettingsUsed Used { get; init; }

    /// <summary>What decides about looks alone: label, unit and axis.</summary>
    public required SettingsUsed Looks { get; init; }

    /// <summary>How many bins or categories.</summary>
    public int Count => _bins?.Count ?? Categories.Count;

    /// <summary>The bin or category of a value, -1 for none.</summary>
    public int Find(double value)
    {
        if (_bins is not null) return _bins.Find(value);
        for (int i = 0; i < Categories.Count; i++)
            if (Categories[i].Values.Any(one => one == value)) return i;
        return -1;
    }

    /// <summary>The variables of <c>metrics: variables:</c>: pt, eta and decay mode, with other bins if it says so, then its own.</summary>
    public static IReadOnlyList<EfficiencyVariable> ReadAll(ConfigBlock metrics)
    {
        IReadOnlyList<(string Name, ConfigBlock Block)> named = metrics.Blocks("variables");
        ConfigBlock variables = metrics.Block("variables");
        return
        [
            .. DefaultVariable.All.Select(known => Read(known.Name, variables.Block(known.Name), known)),
            .. named.Where(one => DefaultVariable.All.All(known => known.Name != one.Name)).Select(one => Read(one.Name, one.Block, null)),
        ];
    }

    /// <summary>The names of these variables.</summary>
    public static IReadOnlyList<string> NamesOf(ConfigBlock metrics) =>
        [.. DefaultVariable.All.Select(known => known.Name).Union(metrics.Block("variables").Keys)];

    private static EfficiencyVariable Read(string name, ConfigBlock block, DefaultVariable? known)
    {
        if (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            block.Wrong("column", "a name of letters, digits and underscores", name);
        string column = block.Text("column", known?.Column ?? name);
        Expression value = block.Mistakes.Try(() => Expression.Parse(column, block.At("column")), Expression.Parse("0", block.At("column")));
        if (block.Has("bins") && block.Has("categories")) block.Wrong("categories", "bins or categories", "both");
        bool areBins = block.Has("bins") || (!block.Has("categories") && known is null or { Edges.Count: > 0 });
        IReadOnlyList<double>? usual = known?.Edges is { Count: > 0 } bins ? bins : null;
        IReadOnlyList<double> edges = areBins ? block.Edges("bins", usual, known?.Unit ?? "") : [];
        (string, IReadOnlyList<int>)[] categories =
            areBins ? []
            : block.Has("categories") ? [.. block.TextsMap("categories").Select(one => (one.Name, (IReadOnlyList<int>)Values(block, one.Texts)))]
            : [.. known!.Categories];
        if (!areBins && categories.Length == 0) block.Wrong("categories", "a map of names to whole numbers", "none");
        SettingsUsed used = block.Used();
        string label = block.Text("label", known?.Label ?? name), unit = block.Text("unit", known?.Unit ?? "");
        bool log = block.Flag("log", known?.Log ?? false);
        if (log && edges.Count > 0 && edges[0] <= 0) block.Wrong("log", "bins above zero", edges[0].ToString(CultureInfo.InvariantCulture));
        return new(name, value, edges, categories)
        {
            Label = label,
            Unit = unit,
            Log = log,
            Used = used,
            Looks = SettingsUsed.None.And($"{block.Path}.label", label).And($"{block.Path}.unit", unit).And($"{block.Path}.log", $"{log}"),
        };
    }

    private static List<int> Values(ConfigBlock block, IReadOnlyList<string> texts)
    {
        var values = new List<int>();
        foreach (string text in texts)
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)) values.Add(value);
            else block.Wrong("categories", "whole numbers", text);
        return values;
    }

    // What a variable is where the campaign says nothing else.
    private sealed record DefaultVariable(
        string Name,
        string Column,
        string Label,
        IReadOnlyList<double> Edges,
        IReadOnlyList<(string Name, IReadOnlyList<int> Values)> Categories)
    {
        public string Unit { get; private init; } = "";

        public bool Log { get; private init; }

        public static DefaultVariable[] All { get; } =
        [
            new("pt", CandidateColumns.Pt, "p_T",
                [20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80, 90, 100, 120, 140, 160, 180, 200, 300, 1000], [])
            { Unit = "GeV", Log = true },
            new("eta", CandidateColumns.Eta, "η", [-2.3, -1.8, -1.3, -0.8, -0.3, 0.3, 0.8, 1.3, 1.8, 2.3], []),
            new("decay_mode", CandidateColumns.DecayMode, "Decay mode", [],
                [("0", [0]), ("1", [1]), ("2", [2]), ("5", [5]), ("6", [6]), ("7, 10", [7, 10]), ("11", [11])]),
        ];
    }
}
