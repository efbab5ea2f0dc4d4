using System.Buffers.Binary;
using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>A small recipe for a damaged file: which sample, and which of the changes that its number stands for.</summary>
/// <param name="Sample">File name of a sample; <c>+</c> in front for its copy with unpacked records.</param>
/// <param name="Number">Decides kind and place of the damage, by counter-based random numbers.</param>
internal sealed record Mutation(string Sample, int Number)
{
    private const ulong Seed = 20251122;
    private static readonly uint[] Lengths =
    [
        0,
        1,
        2,
        3,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFF,
        0xFFFFFFFE,
        0x3FFFFFFF,
        0x40000000,
        0x40000001,
        0x7FFFFFF0,
        0x01000000,
        0x00FFFFFF,
        0x10000,
    ];

    /// <summary>The damaged bytes, in that buffer.</summary>
    public ReadOnlyMemory<byte> Apply(byte[] whole, byte[] buffer)
    {
        whole.CopyTo(buffer, 0);
        var random = new CounterRandom(CounterRandom.Key(Seed, "mutation", Sample), (ulong)Number);
        switch (Number % 4)
        {
            case 0: FlipBits(whole.Length, buffer, ref random); break;
            case 1: return buffer.AsMemory(0, random.NextInt(whole.Length));
            case 2: EditLength(whole.Length, buffer, ref random); break;
            default:
                EditLength(whole.Length, buffer, ref random);
                FlipBits(whole.Length, buffer, ref random);
                break;
        }
        return buffer.AsMemory(0, whole.Length);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sample}#{Number}");

    private static void FlipBits(int length, byte[] buffer, ref CounterRandom random)
    {
        for (int flips = 1 + random.NextInt(4); flips > 0; flips--) buffer[random.NextInt(length)] ^= (byte)(1 << random.NextInt(8));
    }

    // Goes on from a random place to something that looks like a length, a count or a position, and changes it.
    private static void EditLength(int length, byte[] buffer, ref CounterRandom random)
    {
        int at = random.NextInt(length - 4);
        for (int tries = 0; tries < 64 && at < length - 4; tries++, at++)
        {
            uint value = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(at));
            if ((value & ~0x40000000u) is 0 or > 0xFFFFF) continue;
            uint changed = random.NextInt(3) switch
            {
                0 => Lengths[random.NextInt(Lengths.Length)],
                1 => value + (uint)(random.NextInt(33) - 16),
                _ => value << 1 + random.NextInt(8),
            };
            BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(at), changed);
            return;
        }
        buffer[Math.Min(at, length - 1)] = (byte)random.NextInt(256);
    }
}
