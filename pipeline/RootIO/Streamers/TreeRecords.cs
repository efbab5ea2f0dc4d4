namespace TauPipeline.RootIO;

/// <summary>A TTree as stored.</summary>
internal sealed class TreeRecord
{
    public string Title { get; set; } = "";
    public long Entries { get; set; }
    public List<BranchRecord> Branches { get; set; } = [];
    public List<FriendRecord> Friends { get; set; } = [];
}

/// <summary>A tree that is read beside this one: its alias, name and file (empty: the same file).</summary>
internal sealed class FriendRecord
{
    public string Alias { get; set; } = "";
    public string TreeName { get; set; } = "";
    public string FileName { get; set; } = "";
}

/// <summary>
/// A TBranch, or with <see cref="Element"/> a TBranchElement, as stored. Filled after it is made, since children refer to parents.
/// </summary>
internal sealed class BranchRecord(string className)
{
    public string ClassName => className;
    public string Name { get; set; } = "";
    public string Title { get; set; } = "";
    public long Entries { get; set; }
    public long TotalBytes { get; set; }
    public long StoredBytes { get; set; }
    public string FileName { get; set; } = "";
    public List<BranchRecord> Branches { get; set; } = [];
    public List<LeafRecord> Leaves { get; set; } = [];
    public ElementRecord? Element { get; set; }

    /// <summary>Class of the objects of a TBranchObject.</summary>
    public string ObjectClass { get; set; } = "";

    /// <summary>Baskets on their own in the file; further ones may stand in the tree's own record.</summary>
    public int WrittenBaskets { get; set; }
    public int[] BasketBytes { get; set; } = [];
    public long[] BasketEntry { get; set; } = [];
    public long[] BasketSeek { get; set; } = [];
    public List<BasketRecord?> Embedded { get; set; } = [];
}

/// <summary>What a TBranchElement adds to a TBranch.</summary>
internal sealed record ElementRecord(
    string ClassName,
    string ParentName,
    string ClonesName,
    uint Checksum,
    int Id,
    int Type,
    int StreamerType,
    BranchRecord? Counts,
    BranchRecord? InnerCounts);

/// <summary>A TLeaf as stored.</summary>
internal sealed class LeafRecord(string className)
{
    public string ClassName => className;
    public string Name { get; set; } = "";
    public string Title { get; set; } = "";
    public int Length { get; set; }
    public bool IsUnsigned { get; set; }
    public LeafRecord? Count { get; set; }

    /// <summary>Whether each object of a TLeafObject is written behind the name of its class.</summary>
    public bool IsVirtual { get; set; }
}

/// <summary>A TBasket inside the tree's own record: data of some entries, never compressed.</summary>
internal sealed class BasketRecord
{
    public int Entries { get; set; }

    /// <summary>Where each entry begins in <see cref="Data"/>, with one more for the end; null where entries are of equal size.</summary>
    public int[]? Offsets { get; set; }
    public byte[] Data { get; set; } = [];
}
