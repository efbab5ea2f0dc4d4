using System.Buffers.Binary;
using Shouldly;
using TauPipeline.Codecs;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>What readers need of a file (guide section 7.1), rule by rule, on the bytes that our writer makes.</summary>
public sealed class WrittenRecordsTests : IDisposable
{
    private const int Rows = 400;
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_header_tells_the_end_the_free_list_and_the_class_descriptions()
    {
        (byte[] file, List<RecordBytes> records) = Written(CodecKind.Zstd);

        int At(int position) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(position));
        file.AsSpan(0, 4).SequenceEqual("root"u8).ShouldBeTrue();
        (At(4), At(8), At(12)).ShouldBe((62400, 100, file.Length)); // version, first record, end
        RecordBytes free = records[^1], infos = records.Single(record => record.Name == "StreamerInfo");
        (At(16), At(20), At(24)).ShouldBe((free.Position, free.Bytes, 1)); // free list, one free segment
        (file[32], At(33)).ShouldBe(((byte)4, 505)); // bytes of a position; 100 x codec + level
        (At(37), At(41)).ShouldBe((infos.Position, infos.Bytes));
    }

    [Fact]
    public void Every_record_knows_its_place_and_belongs_to_the_root_directory()
    {
        (byte[] file, List<RecordBytes> records) = Written(CodecKind.None);

        records.Sum(record => record.Bytes).ShouldBe(file.Length - 100);
        records.ShouldAllBe(record => record.SeekKey == record.Position && record.Cycle == 1 && record.Version == 4);
        records[0].SeekDirectory.ShouldBe(0);
        records.Skip(1).ShouldAllBe(record => record.SeekDirectory == 100);
    }

    [Fact]
    public void The_first_record_is_the_root_directory_and_points_to_the_list_of_keys()
    {
        (byte[] file, List<RecordBytes> records) = Written(CodecKind.Lz4);

        RecordBytes root = records[0], keys = records[^2];
        root.ClassName.ShouldBe("TFile");
        int nameBytes = root.KeyBytes + 1 + root.Name.Length + 1 + root.Title.Length;
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(28)).ShouldBe(nameBytes);
        (root.I16(nameBytes), root.I32(nameBytes + 10), root.I32(nameBytes + 14)).ShouldBe((5, keys.Bytes, nameBytes));
        (root.I32(nameBytes + 18), root.I32(nameBytes + 22), root.I32(nameBytes + 26)).ShouldBe((100, 0, keys.Position));
        root.Bytes.ShouldBe(nameBytes + 30 + 18 + 12); // a 16 byte identity with its version, and 12 spare bytes
    }

    [Fact]
    public void The_list_of_keys_repeats_the_key_of_each_object_and_is_not_compressed()
    {
        (_, List<RecordBytes> records) = Written(CodecKind.Zlib);

        RecordBytes list = records[^2];
        RecordBytes[] trees = [.. records.Where(record => record.ClassName == "TTree")];
        trees.Select(tree => tree.Name).ShouldBe(["taus", "summary"]);
        list.I32(list.KeyBytes).ShouldBe(2);
        list.Stored[4..].ToArray().ShouldBe([.. trees[0].Key, .. trees[1].Key]);
        (list.ClassName, list.ObjectBytes).ShouldBe(("TFile", list.Bytes - list.KeyBytes));
    }

    [Fact]
    public void The_free_list_ends_the_file_and_frees_all_behind_it()
    {
        (byte[] file, List<RecordBytes> records) = Written(CodecKind.Zstd);

        RecordBytes free = records[^1];
        free.Stored.Length.ShouldBe(10);
        (free.I16(free.KeyBytes), free.I32(free.KeyBytes + 2), free.I32(free.KeyBytes + 6)).ShouldBe((1, file.Length, 2_000_000_000));
    }

    [Fact]
    public void Class_descriptions_are_a_list_of_their_own()
    {
        (_, List<RecordBytes> records) = Written(CodecKind.None);

        RecordBytes infos = records.Single(record => record.Name == "StreamerInfo");
        (infos.ClassName, infos.Title).ShouldBe(("TList", "Doubly linked list"));
        ((infos.I32(infos.KeyBytes) & 0x40000000) != 0, infos.I16(infos.KeyBytes + 4)).ShouldBe((true, 5));
    }

    [Fact]
    public void A_basket_has_19_bytes_more_in_its_key_that_say_what_it_holds()
    {
        (_, List<RecordBytes> records) = Written(CodecKind.None);

        foreach (RecordBytes basket in records.Where(record => record.ClassName == "TBasket"))
        {
            int head = basket.NamedBytes;
            basket.KeyBytes.ShouldBe(head + 19);
            int size = basket.I32(head + 6), entries = basket.I32(head + 10), dataBytes = basket.I32(head + 14) - basket.KeyBytes;
            basket.I32(head + 2).ShouldBeGreaterThanOrEqualTo(basket.KeyBytes + basket.ObjectBytes); // bytes of ROOT's buffer
            basket.File[basket.Position + head + 18].ShouldBe((byte)0);
            bool hasOffsets =
                basket.Name.StartsWith("pfCand", StringComparison.Ordinal) || basket.Name.StartsWith("Tau_", StringComparison.Ordinal);
            if (!hasOffsets)
            {
                dataBytes.ShouldBe(basket.ObjectBytes, basket.Name);
                dataBytes.ShouldBe(size * entries, basket.Name);
                continue;
            }
            size.ShouldBeGreaterThanOrEqualTo(Math.Max(1000, entries + 1));
            int tail = basket.KeyBytes + dataBytes;
            basket.I32(tail).ShouldBe(entries + 1);
            basket.I32(tail + 4).ShouldBe(basket.KeyBytes); // where the first entry begins, from the key's start
            basket.I32(tail + 4 + 4 * entries).ShouldBe(0);
            (tail + 4 + 4 * (entries + 1)).ShouldBe(basket.Bytes);
        }
    }

    [Theory]
    [InlineData(CodecKind.Zlib, "ZL", 8)]
    [InlineData(CodecKind.Lzma, "XZ", 0)]
    [InlineData(CodecKind.Lz4, "L4", 1)]
    [InlineData(CodecKind.Zstd, "ZS", 1)]
    public void A_compressed_record_is_a_block_with_its_codec_and_both_sizes_and_never_longer_than_plain(
        CodecKind kind,
        string tag,
        int method)
    {
        (_, List<RecordBytes> records) = Written(kind);

        RecordBytes[] packed = [.. records.Where(record => record.ObjectBytes != record.Bytes - record.KeyBytes)];
        packed.ShouldContain(record => record.ClassName == "TTree");
        packed.ShouldContain(record => record.ClassName == "TBasket");
        foreach (RecordBytes record in packed)
        {
            ReadOnlySpan<byte> stored = record.Stored;
            (System.Text.Encoding.ASCII.GetString(stored[..2]), stored[2]).ShouldBe((tag, (byte)method));
            (Three(stored[3..]), Three(stored[6..])).ShouldBe((stored.Length - 9, record.ObjectBytes));
            stored.Length.ShouldBeLessThan(record.ObjectBytes);
        }
    }

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

    private (byte[] File, List<RecordBytes> Records) Written(CodecKind kind)
    {
        byte[] file = File.ReadAllBytes(_files.Write(kind, Rows));
        return (file, RecordBytes.Of(file));
    }
}
