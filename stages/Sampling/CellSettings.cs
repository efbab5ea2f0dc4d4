using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// The cells that rows are balanced in, shared by Reweight and Resample: <c>definitions: cells:</c>, and under the name <c>binning</c>
/// those of <c>definitions: binning:</c>.
/// </summary>
/// <param name="All">By name.</param>
public sealed record CellSettings(IReadOnlyDictionary<string, CellBinning> All)
{
    /// <summary>The name of the cells of pt and |eta| that every campaign has.</summary>
    public const string Standard = "binning";

    /// <summary>Reads <c>definitions: cells:</c>.</summary>
    public static CellSettings Read(ConfigBlock definitions, SpectrumSettings binning)
    {
        var all = new Dictionary<string, CellBinning>(StringComparer.Ordinal)
        {
            [Standard] = new(
                Standard,
                [Expression.Parse($"abs({CandidateColumns.Eta})", Standard), Expression.Parse(CandidateColumns.Pt, Standard)],
                new CellGrid([new CellEdges(binning.AbsEta, false), new CellEdges(binning.Pt, false)])),
        };
        foreach ((string name, ConfigBlock block) in definitions.Blocks("cells"))
            if (One(name, block) is { } cells) all[name] = cells;
        return new CellSettings(all);
    }

    /// <summary>The cells that a block names; the standard ones if it names none that exist.</summary>
    public CellBinning Of(ConfigBlock block)
    {
        string name = block.Text("cells", Standard);
        if (!All.ContainsKey(name)) block.Wrong("cells", $"some of {string.Join(", ", All.Keys)}", name);
        return All.GetValueOrDefault(name, All[Standard]);
    }

    /// <summary>What enters fingerprints of whoever uses some.</summary>
    public static SettingsUsed Used(SettingsUsed used, CellBinning cells)
    {
        for (int axis = 0; axis < cells.Variables.Count; axis++)
            used = used.And(
                $"definitions.cells.{cells.Name}.{cells.Variables[axis].Text}",
                $"{cells.Grid.Axes[axis].Inner.Canonical} {(cells.Grid.Axes[axis].HasOverflow ? "with overflow" : "")}");
        return used;
    }

    private static CellBinning? One(string name, ConfigBlock block)
    {
        bool overflow = block.Flag("overflow", true);
        ConfigBlock axes = block.Block("axes");
        if (axes.Keys.Count == 0) block.Wrong("axes", "at least one variable with its edges", "none");
        var variables = new List<Expression>();
        var edges = new List<CellEdges>();
        foreach (string variable in axes.Keys)
        {
            variables.Add(axes.Mistakes.Try(() => Expression.Parse(variable, axes.At(variable)), Expression.Parse("0", "")));
            edges.Add(new CellEdges(new BinEdges([.. EdgesOf(axes, variable)]), overflow));
        }
        return edges.Count == 0 ? null : axes.Mistakes.Try<CellBinning?>(() => new(name, variables, new CellGrid(edges)), null);
    }

    // Edges written out, or ranges of equal cells: [[20, 250, 10], [250, 1000, 5]].
    private static IReadOnlyList<double> EdgesOf(ConfigBlock axes, string variable)
    {
        if (!axes.HasLists(variable)) return axes.Edges(variable);
        IReadOnlyList<IReadOnlyList<double>> ranges = axes.Lists(variable);
        var edges = new List<double>();
        foreach (IReadOnlyList<double> range in ranges)
        {
            bool isRange = range.Count == 3 && range[0] < range[1] && range[2] >= 1 && range[2] == Math.Floor(range[2]) && range[2] <= 1e6;
            if (!isRange || edges.Count > 0 && edges[^1] != range[0])
            {
                axes.Wrong(variable, "ranges [from, to, cells], each from where the one before ends", SettingsUsed.Canonical(range));
                return [0, 1];
            }
            edges.AddRange(CellEdges.Steps(range[0], range[1], (int)range[2]).Skip(edges.Count == 0 ? 0 : 1));
        }
        return edges;
    }
}
