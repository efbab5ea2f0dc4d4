using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>Rows of a shard by number, ascending, from 0.</summary>
public sealed record RowList(IReadOnlyList<long> Rows) : IProduct<RowList>
{
    /// <inheritdoc/>
    public static RowList Read(ProductInput from) => Json.Read<RowList>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, RowList value) => Json.Write(to, value);
}
