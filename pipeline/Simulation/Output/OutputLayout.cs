using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>A layout that the simulated candidates are written in.</summary>
/// <param name="Tree">The tree of candidates.</param>
/// <param name="Weight">The branch of generator weights.</param>
/// <param name="Schema">Its branches.</param>
public sealed record OutputLayout(string Tree, string Weight, Schema Schema)
{
    /// <summary>CMS' TauTuple.</summary>
    public static OutputLayout TauTuples { get; } = new(TauTuple.Tree, "genEventWeight", TauTuple.Schema);

    /// <summary>ATLAS' ntuples as THOR writes them.</summary>
    public static OutputLayout ThorNtuples { get; } = new(ThorTuple.Tree, "TauJets_mcEventWeight", ThorTuple.Schema);

    /// <summary>The layout of that name, as campaigns call it.</summary>
    /// <exception cref="Defect">There is none.</exception>
    public static OutputLayout ByName(string name) => name switch
    {
        "tau_tuple" => TauTuples,
        "thor" => ThorNtuples,
        _ => throw new Defect($"no layout '{name}'"),
    };
}
