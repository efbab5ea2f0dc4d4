namespace TauPipeline.BuildGraph;

/// <summary>The CRC-32 of Ethernet and zip (polynomial 0xEDB88320, reflected): tells a torn log record from a whole one.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint rest = 0xFFFFFFFF;
        foreach (byte value in bytes) rest = Table[(rest ^ value) & 0xFF] ^ (rest >> 8);
        return ~rest;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint value = 0; value < 256; value++)
        {
            uint rest = value;
            for (int bit = 0; bit < 8; bit++) rest = (rest & 1) != 0 ? 0xEDB88320 ^ (rest >> 1) : rest >> 1;
            table[value] = rest;
        }
        return table;
    }
}
