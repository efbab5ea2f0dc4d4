using System.Collections.Immutable;
using System.Globalization;

namespace TauPipeline.RootIO;

/// <summary>
/// The layouts of a plain TBranch: one leaf, or several packed one after the other in each entry (guide sections 3.4, 4.1, 4.2).
/// </summary>
internal sealed class LeafLayouts(IReadOnlyDictionary<LeafRecord, BranchRecord> owners)
{
    public IEnumerable<(LeafRecord Leaf, ValueLayout Layout)> Of(BranchRecord branch)
    {
        if (branch.Leaves is [LeafRecord only])
        {
            yield return (only, Single(only));
            yield break;
        }
        (LeafRecord Leaf, ValueLayout Layout)[] leaves = [.. branch.Leaves.Select(leaf => (leaf, Single(leaf)))];
        long entryBytes = leaves.Sum(leaf => (long)leaf.Layout.EntryBytes);
        bool isPacked = leaves.All(leaf => leaf.Layout.Kind == LayoutKind.Fixed) && entryBytes <= int.MaxValue;
        int start = 0;
        foreach ((LeafRecord leaf, ValueLayout layout) in leaves)
        {
            yield return (leaf, isPacked
                ? layout with { EntryBytes = (int)entryBytes, Start = start }
                : ValueLayout.Unread(layout.TypeName, "it stands in a list of leaves of which one is not of a fixed size"));
            if (isPacked) start += layout.EntryBytes;
        }
    }

    private ValueLayout Single(LeafRecord leaf)
    {
        if (leaf.ClassName == "TLeafC") return ValueLayout.Nested("char*", new TextPlan()).Single().Layout;
        if (ElementTypes.OfLeaf(leaf) is not { } coding)
            return ValueLayout.Unread(leaf.ClassName, $"leaves of class {leaf.ClassName} are not read");
        if (leaf.Length < 1) return ValueLayout.Unread(leaf.ClassName, $"its leaf claims {leaf.Length} values an entry");
        ImmutableArray<int> dimensions = FixedDimensions.Of(leaf.Title, leaf.Length);
        if (leaf.Count is null) return ValueLayout.Fixed(coding, dimensions);
        return owners.TryGetValue(leaf.Count, out BranchRecord? counts)
            ? ValueLayout.Jagged(coding, dimensions, 0, counts)
            : ValueLayout.Unread(leaf.ClassName, "the leaf that counts its values is in no branch");
    }
}

/// <summary>The dimensions in brackets behind a name, as far as they agree with the length that is stored beside it.</summary>
internal static class FixedDimensions
{
    public static ImmutableArray<int> Of(string title, int length)
    {
        if (length <= 1) return [];
        List<int> found = [];
        long product = 1;
        for (int open = title.IndexOf('[', StringComparison.Ordinal); open >= 0 && product <= length; open = title.IndexOf('[', open + 1))
        {
            int close = title.IndexOf(']', open);
            // A name in brackets counts, and is no fixed dimension; neither is a range.
            if (
                close < 0
                || !int.TryParse(title.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int size)
                || size < 1)
                continue;
            found.Add(size);
            product *= size;
        }
        return product == length ? [.. found] : [length];
    }
}
