namespace TauPipeline.RootIO;

/// <summary>Where each entry begins in a basket's data, as stored after them.</summary>
internal static class EntryOffsets
{
    /// <summary>Reads, and checks that they rise from 0 to the end of the data. The stored last one means nothing and is replaced.</summary>
    public static void Read(ReadOnlySpan<byte> stored, int keyBytes, int dataBytes, Span<int> offsets, Place place)
    {
        int entries = offsets.Length - 1;
        BigEndian.Read<int>(stored, offsets[..entries]);
        offsets[entries] = dataBytes + keyBytes;
        int before = keyBytes;
        for (int i = 0; i <= entries; i++)
        {
            int next = offsets[i];
            if (next < before || i == 0 && next != keyBytes)
                throw RootErrors.Damaged(place, "a basket", $"offsets that rise from {keyBytes} to {dataBytes + keyBytes}", $"{next} at entry {i}");
            offsets[i] = next - keyBytes;
            before = next;
        }
    }
}
