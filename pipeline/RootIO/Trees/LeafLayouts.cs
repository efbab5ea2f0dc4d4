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
        long entryBytes = branch.Leaves.Sum(leaf => ElementTypes.OfLeaf(leaf) is { } type && leaf.Count is null ? (long)leaf.Length * ColumnTypes.Size(type.Stored) : -1L << 40);
        long start = 0;
        foreach (LeafRecord leaf in branch.Leaves)
        {
            ValueLayout layout = Single(leaf);
            if (layout.Kind != LayoutKind.Unread && entryBytes is < 0 or > int.MaxValue) layout = ValueLayout.Unread(layout.TypeName, "it stands in a list of leaves of unequal size");
            else layout = layout with { EntryBytes = (int)entryBytes, Start = (int)start };
            start += layout.EntryBytes > 0 ? (long)layout.PerItem * layout.StoredSize : 0;
            yield return (leaf, layout);
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
            return new ValueLayout(LayoutKind.Fixed, name + fixedPart) { Stored = type.Stored, Type = type.Type, PerItem = leaf.Length, EntryBytes = (int)entryBytes };
        if (!owners.TryGetValue(leaf.Count, out BranchRecord? counts)) return ValueLayout.Unread(name, "the leaf that counts its values is in no branch");
        return new ValueLayout(LayoutKind.Jagged, $"{name}[]{fixedPart}") { Stored = type.Stored, Type = type.Type, PerItem = leaf.Length, Counts = counts };
    }
}
