using System.Buffers.Binary;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// Each length of a record stands in several places (guide sections 1.1 to 1.3); one that a writer left stale loses nothing.
/// </summary>
public sealed class StaleLengthsTests : IDisposable
{
    private const int RecordBytesAt = 0, ObjectBytesAt = 6, KeyBytesAt = 14, NameBytesAt = 28, InfoBytesAt = 41;
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [SharedDataFact]
    public void Files_of_uproot3_whose_list_of_keys_has_a_stale_key_are_read()
    {
        using RootFile pileup = RootFile.Open(ReportedFiles.Path("mcPileupUL2016.root")),
            tree = RootFile.Open(ReportedFiles.Path("u3_one_tree.root"));

        double[] cells = pileup.Histogram("pu_mc").Values.ToArray();
        cells.Length.ShouldBe(102);
        cells.Sum().ShouldBe(1.0, 1e-6);
        tree.Keys.Single().Path.ShouldBe("tree");
        RootTree read = tree.Tree("tree");
        read.ReadColumns(read.Branches).Sum(batch => batch.Entries).ShouldBe((int)read.Entries);
        (pileup.Warning, tree.Warning).ShouldBe((null, null));
    }

    // Every length that stands twice, made wrong in one of its places: longer, shorter, none.
    [Theory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Zlib)]
    public void Whichever_length_is_stale_every_value_is_read(CodecKind kind)
    {
        byte[] whole = File.ReadAllBytes(_files.Write(kind, 60, basketBytes: 300));
        string[] expected = Digests(whole);
        List<RecordBytes> records = RecordBytes.Of(whole);
        RecordBytes keyList = records.Last(record => record.ClassName == "TFile" && record.ObjectBytes > 100);
        RecordBytes infos = records.Single(record => record.ClassName == "TList");

        foreach (int change in (int[])[-7, 5, 1000])
        {
            Stale(whole, keyList.Position + RecordBytesAt, 4, change).ShouldBe(expected, $"length of the key list's record {change}");
            Stale(whole, keyList.Position + ObjectBytesAt, 4, change).ShouldBe(expected, $"length of the key list {change}");
            Stale(whole, NameBytesAt, 4, change).ShouldBe(expected, $"where the root directory stands {change}");
            Stale(whole, InfoBytesAt, 4, change).ShouldBe(expected, $"length of the class descriptions by the header {change}");
            Stale(whole, infos.Position + RecordBytesAt, 4, change).ShouldBe(expected, $"length of the class descriptions {change}");
            foreach (RecordBytes tree in records.Where(record => record.ClassName == "TTree"))
            {
                Stale(whole, tree.Position + RecordBytesAt, 4, change).ShouldBe(expected, $"length of a tree by its own key {change}");
                Stale(whole, tree.Position + KeyBytesAt, 2, change).ShouldBe(expected, $"length of a tree's own key {change}");
                int copy = Copy(whole, tree);
                Stale(whole, copy + RecordBytesAt, 4, change).ShouldBe(expected, $"length of a tree by its directory {change}");
                Stale(whole, copy + KeyBytesAt, 2, change).ShouldBe(expected, $"length of a tree's key by its directory {change}");
            }
        }
    }

    // As a writer does that computes the length of its keys with the name that a file had before.
    [Theory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Zlib)]
    public void Keys_that_say_they_are_shorter_than_their_names_are_read_in_all_their_copies(CodecKind kind)
    {
        byte[] whole = File.ReadAllBytes(_files.Write(kind, 60)), changed = [.. whole];
        foreach (RecordBytes record in RecordBytes.Of(whole).Where(record => record.ClassName != "TBasket"))
        {
            Add(changed, record.Position + KeyBytesAt, 2, -4);
            if (record.ClassName == "TTree") Add(changed, Copy(whole, record) + KeyBytesAt, 2, -4);
        }

        Digests(changed).ShouldBe(Digests(whole));
    }

    [Fact]
    public void A_basket_whose_length_the_branch_or_its_key_states_wrongly_is_read()
    {
        byte[] whole = File.ReadAllBytes(_files.Write(CodecKind.Lz4, 60));
        string[] expected = Digests(whole);

        foreach (RecordBytes basket in RecordBytes.Of(whole).Where(record => record.ClassName == "TBasket"))
            Stale(whole, basket.Position + RecordBytesAt, 4, -3).ShouldBe(expected, $"basket at {basket.Position}");
    }

    private static string[] Stale(byte[] whole, int at, int size, int change)
    {
        byte[] bytes = [.. whole];
        Add(bytes, at, size, change);
        return Digests(bytes);
    }

    private static void Add(byte[] bytes, int at, int size, int change)
    {
        Span<byte> field = bytes.AsSpan(at, size);
        if (size == 2) BinaryPrimitives.WriteInt16BigEndian(field, (short)(BinaryPrimitives.ReadInt16BigEndian(field) + change));
        else BinaryPrimitives.WriteInt32BigEndian(field, BinaryPrimitives.ReadInt32BigEndian(field) + change);
    }

    // The directory's list repeats the key, byte for byte.
    private static int Copy(byte[] file, RecordBytes record) => file.AsSpan().LastIndexOf(record.Key);

    private static string[] Digests(byte[] content)
    {
        using RootFile file = RootFile.Open("file.root", content);
        return
        [
            .. file.Trees.SelectMany(key =>
                file.Tree(key.Path) is var tree ? tree.Branches.Select(branch => BranchDigest.Of(tree, branch).ToJson()) : []),
        ];
    }
}
