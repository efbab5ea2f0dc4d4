using TauPipeline.BuildGraph;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>The weights by cell and class that rows are reweighted with, and the counts and targets that they come from.</summary>
public sealed record WeightTablesFile(IReadOnlyList<WeightTableEntry> Tables) : IProduct<WeightTablesFile>
{
    /// <inheritdoc/>
    public static WeightTablesFile Read(ProductInput from) => Json.Read<WeightTablesFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, WeightTablesFile value) => Json.Write(to, value);
}

/// <summary>One table: a column of weights.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Group">What has such a weight: <c>jets</c> for rows, else the table of constituents.</param>
/// <param name="ClassColumn">The column that classes are told apart by.</param>
/// <param name="Variables">The variables of the cells, outermost first.</param>
/// <param name="Edges">The edges of each; those at infinity where there is overflow.</param>
/// <param name="Target">The target of each cell, the last variable innermost.</param>
/// <param name="Classes">Counts and weights of each class.</param>
/// <param name="Outside">Entries in no cell, which were not counted.</param>
public sealed record WeightTableEntry(
    string Name,
    string Group,
    string ClassColumn,
    IReadOnlyList<string> Variables,
    IReadOnlyList<IReadOnlyList<double>> Edges,
    IReadOnlyList<double> Target,
    IReadOnlyList<WeightTableClass> Classes,
    long Outside)
{
    /// <summary>The entry of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="group">What has such a weight.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="classes">The column that classes are told apart by, and the name of each.</param>
    /// <param name="outside">Entries in no cell.</param>
    public static WeightTableEntry Of(
        WeightTable table, string group, CellBinning cells, (string Column, Func<int, string> Name) classes, long outside) =>
        new(
            table.Name,
            group,
            classes.Column,
            cells.Names,
            [.. cells.Grid.Axes.Select(axis => axis.Edges)],
            table.Target,
            [
                .. table.Weights.Select(one => new WeightTableClass(
                    one.Key, classes.Name(one.Key), table.Counts[one.Key], one.Value, table.Zeroed(one.Key))),
            ],
            outside);

    /// <summary>The table.</summary>
    public WeightTable Table() => new(
        Name,
        [.. Target],
        new SortedDictionary<int, double[]>(Classes.ToDictionary(one => one.Class, one => one.Counts.ToArray())),
        new SortedDictionary<int, double[]>(Classes.ToDictionary(one => one.Class, one => one.Weights.ToArray())));
}

/// <summary>One class of a table.</summary>
/// <param name="Class">Its number: what the column of classes holds.</param>
/// <param name="Name">Its name.</param>
/// <param name="Counts">Entries in each cell.</param>
/// <param name="Weights">The weight of each cell.</param>
/// <param name="Zeroed">Entries that get weight 0, for some other class has none in their cell.</param>
public sealed record WeightTableClass(
    int Class, string Name, IReadOnlyList<double> Counts, IReadOnlyList<double> Weights, double Zeroed);
