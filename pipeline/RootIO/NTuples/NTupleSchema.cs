namespace TauPipeline.RootIO;

/// <summary>Fields, columns and cluster groups of an RNTuple: what its header and footer say together (spec section 6).</summary>
internal sealed class NTupleSchema
{
    private const int SmallestFrame = 8;
    private const ushort IsArray = 1, IsProjected = 2, HasTypeChecksum = 4, IsDeferred = 1, HasRange = 2;

    // One entry of an array of more values than that would not fit into a batch.
    private const long LargestArray = 1 << 24;
    private readonly List<NTupleFieldRecord> _fields = [];
    private readonly List<NTupleColumnRecord> _columns = [];
    private readonly List<(int Column, int Field)> _aliases = [];
    private readonly List<NTupleClusterGroup> _groups = [];

    private NTupleSchema(ulong headerChecksum) => HeaderChecksum = headerChecksum;

    /// <summary>What footer and page lists call their header by.</summary>
    public ulong HeaderChecksum { get; }
    public string Description { get; private set; } = "";
    public string Writer { get; private set; } = "";
    public IReadOnlyList<NTupleFieldRecord> Fields => _fields;
    public IReadOnlyList<NTupleColumnRecord> Columns => _columns;

    /// <summary>Columns that a projected field shows: physical column and the field.</summary>
    public IReadOnlyList<(int Column, int Field)> Aliases => _aliases;
    public IReadOnlyList<NTupleClusterGroup> Groups => _groups;

    public static NTupleSchema Read(FileBytes file, NTupleAnchor anchor, string path)
    {
        (byte[] header, ulong checksum) = Envelope.Read(file, anchor.Header, Envelope.Header, path);
        var schema = new NTupleSchema(checksum);
        schema.ReadHeader(new LittleEndianReader(header, new Place(file.Path, anchor.Header.Locator.Offset, path)));
        (byte[] footer, _) = Envelope.Read(file, anchor.Footer, Envelope.Footer, path);
        schema.ReadFooter(new LittleEndianReader(footer, new Place(file.Path, anchor.Footer.Locator.Offset, path)));
        return schema;
    }

    private void ReadHeader(LittleEndianReader reader)
    {
        CheckFeatures(ref reader);
        reader.String(); // name: the key has it too
        (Description, Writer) = (reader.String(), reader.String());
        Lists(ref reader);
    }

    private void ReadFooter(LittleEndianReader reader)
    {
        CheckFeatures(ref reader);
        ulong header = reader.U64();
        if (header != HeaderChecksum)
            throw RootErrors.Damaged(
                reader.Place,
                "a footer of an RNTuple",
                $"the footer of header {HeaderChecksum:x16}",
                $"that of {header:x16}");
        Frame extension = reader.Record();
        Lists(ref reader);
        reader.Leave(extension);
        Frame groups = reader.List(SmallestFrame);
        for (uint i = 0; i < groups.Count; i++) _groups.Add(Group(ref reader));
        reader.Leave(groups);
    }

    // Bits that say a reader must know more; the sign bit says that another word follows.
    private static void CheckFeatures(ref LittleEndianReader reader)
    {
        long flags;
        do
        {
            flags = reader.I64();
            if ((flags & long.MaxValue) != 0) throw NTupleErrors.Feature(reader.Place, flags);
        }
        while (flags < 0);
    }

    // The four lists of a schema: fields, columns, alias columns, further type information.
    private void Lists(ref LittleEndianReader reader)
    {
        Frame fields = reader.List(SmallestFrame);
        for (uint i = 0; i < fields.Count; i++) _fields.Add(Field(ref reader, _fields.Count));
        reader.Leave(fields);
        Frame columns = reader.List(SmallestFrame);
        for (uint i = 0; i < columns.Count; i++) _columns.Add(Column(ref reader, _columns.Count));
        reader.Leave(columns);
        Frame aliases = reader.List(SmallestFrame);
        for (uint i = 0; i < aliases.Count; i++)
        {
            Frame alias = reader.Record();
            _aliases.Add((Known(ref reader, _columns.Count, "columns"), Known(ref reader, _fields.Count, "fields")));
            reader.Leave(alias);
        }
        reader.Leave(aliases);
        reader.Leave(reader.List(SmallestFrame));
    }

    private NTupleFieldRecord Field(ref LittleEndianReader reader, int id)
    {
        Frame frame = reader.Record();
        reader.Bytes(8); // versions of field and type
        uint parent = reader.U32();
        int role = reader.U16();
        ushort flags = reader.U16();
        // A parent stands before its children, or is the field itself: so no walk can go in circles.
        if (parent > id) throw RootErrors.Damaged(reader.Place, "an RNTuple", $"a parent before field {id}", $"field {parent}");
        if (role > (int)NTupleRole.Streamed) throw RootErrors.Damaged(reader.Place, "an RNTuple", "a field's role from 0 to 4", $"{role}");
        var field = new NTupleFieldRecord(id, (int)parent, (NTupleRole)role, reader.String(), reader.String());
        reader.String(); // the type as its programmer called it
        reader.String(); // description
        if ((flags & IsArray) != 0)
        {
            field = field with { ArraySize = reader.Length() };
            if (field.ArraySize is 0 or > LargestArray)
                throw RootErrors.Damaged(reader.Place, $"array '{field.Name}'", $"1 to {LargestArray} items", $"{field.ArraySize}");
        }
        if ((flags & IsProjected) != 0) reader.Bytes(4); // the field it shows: the alias columns say so too
        if ((flags & HasTypeChecksum) != 0) reader.Bytes(4);
        reader.Leave(frame);
        return field;
    }

    private NTupleColumnRecord Column(ref LittleEndianReader reader, int id)
    {
        Frame frame = reader.Record();
        int code = reader.U16(), bits = reader.U16(), field = Known(ref reader, _fields.Count, "fields");
        ushort flags = reader.U16();
        int representation = reader.U16();
        if (code > (int)NTupleEncodings.Last)
            throw RootErrors.OtherVersion(reader.Place, "an RNTuple's column type", code, $"0 to {(int)NTupleEncodings.Last}");
        (int fewest, int most) = NTupleEncodings.Bits((NTupleEncoding)code);
        if (bits < fewest || bits > most)
            throw RootErrors.Damaged(
                reader.Place,
                $"column {id} of an RNTuple",
                $"{fewest} to {most} bits for {(NTupleEncoding)code}",
                $"{bits}");
        var column = new NTupleColumnRecord(id, (NTupleEncoding)code, bits, field, representation);
        if ((flags & IsDeferred) != 0)
        {
            reader.Bytes(8); // its first element: how many are missing follows from each cluster's pages
            column = column with { IsDeferred = true };
        }
        if ((flags & HasRange) != 0) column = column with { Range = (reader.F64(), reader.F64()) };
        reader.Leave(frame);
        return column;
    }

    private static NTupleClusterGroup Group(ref LittleEndianReader reader)
    {
        Frame frame = reader.Record();
        long first = reader.Length(), entries = reader.Length();
        uint clusters = reader.U32();
        var link = new NTupleLink(reader.Length(), NTuplePlaces.Locator(ref reader));
        if (first > long.MaxValue - entries || clusters > int.MaxValue)
            throw RootErrors.Damaged(
                reader.Place,
                "a cluster group",
                "entries and clusters that can be counted",
                $"{entries} from {first} in {clusters}");
        reader.Leave(frame);
        return new NTupleClusterGroup(first, entries, (int)clusters, link);
    }

    private static int Known(ref LittleEndianReader reader, int count, string what)
    {
        uint id = reader.U32();
        return id < count ? (int)id : throw RootErrors.Damaged(reader.Place, "an RNTuple", $"one of its {count} {what}", $"number {id}");
    }
}
