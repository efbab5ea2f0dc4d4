using System.Buffers.Binary;
using System.Text;
using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>
/// A file of two small trees, <c>first</c> with branch <c>a</c> and <c>second</c> with branch <c>b</c>, whose bytes are then changed by
/// hand (guide sections 1.2 and 3.1): damaged, or with what our writer does not write.
/// </summary>
internal sealed class PatchedRootFile
{
    private const int EndAt = 12, KeyBytesAt = 14, SeekAt = 18, NamesAt = 26, ByteCountBytes = 4;

    // A tree's record ends with four pointers: its index, friends, the user's list, references.
    private const int FriendsFromEnd = 12;
    private const uint ByteCountFlag = 0x40000000, NewClass = 0xFFFFFFFF;

    public PatchedRootFile(string path)
    {
        using (RootFileWriter file = RootFileWriter.Create(path, RootCompression.None))
        {
            foreach ((string tree, string branch) in new[] { ("first", "a"), ("second", "b") })
            {
                var batch = new Batch([new Column<int>(branch, new[] { 1, 2, 3 })]);
                file.Tree(tree, batch.Schema).Append(batch);
            }
        }
        Bytes = File.ReadAllBytes(path);
    }

    public byte[] Bytes { get; private set; }

    /// <summary>A version of TTree that nobody has written yet.</summary>
    public PatchedRootFile WithUnknownVersion(string tree)
    {
        int record = RecordOf(tree);
        BinaryPrimitives.WriteInt16BigEndian(Bytes.AsSpan(record + KeyBytes(record) + ByteCountBytes), 99);
        return this;
    }

    /// <summary>Says that the file is longer than it is.</summary>
    public PatchedRootFile WithoutItsEnd()
    {
        BinaryPrimitives.WriteInt32BigEndian(Bytes.AsSpan(EndAt), Bytes.Length + 1000);
        return this;
    }

    /// <summary>The tree's record once more behind the end, with one friend in its list.</summary>
    public PatchedRootFile WithFriend(string tree, (string Alias, string Tree, string File) friend)
    {
        int record = RecordOf(tree), bytes = I32(record), keyBytes = KeyBytes(record), friendsAt = record + bytes - FriendsFromEnd;
        byte[] list = Pointer(
            "TList",
            [.. Counted(5, [.. Object(), 0, .. Word(1), .. Pointer("TFriendElement", FriendElement(friend)), 0])]);
        byte[] old = Bytes[record..(record + keyBytes)], head = [.. old];
        byte[] payload = [.. Bytes[(record + keyBytes)..friendsAt], .. list, .. Bytes[(friendsAt + 4)..(record + bytes)]];
        Write(head, 0, keyBytes + payload.Length);
        Write(head, 6, payload.Length);
        Write(head, SeekAt, Bytes.Length);
        Write(payload, 0, (int)(ByteCountFlag | (uint)(payload.Length - ByteCountBytes)));
        // The directory's list repeats the key, byte for byte.
        head.CopyTo(Bytes, Bytes.AsSpan().LastIndexOf(old));
        Bytes = [.. Bytes, .. head, .. payload];
        Write(Bytes, EndAt, Bytes.Length);
        return this;
    }

    private static byte[] FriendElement((string Alias, string Tree, string File) friend) =>
        Counted(2, [.. Counted(1, [.. Object(), .. Text(friend.Alias), .. Text(friend.File)]), .. Text(friend.Tree), 0]);

    private static byte[] Object() => [0, 1, .. Word(0), .. Word(0x02000000)];

    private static byte[] Counted(byte version, byte[] content) =>
        [.. Word(ByteCountFlag | (uint)(content.Length + 2)), 0, version, .. content];

    private static byte[] Pointer(string className, byte[] content) =>
        [
            .. Word(ByteCountFlag | (uint)(content.Length + 4 + className.Length + 1)),
            .. Word(NewClass),
            .. Encoding.ASCII.GetBytes(className),
            0,
            .. content,
        ];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Word(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static void Write(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);

    // The first of the key's two copies is that of the record itself.
    private int RecordOf(string tree) => Bytes.AsSpan().IndexOf((byte[])[.. Text("TTree"), .. Text(tree)]) - NamesAt;

    private int KeyBytes(int record) => BinaryPrimitives.ReadInt16BigEndian(Bytes.AsSpan(record + KeyBytesAt));

    private int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(Bytes.AsSpan(at));
}
