using System.Buffers.Binary;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// A copy of a file whose trees and class descriptions stand unpacked behind its end, so that damage reaches their fields
/// instead of being caught by a codec.
/// </summary>
internal static class UnpackedFile
{
    private const int SeekInfoAt = 37, EndAt = 12;

    public static byte[] Of(string path)
    {
        byte[] whole = File.ReadAllBytes(path);
        using var bytes = new FileBytes(path);
        var records = new RecordReader(bytes);
        using RootFile file = RootFile.Open(path);
        List<byte> result = [.. whole];
        foreach (RootKey key in file.Trees) Move(key.Key.Offset, whole, result, records, isListed: true);
        int infos = BinaryPrimitives.ReadInt32BigEndian(whole.AsSpan(SeekInfoAt));
        if (infos > 0) Move(infos, whole, result, records, isListed: false);
        byte[] moved = [.. result];
        BinaryPrimitives.WriteInt32BigEndian(moved.AsSpan(EndAt), moved.Length);
        return moved;
    }

    private static void Move(long offset, byte[] whole, List<byte> result, RecordReader records, bool isListed)
    {
        TKey key = records.Key(offset, "");
        byte[] payload = records.Payload(key, offset, ""), head = whole[(int)offset..((int)offset + key.KeyBytes)];
        byte[] old = [.. head];
        BinaryPrimitives.WriteInt32BigEndian(head, key.KeyBytes + payload.Length);
        bool large = BinaryPrimitives.ReadInt16BigEndian(head.AsSpan(4)) > 1000;
        if (large) BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(18), result.Count);
        else BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(18), result.Count);
        byte[] place = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(place, result.Count);
        BinaryPrimitives.WriteInt32BigEndian(place.AsSpan(4), key.KeyBytes + payload.Length);
        for (int i = 0; !isListed && i < 8; i++) result[SeekInfoAt + i] = place[i];
        // The directory's list repeats the key, byte for byte.
        for (int at = whole.AsSpan().IndexOf(old); isListed && at >= 0; at = Next(whole, old, at))
            for (int i = 0; i < head.Length; i++) result[at + i] = head[i];
        result.AddRange(head);
        result.AddRange(payload);
    }

    private static int Next(byte[] whole, byte[] pattern, int at)
    {
        int next = whole.AsSpan(at + 1).IndexOf(pattern);
        return next < 0 ? -1 : at + 1 + next;
    }
}
