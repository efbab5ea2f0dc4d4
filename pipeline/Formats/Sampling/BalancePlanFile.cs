using TauPipeline.BuildGraph;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>
/// What balanced batches are made of, whole numbers all: each batch has <paramref name="RowsPerRegion"/> rows of every region, and takes them
/// from its files where the batch before it ended.
/// </summary>
/// <param name="RowsPerRegion">Rows of a region in a batch.</param>
/// <param name="Batches">Batches.</param>
/// <param name="Files">Shards, in the order in which rows are taken.</param>
/// <param name="Regions">The regions, in the order of a batch.</param>
public sealed record BalancePlanFile(
    long RowsPerRegion, long Batches, IReadOnlyList<string> Files, IReadOnlyList<BalanceRegionEntry> Regions) : IProduct<BalancePlanFile>
{
    /// <inheritdoc/>
    public static BalancePlanFile Read(ProductInput from) => Json.Read<BalancePlanFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, BalancePlanFile value) => Json.Write(to, value);
}

/// <summary>A region of a plan.</summary>
/// <param name="Process">The process.</param>
/// <param name="Class">The class of its rows.</param>
/// <param name="AbsEtaBin">Bin of abs eta.</param>
/// <param name="PtBin">Bin of pt.</param>
/// <param name="Files">Files with its rows, by their place in the plan.</param>
/// <param name="Counts">Rows in each of them.</param>
/// <param name="Rows">Rows in all of them.</param>
/// <param name="LeastUses">How often each row is taken at least.</param>
/// <param name="MostUses">How often at most: once more, unless all are taken alike.</param>
/// <param name="Starts">
/// For each batch the place in <paramref name="Files"/> where it begins, and the row there; a batch ends where the next one begins.
/// </param>
public sealed record BalanceRegionEntry(
    string Process,
    string Class,
    int AbsEtaBin,
    int PtBin,
    IReadOnlyList<int> Files,
    IReadOnlyList<long> Counts,
    long Rows,
    long LeastUses,
    long MostUses,
    IReadOnlyList<IReadOnlyList<long>> Starts)
{
    /// <summary>The entry of a region.</summary>
    public static BalanceRegionEntry Of(
        (string Process, TauClass Class, int AbsEta, int Pt) where, IReadOnlyList<int> files, BalancedRegion region, long batches) => new(
        where.Process,
        where.Class.Name,
        where.AbsEta,
        where.Pt,
        files,
        region.Files,
        region.Rows,
        region.Uses(region.Rows - 1, batches),
        region.Uses(0, batches),
        [.. StartsOf(region, batches)]);

    private static IEnumerable<IReadOnlyList<long>> StartsOf(BalancedRegion region, long batches)
    {
        for (long batch = 0; batch < batches; batch++)
        {
            BalancedCut cut = region.Cut(batch);
            yield return [cut.Files[0], cut.First];
        }
    }
}
