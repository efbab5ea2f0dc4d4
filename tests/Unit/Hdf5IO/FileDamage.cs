using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>What disks, networks and copies do to a file: the same damage for the same seed.</summary>
internal sealed class FileDamage(byte[] sound, ulong seed)
{
    private const int LongestBlock = 4096, Header = 256, Kinds = 7;

    // What the structures of the format begin with: object headers, their continuations, indices of chunks, heaps, names of groups.
    private static readonly byte[][] Signatures =
        [.. "OHDR OCHK FAHD FADB EAHD BTHD FRHP GCOL TREE HEAP SNOD".Split(' ').Select(Encoding.ASCII.GetBytes)];

    private readonly int[] _headers =
        [0, .. Enumerable.Range(0, sound.Length).Where(at => Signatures.Any(one => sound.AsSpan(at).StartsWith(one)))];

    private CounterRandom _random = new(seed, 17);
    private int _copies;

    /// <summary>The next damaged copy, and what was done to it; every other one where names, types, places and lengths stand.</summary>
    public (string Kind, byte[] Bytes) Next()
    {
        int at = _copies % 2 == 0
            ? _random.NextInt(sound.Length)
            : Math.Min(sound.Length - 1, _headers[_random.NextInt(_headers.Length)] + _random.NextInt(Header));
        int length = Math.Min(1 + _random.NextInt(LongestBlock), sound.Length - at), other = _random.NextInt(sound.Length - length + 1);
        return (_copies++ / 2 % Kinds) switch
        {
            0 => ("a bit", Changed(at, [(byte)(sound[at] ^ 1 << _random.NextInt(8))])),
            1 => ("a byte", Changed(at, [(byte)(sound[at] + 1 + _random.NextInt(255))])),
            2 => ("cut", sound[..at]),
            3 => ("zeros", Changed(at, new byte[length])),
            4 => ("a block in place of another", Changed(at, sound.AsSpan(other, length))),
            5 => ("two blocks changed places", Swapped(at, other, length)),
            _ => ("a block twice", [.. sound[..at], .. sound.AsSpan(at, length), .. sound[at..]]),
        };
    }

    private byte[] Changed(int at, ReadOnlySpan<byte> to)
    {
        byte[] copy = [.. sound];
        to.CopyTo(copy.AsSpan(at));
        return copy;
    }

    private byte[] Swapped(int at, int other, int length)
    {
        byte[] copy = Changed(at, sound.AsSpan(other, length));
        sound.AsSpan(at, length).CopyTo(copy.AsSpan(other));
        return copy;
    }
}
