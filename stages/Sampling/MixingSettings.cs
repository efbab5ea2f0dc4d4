using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The campaign's way of mixing, which is the one whose block it has: <c>shuffle_merge:</c> or <c>reweight:</c>.
/// </summary>
public sealed record MixingSettings
{
    private static readonly string[] Ways = ["shuffle_merge", "reweight"];

    /// <summary>Groups drawn and thinned, if that is the way.</summary>
    public ShuffleMergeSettings? ShuffleMerge { get; private init; }

    /// <summary>All rows kept and weighed, if that is the way.</summary>
    public ReweightSettings? Reweight { get; private init; }

    /// <summary>The columns it needs of rows that are not mixed yet.</summary>
    public IEnumerable<string> Columns => Reweight?.Columns.Except([CandidateColumns.Type]) ?? [];

    /// <summary>The columns that mixed rows have beside.</summary>
    public IReadOnlyList<string> Made => [.. Reweight?.Made ?? []];

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions => Reweight?.Expressions ?? [];

    /// <summary>Reads the block that the campaign has.</summary>
    public static MixingSettings Read(ConfigBlock root, CellSettings cells, IReadOnlyList<Dataset> datasets, ClassSettings classes)
    {
        string[] given = [.. Ways.Where(root.Has)];
        if (given.Length > 1) root.Wrong(given[1], "one way of mixing", string.Join(" and ", given));
        return given is ["reweight", ..]
            ? new() { Reweight = ReweightSettings.Read(root.Block("reweight"), cells, classes) }
            : new() { ShuffleMerge = ShuffleMergeSettings.Read(root.Block("shuffle_merge"), datasets, classes) };
    }
}
