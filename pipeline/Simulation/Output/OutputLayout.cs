using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>A layout that the simulated candidates are written in.</summary>
/// <param name="Name">As campaigns name it: <c>generate: { layout: thor }</c>.</param>
/// <param name="Tree">The tree of candidates.</param>
/// <param name="Weight">The branch of generator weights.</param>
/// <param name="Schema">Its branches.</param>
/// <param name="Of">Rows of that layout from rows of <see cref="TauTuple.Schema"/>; those may be lent.</param>
public sealed record OutputLayout(string Name, string Tree, string Weight, Schema Schema, Func<Batch, Batch> Of)
{
    /// <summary>CMS' TauTuple.</summary>
    public static OutputLayout TauTuples { get; } = new("tau_tuple", TauTuple.Tree, "genEventWeight", TauTuple.Schema, rows => rows);

    /// <summary>ATLAS' ntuples as THOR writes them.</summary>
    public static OutputLayout ThorNtuples { get; } = new(
        "thor", ThorTuple.Tree, "TauJets_mcEventWeight", ThorTuple.Schema, ThorTuple.Of);

    /// <summary>The names known.</summary>
    public static IReadOnlyList<string> Names { get; } = [TauTuples.Name, ThorNtuples.Name];

    /// <summary>The layout of that name.</summary>
    /// <exception cref="Defect">There is none.</exception>
    public static OutputLayout ByName(string name) =>
        name == TauTuples.Name ? TauTuples : name == ThorNtuples.Name ? ThorNtuples : throw new Defect($"no layout '{name}'");
}
