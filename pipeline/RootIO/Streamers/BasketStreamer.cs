namespace TauPipeline.RootIO;

/// <summary>Reads the head of a basket, and baskets that stand inside a tree's own record (spec section 3.5).</summary>
internal static class BasketStreamer
{
    /// <summary>What stands between a basket's key and its data.</summary>
    /// <param name="Entries">Entries in the basket.</param>
    /// <param name="DataBytes">Bytes of their data, without the offsets that may follow.</param>
    /// <param name="Flag">How an embedded basket is laid out; 0 for others.</param>
    /// <param name="EntrySize">Bytes an entry, or for entries of unequal size the length of the offset array.</param>
    public readonly record struct Head(int Entries, int DataBytes, int Flag, int EntrySize);

    public static Head ReadHead(ref RootReader reader, int keyBytes)
    {
        reader.Skip(2 + 4); // version, buffer size
        int entrySize = reader.I32();
        if (entrySize < 0) reader.Skip(1); // TIOFeatures follow, marked by the sign
        int entries = reader.I32(), last = reader.I32();
        int flag = reader.U8();
        if (entrySize == int.MinValue || entries < 0 || last < keyBytes && entries > 0)
            throw RootErrors.Damaged(
                reader.Place,
                "a basket",
                $"0 entries or more, data after byte {keyBytes}",
                $"{entries} entries, data up to byte {last}");
        return new Head(entries, Math.Max(0, last - keyBytes), flag, Math.Abs(entrySize));
    }

    public static void Fill(ref RootReader reader, BasketRecord basket)
    {
        TKey key = TKey.Read(ref reader); // of no record of its own, so its length means nothing
        if (key.KeyBytes < key.NamesEnd || key.ObjectBytes < 0) throw RootErrors.KeyDamaged(reader.Place, key);
        Head head = ReadHead(ref reader, key.KeyBytes);
        basket.Entries = head.Entries;
        int flag = head.Flag;
        bool generated = flag > 80;
        if (generated) flag -= 80;
        if (flag == 0) return;
        if (!generated && flag % 10 == 1 && head.Entries > 0)
        {
            basket.Offsets = Offsets(ref reader, key.KeyBytes, head);
            if (flag > 40) reader.Skip(4 * reader.Count(4)); // displacements of very old files
        }
        if (flag < 10) return;
        reader.Skip(key.KeyBytes); // the buffer repeats the key
        basket.Data = reader.Bytes(head.DataBytes).ToArray();
    }

    private static int[] Offsets(ref RootReader reader, int keyBytes, Head head)
    {
        int count = reader.Count(4);
        if (count < head.Entries) throw RootErrors.Damaged(reader.Place, "a basket", $"{head.Entries} offsets", $"{count}");
        var bytes = reader.Bytes(4 * count);
        var offsets = new int[head.Entries + 1];
        EntryOffsets.Read(bytes, keyBytes, head.DataBytes, offsets, reader.Place);
        return offsets;
    }
}
