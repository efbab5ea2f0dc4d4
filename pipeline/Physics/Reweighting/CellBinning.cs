using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>Cells that rows, or the constituents of rows, are sorted into: expressions, each with its edges.</summary>
/// <param name="Name">What the campaign calls them.</param>
/// <param name="Variables">The expressions, outermost first.</param>
/// <param name="Grid">Their edges.</param>
public sealed record CellBinning(string Name, IReadOnlyList<Expression> Variables, CellGrid Grid)
{
    /// <summary>The variables as they are written.</summary>
    public IReadOnlyList<string> Names => [.. Variables.Select(variable => variable.Text)];

    /// <summary>The columns it needs.</summary>
    public IEnumerable<string> Columns => Variables.SelectMany(variable => variable.Columns).Distinct(StringComparer.Ordinal);

    /// <summary>The cell of each row, or of each constituent; negative in none.</summary>
    public int[] Of(Batch batch) => Grid.Find([.. Variables.Select(variable => variable.Each(batch))]);

    /// <summary>Says which cell this is: <c>pt 20000 to 43000, eta below -2.5</c>.</summary>
    public string NameOf(int cell) => Grid.Name(cell, Names);
}
