using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Numbers that say how long arrays of the same objects are: kept until those are read.</summary>
internal sealed class CountItems(NumberPlan plan, ItemReader numbers) : ItemReader
{
    private readonly List<long> _counts = [];

    /// <summary>The counts that were read last, one an object.</summary>
    public IReadOnlyList<long> Counts => _counts;

    public override void Read(ref RootReader reader, int count)
    {
        RootReader ahead = reader;
        numbers.Read(ref reader, count); // which finds that they are all there
        _counts.Clear();
        for (int i = 0; i < count; i++) _counts.Add(Number(ahead.Bytes(plan.Coding.Bytes), IsSigned));
    }

    private bool IsSigned => plan.Coding.Type is ColumnType.Int8 or ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64;

    private static long Number(ReadOnlySpan<byte> bytes, bool isSigned)
    {
        long value = isSigned ? (sbyte)bytes[0] : bytes[0];
        foreach (byte digit in bytes[1..]) value = value << 8 | digit;
        return value;
    }
}

/// <summary>Arrays behind pointers: a byte that says whether there is one, then as many numbers as were counted.</summary>
internal sealed class CountedItems(CountItems counts, ItemReader numbers, OffsetBuffer? offsets) : ItemReader
{
    public override void Read(ref RootReader reader, int count)
    {
        if (counts.Counts.Count != count) throw RootErrors.TooMany(reader.Place, reader.Position, count, counts.Counts.Count);
        for (int i = 0; i < count; i++)
        {
            long items = reader.Bool() ? counts.Counts[i] : 0;
            if (items < 0 || items > reader.Left)
                throw RootErrors.TooMany(reader.Place, reader.Position, (int)Math.Clamp(items, int.MinValue, int.MaxValue), reader.Left);
            offsets?.Add((int)items, reader.Place);
            numbers.Read(ref reader, (int)items);
        }
    }
}

/// <summary>Objects each behind the name of its class, which must be the one that is read.</summary>
internal sealed class NamedItems(string className, ItemReader objects) : ItemReader
{
    public override void Read(ref RootReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            string found = RootText.Decode(reader.Bytes(reader.U8()));
            if (reader.U8() != 0 || found != className)
                throw RootErrors.NotRead(reader.Place, className, $"an entry is of class '{found}'");
            objects.Read(ref reader, 1);
        }
    }
}
