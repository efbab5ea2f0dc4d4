namespace TauPipeline.RootIO;

/// <summary>Reads items that lie one after the other; those of the wanted leaf go into its buffers, all others are passed over.</summary>
internal abstract class ItemReader
{
    /// <summary>Reads that many items from where the reader stands.</summary>
    public abstract void Read(ref RootReader reader, int count);
}

/// <summary>Numbers of any coding; without a target they are skipped.</summary>
internal sealed class NumberItems<T>(NumberPlan plan, ValueBuffer<T>? target) : ItemReader where T : unmanaged
{
    public override void Read(ref RootReader reader, int count)
    {
        // The list's count was compared with what is left, but several lists may add up to more than an array holds.
        long bytes = (long)count * plan.LeastBytes;
        if (bytes > reader.Left) throw RootErrors.PastTheEnd(reader.Place, reader.Position, bytes, reader.Left);
        ReadOnlySpan<byte> stored = reader.Bytes((int)bytes);
        if (target is null) return;
        if (target.Count > Array.MaxLength - count * plan.Each) throw RootErrors.TooManyValues(reader.Place, count);
        plan.Coding.Decode(stored, target.Extend(count * plan.Each));
    }
}

/// <summary>Texts: their bytes, and where each ends.</summary>
internal sealed class TextItems(TextPlan plan, ValueBuffer<byte>? target, OffsetBuffer? offsets) : ItemReader
{
    public override void Read(ref RootReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> text = plan.HasLongLength ? reader.Bytes(reader.Count(1)) : reader.StringBytes();
            if (target is null) continue;
            offsets!.Add(text.Length, reader.Place);
            text.CopyTo(target.Extend(text.Length));
        }
    }
}

/// <summary>Bits of TObjects; behind those of referenced ones stands the number of their process (guide section 1.5).</summary>
internal sealed class BitsItems(ValueBuffer<uint>? target) : ItemReader
{
    private const uint IsReferenced = 0x10;

    public override void Read(ref RootReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            uint bits = reader.U32();
            if ((bits & IsReferenced) != 0) reader.Skip(2);
            if (target is not null) target.Extend(1)[0] = bits;
        }
    }
}

/// <summary>Lists of items.</summary>
internal sealed class ListItems(ItemReader element, int leastBytes, OffsetBuffer? offsets) : ItemReader
{
    public ItemReader Element => element;

    public override void Read(ref RootReader reader, int count)
    {
        for (int i = 0; i < count; i++) element.Read(ref reader, Next(ref reader));
    }

    /// <summary>The next list's count.</summary>
    public int Next(ref RootReader reader)
    {
        int items = reader.Count(leastBytes);
        offsets?.Add(items, reader.Place);
        return items;
    }
}
