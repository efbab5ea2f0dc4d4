using TauPipeline.Codecs;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>One column of a tree: a branch, or one leaf of a branch that has several.</summary>
public sealed class RootBranch
{
    private readonly RecordReader _records;

    internal RootBranch(RootTree tree, BranchName name, BranchRecord record, ValueLayout layout, RecordReader records)
    {
        (Name, BranchPath, Field, Record, Layout, _records) = (name.ToString(), name.Path, name.Field, record, layout, records);
        FullPath = $"{tree.Path}/{Name}";
        if (layout.Kind == LayoutKind.Unread) return;
        Shape = new RootColumnShape(Name, layout.Type, layout.Levels, layout.IsText, layout.Dimensions);
        ColumnSpec = Shape.ColumnSpec;
    }

    internal BranchRecord Record { get; }
    internal ValueLayout Layout { get; }
    internal string FullPath { get; }

    /// <summary>The column's name below the tree: <c>Tau_pt</c>, <c>parent/child</c>, or <c>branch.leaf</c>.</summary>
    public string Name { get; }

    /// <summary>The branch's path below the tree, parents joined by <c>/</c>, without the leaf.</summary>
    public string BranchPath { get; }

    /// <summary>The leaf (or the half of a map), where the branch has several columns; else null.</summary>
    public string? Field { get; }

    /// <summary>Type of an entry, as NumPy names it (<c>float32[]</c>, <c>int16[3]</c>), or the C++ name of a collection.</summary>
    public string TypeName => Layout.TypeName;

    /// <summary>
    /// What is read: type, levels of offsets, fixed dimensions; null if it is not read, for the reason in <see cref="WhyNotRead"/>.
    /// </summary>
    public RootColumnShape? Shape { get; }

    /// <summary>The column of a batch (text as bytes); null if the branch is not read, or has more than one level of offsets.</summary>
    public ColumnSpec? ColumnSpec { get; }

    /// <summary>Whether entries differ in their number of values.</summary>
    public bool IsJagged => Shape is { IsText: false, Levels: > 0 };

    /// <summary>Whether an entry is a text.</summary>
    public bool IsText => Shape is { IsText: true, Levels: 1 };

    /// <summary>Values in each item of a fixed array; 1 for single values.</summary>
    public int FixedLength => Shape?.FixedLength ?? 1;

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

    /// <summary>The name of <see cref="FirstCodec"/>.</summary>
    /// <exception cref="Foundation.StepFailed">The basket is damaged.</exception>
    public string FirstCodecName() => FirstCodec().ToString();
}

/// <summary>A branch's path, and the leaf where it has several.</summary>
internal readonly record struct BranchName(string Path, string? Field = null)
{
    public override string ToString() => Field is null ? Path : $"{Path}.{Field}";
}
