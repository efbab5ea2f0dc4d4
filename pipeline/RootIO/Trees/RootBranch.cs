using TauPipeline.Codecs;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>One readable column of a tree: a branch, or one leaf of a branch that has several.</summary>
public sealed class RootBranch
{
    private readonly RecordReader _records;

    internal RootBranch(RootTree tree, string name, BranchRecord record, ValueLayout layout, RecordReader records)
    {
        (Name, Record, Layout, _records) = (name, record, layout, records);
        FullPath = $"{tree.Path}/{name}";
        if (layout.Kind == LayoutKind.Unread) return;
        bool isJagged = layout.Kind != LayoutKind.Fixed || layout.PerItem > 1;
        string? table = !isJagged ? null : layout.Kind == LayoutKind.Jagged ? TableOf(name) : name;
        ColumnSpec = new ColumnSpec(name, layout.Type, table);
    }

    internal BranchRecord Record { get; }
    internal ValueLayout Layout { get; }
    internal string FullPath { get; }

    /// <summary>The branch's name below the tree: <c>Tau_pt</c>, <c>parent/child</c>, or <c>branch.leaf</c>.</summary>
    public string Name { get; }

    /// <summary>Type of an entry, as NumPy names it (<c>float32[]</c>, <c>int16[3]</c>), or the C++ name of a collection.</summary>
    public string TypeName => Layout.TypeName;

    /// <summary>The column it is read into; null if it is not read, for the reason in <see cref="WhyNotRead"/>. Text is read as bytes.</summary>
    public ColumnSpec? ColumnSpec { get; }

    /// <summary>Whether entries differ in their number of values.</summary>
    public bool IsJagged => Layout.Kind == LayoutKind.Jagged;

    /// <summary>Whether an entry is a text.</summary>
    public bool IsText => Layout.Kind == LayoutKind.Text;

    /// <summary>Values in each entry of a fixed array; 1 for single values.</summary>
    public int FixedLength => Layout.PerItem;

    /// <summary>Why the branch is listed but not read, or null.</summary>
    public string? WhyNotRead => Layout.Kind == LayoutKind.Unread ? Layout.Reason : null;

    /// <summary>Entries of the branch.</summary>
    public long Entries => Record.Entries;

    /// <summary>Baskets that stand on their own in the file, and further ones inside the tree's record.</summary>
    public int Baskets => Record.WrittenBaskets + Record.Embedded.Skip(Record.WrittenBaskets).Count(basket => basket is { Entries: > 0 });

    /// <summary>Bytes in the file, as the branch says.</summary>
    public long CompressedBytes => Record.StoredBytes;

    /// <summary>Bytes when unpacked, as the branch says.</summary>
    public long UncompressedBytes => Record.TotalBytes;

    /// <summary>The codec of its first basket, which is read for it.</summary>
    /// <exception cref="Foundation.StepFailed">The basket is damaged.</exception>
    public CodecKind FirstCodec() => new BasketSource(_records, Record, FullPath).Codec();

    // Constituents of one kind share the first part of their names: pfCand_pt, Tau_pt, AnalysisTauJetsAuxDyn.pt.
    private static string TableOf(string name)
    {
        int cut = name.AsSpan().IndexOfAny('_', '.');
        return cut > 0 ? name[..cut] : name;
    }
}
