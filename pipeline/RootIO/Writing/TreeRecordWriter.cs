using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Writes the record that describes a tree: TTree 20, TBranch 13, TBranchElement 10 (spec sections 3 and 7.2).</summary>
internal sealed class TreeRecordWriter(RootWriter record, int keyBytes)
{
    private const uint NoFeatures = 0x1AA12F10;
    private const int FewestBaskets = 10;
    private const int ReferenceBase = 2;
    private readonly Dictionary<string, uint> _leaves = new(StringComparer.Ordinal);

    public void Write(string name, string title, long entries, IReadOnlyList<BranchWriter> branches)
    {
        int tree = record.Begin(20);
        record.TNamed(name, title);
        Attributes(602, 1, 1);
        Attributes(0, 1001);
        int marker = record.Begin(2);
        record.I16(1).I16(1).F32(1);
        record.End(marker);
        record.I64(entries).I64(branches.Sum(branch => branch.TotalBytes)).I64(branches.Sum(branch => branch.StoredBytes)).I64(0).I64(0);
        record.F64(1).I32(0).I32(25).I32(0).I32(1000).I32(0);
        record.I64(1_000_000_000_000).I64(1_000_000_000_000).I64(0).I64(-300_000_000).I64(-30_000_000).I64(1_000_000);
        record.U8(0).U8(0);
        Features();
        record.Array(branches.Count, i => Branch(branches[i]));
        record.Array(branches.Count, i => record.U32(_leaves[branches[i].Plan.Name]));
        record.Null().I32(0).I32(0); // aliases, two empty arrays of an index
        record.Null().Null().Null().Null(); // index, friends, user's list, references
        record.End(tree);
    }

    private void Branch(BranchWriter branch)
    {
        VectorType? vector = branch.Plan.Vector;
        int pointer = record.BeginPointer(vector is null ? "TBranch" : "TBranchElement");
        int element = vector is null ? 0 : record.Begin(10);
        Plain(branch);
        if (vector is not null)
        {
            record.String(vector.ClassName).String("").String("").U32(vector.Checksum).I16(6).I32(-1).I32(0).I32(-1).I32(0).Null().Null();
            record.End(element);
        }
        record.End(pointer);
    }

    private void Plain(BranchWriter branch)
    {
        BranchPlan plan = branch.Plan;
        int count = branch.Baskets.Count, capacity = Math.Max(FewestBaskets, count + 1);
        int start = record.Begin(13);
        record.TNamed(plan.Name, plan.BranchTitle);
        Attributes(0, 1001);
        record.I32(0).I32(branch.BasketBytes).I32(plan.HasOffsets ? 1000 : 0).I32(count).I64(branch.Entries);
        Features();
        record.I32(0)
            .I32(capacity)
            .I32(plan.Vector is null ? 0 : 99)
            .I64(branch.Entries)
            .I64(0)
            .I64(branch.TotalBytes)
            .I64(branch.StoredBytes);
        record.Array(0, _ => { }).Array(1, _ => Leaf(branch)).Array(0, _ => { });
        record.U8(1);
        for (int i = 0; i < capacity; i++) record.I32(i < count ? branch.Baskets[i].Bytes : 0);
        record.U8(1);
        for (int i = 0; i < capacity; i++) record.I64(i < count ? branch.Baskets[i].FirstEntry : i == count ? branch.Entries : 0);
        record.U8(1);
        for (int i = 0; i < capacity; i++) record.I64(i < count ? branch.Baskets[i].Position : 0);
        record.String("");
        record.End(start);
    }

    private void Leaf(BranchWriter branch)
    {
        BranchPlan plan = branch.Plan;
        bool isVector = plan.Vector is not null, isText = plan.Shape == BranchShape.Text, counts = plan.CountsTable is not null;
        _leaves[plan.Name] = (uint)(record.Length + keyBytes + ReferenceBase);
        int pointer = record.BeginPointer(isVector ? "TLeafElement" : plan.Leaf.LeafClass), outer = record.Begin(1), leaf = record.Begin(2);
        record.TNamed(plan.Name, plan.LeafTitle)
            .I32(isText ? branch.LargestCount : plan.Length)
            .I32(isVector ? 0 : ColumnTypes.Size(plan.Type))
            .I32(0);
        record.U8(counts ? 1 : 0).U8(plan.Leaf.IsUnsigned && !isVector ? 1 : 0);
        if (plan.Shape == BranchShape.Counted) record.U32(_leaves[plan.CountName]);
        else record.Null();
        record.End(leaf);
        if (isVector) record.I32(-1).I32(-1);
        else Limits(isText ? ColumnType.Int32 : plan.Type, branch.LargestCount);
        record.End(outer);
        record.End(pointer);
    }

    // Smallest and largest value, in the leaf's own type; only those of a count and of texts are used by anyone.
    private void Limits(ColumnType type, int largest)
    {
        int size = ColumnTypes.Size(type);
        record.Extend(size).Clear();
        if (type is ColumnType.Int32 or ColumnType.UInt32) record.I32(largest);
        else record.Extend(size).Clear();
    }

    private void Attributes(params ReadOnlySpan<int> values)
    {
        int start = record.Begin(2);
        foreach (int value in values) record.I16(value);
        record.End(start);
    }

    private void Features()
    {
        int start = record.Begin(0);
        record.U32(NoFeatures).U8(0);
        record.End(start);
    }
}
