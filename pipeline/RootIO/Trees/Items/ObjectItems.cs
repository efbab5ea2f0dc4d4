namespace TauPipeline.RootIO;

/// <summary>One head before all items: it says how long they are together, and whether they are written member by member.</summary>
internal sealed class HeadItems(ItemReader inner, string typeName) : ItemReader
{
    private const int MemberWise = 0x4000;

    public ItemReader Inner => inner;

    public override void Read(ref RootReader reader, int count)
    {
        int start = reader.Position;
        ObjectHeader header = reader.Header();
        int end = header.End ?? throw RootErrors.NoByteCount(reader.Place, start);
        bool isEmpty = false;
        if ((header.Version & MemberWise) == 0) inner.Read(ref reader, count);
        else isEmpty = ReadMemberWise(ref reader, count);
        // Writers differ in what follows the count of an empty collection; nothing of it is a value.
        if (isEmpty) reader.MoveTo(end);
        if (reader.Position != end)
            throw RootErrors.Damaged(reader.Place, $"a {typeName}", $"its end at byte {end}", $"content up to byte {reader.Position}");
    }

    private bool ReadMemberWise(ref RootReader reader, int count)
    {
        if (inner is not ListItems { Element: RecordItems record } list)
            throw RootErrors.NotRead(reader.Place, typeName, "it is written member by member where its type has no members");
        RecordItems.ReadVersion(ref reader, reader.U16(), record);
        int items = 0;
        for (int i = 0; i < count; i++)
        {
            items = list.Next(ref reader);
            if (items > 0) record.ReadMemberWise(ref reader, items);
        }
        return count == 1 && items == 0;
    }
}

/// <summary>Objects of a class: member after member of each, or of all together.</summary>
internal sealed class RecordItems(RecordPlan plan, ItemReader[] members) : ItemReader
{
    private const uint ByteCountFlag = 0x40000000;
    private const int HeadBytes = 6;

    private bool IsBase => plan.IsBase;

    public override void Read(ref RootReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (plan.Head == ObjectHead.Never || plan.Head == ObjectHead.Perhaps && !BeginsWithHead(reader))
            {
                // Key and value of a map that is not written member by member have no heads.
                foreach (ItemReader member in members)
                    (plan.IsPair && member is HeadItems headed ? headed.Inner : member).Read(ref reader, 1);
                continue;
            }
            int start = reader.Position;
            ObjectHeader header = reader.Header();
            int end = header.End ?? throw RootErrors.NoByteCount(reader.Place, start);
            ReadVersion(ref reader, header.Version, this);
            foreach (ItemReader member in members) member.Read(ref reader, 1);
            if (reader.Position != end)
                throw RootErrors.Damaged(
                    reader.Place,
                    $"a {plan.ClassName}",
                    $"its end at byte {end}",
                    $"members up to byte {reader.Position}");
        }
    }

    // A byte count that is all that is left of the entry, or one before the version that is known. The reader is a copy.
    private bool BeginsWithHead(RootReader reader)
    {
        if (reader.Left < HeadBytes) return false;
        long length = reader.U32() - (long)ByteCountFlag;
        return length >= plan.LeastBytes + sizeof(ushort)
            && length <= reader.Left
            && (length == reader.Left || reader.U16() == plan.Version);
    }

    /// <summary>The first member of all items, then the second of all, and so on; those of bases are among them, without a head.</summary>
    public void ReadMemberWise(ref RootReader reader, int items)
    {
        foreach (ItemReader member in members)
        {
            if (member is RecordItems { IsBase: true } inherited) inherited.ReadMemberWise(ref reader, items);
            else member.Read(ref reader, items);
        }
    }

    /// <summary>Checks the version that the objects were written with; 0 stands before a checksum.</summary>
    public static void ReadVersion(ref RootReader reader, int version, RecordItems record)
    {
        uint? checksum = version is 0 or ushort.MaxValue ? reader.U32() : null;
        record.Check(reader.Place, version, checksum);
    }

    private void Check(Place place, int version, uint? checksum)
    {
        if (plan.Version is not { } known) return;
        if (checksum is { } found ? found != plan.Checksum : version != known)
            throw RootErrors.NotRead(
                place,
                plan.ClassName,
                checksum is null
                    ? $"it was written as version {version}, and the file describes version {known}"
                    : $"it was written with checksum {checksum:x8}, and the file describes {plan.Checksum:x8}");
    }
}
