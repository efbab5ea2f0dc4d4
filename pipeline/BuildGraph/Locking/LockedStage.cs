using System.Globalization;
using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>A line of a lock: a product (a folder's path ends with <c>/</c>), or all products of a large stage together.</summary>
public sealed record LockedLine(string What, long Size, ContentHash Hash)
{
    /// <summary>As it stands in the lock: what it is comes first, so that no two lines look alike to a merge.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What} {Size} sha256:{Hash}");
}

/// <summary>What the products of one stage are.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Lines">Its lines, sorted.</param>
public sealed record LockedStage(string Name, IReadOnlyList<LockedLine> Lines)
{
    /// <summary>A stage of more products than this is one line.</summary>
    public const int MostLines = 200;

    /// <summary>Of all lines together: a line that was edited by hand, or came from another branch, does not fit it.</summary>
    public ContentHash Digest => Of(Lines);

    /// <summary>The stage whose products these are, as a lock has it.</summary>
    public static LockedStage Of(string name, IEnumerable<ProductState> products)
    {
        LockedLine[] lines =
        [
            .. products.Select(product => new LockedLine(
                    product.Kind == ArtifactKind.Folder ? product.Path + "/" : product.Path,
                    product.Size,
                    product.Hash))
            .OrderBy(line => line.What, StringComparer.Ordinal)];
        return new LockedStage(
            name,
            lines.Length <= MostLines ? lines : [new LockedLine($"({lines.Length} products)", lines.Sum(line => line.Size), Of(lines))]);
    }

    private static ContentHash Of(IEnumerable<LockedLine> lines) =>
        ContentHash.Of(lines.Aggregate(new StringBuilder(), (text, line) => text.Append(line).Append('\n')).ToString());
}
