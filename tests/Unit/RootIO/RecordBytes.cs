using System.Buffers.Binary;
using System.Text;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>A record of a small written file, cut out of its bytes by guide section 1.2, without any code of the room.</summary>
internal sealed record RecordBytes(byte[] File, int Position)
{
    public int Bytes => I32(0);
    public int Version => I16(4);
    public int ObjectBytes => I32(6);
    public int KeyBytes => I16(14);
    public int Cycle => I16(16);
    public int SeekKey => I32(18);
    public int SeekDirectory => I32(22);
    public string ClassName => Text(26);
    public string Name => Text(26 + 1 + ClassName.Length);
    public string Title => Text(26 + 2 + ClassName.Length + Name.Length);

    /// <summary>Bytes of the key's fixed part and its three texts, without what else stands inside the key.</summary>
    public int NamedBytes => 26 + 3 + ClassName.Length + Name.Length + Title.Length;

    public ReadOnlySpan<byte> Key => File.AsSpan(Position, KeyBytes);

    public ReadOnlySpan<byte> Stored => File.AsSpan(Position + KeyBytes, Bytes - KeyBytes);

    /// <summary>All records from byte 100 on; each must begin where the one before ends.</summary>
    public static List<RecordBytes> Of(byte[] file)
    {
        List<RecordBytes> records = [];
        for (int at = 100; at < file.Length; at += records[^1].Bytes) records.Add(new RecordBytes(file, at));
        return records;
    }

    public int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(File.AsSpan(Position + at));

    public int I16(int at) => BinaryPrimitives.ReadInt16BigEndian(File.AsSpan(Position + at));

    private string Text(int at) => Encoding.UTF8.GetString(File, Position + at + 1, File[Position + at]);
}
