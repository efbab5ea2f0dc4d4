using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>The layouts of a plain TBranch: one leaf, or several packed one after the other in each entry (spec sections 3.4, 4.1, 4.2).</summary>
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
        if (leaf.ClassName == "TLeafC") return new ValueLayout(LayoutKind.Text, "char*") { Stored = ColumnType.UInt8, Type = ColumnType.UInt8 };
        if (ElementTypes.OfLeaf(leaf) is not { } type) return ValueLayout.Unread(leaf.ClassName, $"leaves of class {leaf.ClassName} are not yet read");
        string name = ColumnTypes.Name(type.Type);
        long entryBytes = (long)leaf.Length * ColumnTypes.Size(type.Stored);
        if (leaf.Length < 1 || entryBytes > int.MaxValue) return ValueLayout.Unread(name, $"its leaf claims {leaf.Length} values an entry");
        string fixedPart = leaf.Length > 1 ? $"[{leaf.Length}]" : "";
        if (leaf.Count is null)
            return new ValueLayout(LayoutKind.Fixed, name + fixedPart) { Stored = type.Stored, Type = type.Type, PerItem = leaf.Length, Dimensions = leaf.Length > 1 ? [leaf.Length] : [], EntryBytes = (int)entryBytes };
        if (!owners.TryGetValue(leaf.Count, out BranchRecord? counts)) return ValueLayout.Unread(name, "the leaf that counts its values is in no branch");
        return new ValueLayout(LayoutKind.Jagged, $"{name}[]{fixedPart}") { Stored = type.Stored, Type = type.Type, PerItem = leaf.Length, Dimensions = leaf.Length > 1 ? [leaf.Length] : [], Counts = counts };
    }
}
