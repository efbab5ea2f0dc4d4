using System.Buffers.Binary;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Versions of TTree and its parts whose layout is known by the file's own description alone (guide section 1.6).</summary>
public sealed class OldTreesTests : IDisposable
{
    private const int ByteCountBytes = 4, Newest = 20;
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    // Values: uproot and JSROOT.
    [SharedDataFact]
    public void A_tree_of_version_5_with_branches_of_version_8_is_read()
    {
        using RootFile file = RootFile.Open(ReportedFiles.Path("g4-like.root"));
        RootTree tree = file.Tree("mytree");

        (tree.Title, tree.Entries).ShouldBe(("my title", 5L));
        Digest(tree, "i32").ShouldBe(("i32", 5, 15));
        Digest(tree, "f64").ShouldBe(("f64", 5, 15));
        Digest(tree, "slif64").ShouldBe(("f64", 10, 40));
        RootColumn lists = tree.ReadColumns(["slif64"]).Single()["slif64"];
        lists.Offsets(0).ToArray().ShouldBe([0, 0, 1, 3, 6, 10]);
    }

    // The bytes of versions 8 and 9 of a branch are the same.
    [SharedDataFact]
    public void Branches_of_version_9_are_read()
    {
        byte[] bytes = File.ReadAllBytes(ReportedFiles.Path("g4-like.root"));
        byte[] branch = [.. "TBranch\0"u8];
        int at = bytes.AsSpan().IndexOf(branch) + branch.Length + ByteCountBytes;
        BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at)).ShouldBe((short)8);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(at), 9);

        using RootFile file = RootFile.Open("nine.root", bytes);

        Digest(file.Tree("mytree"), "i32").ShouldBe(("i32", 5, 15));
    }

    // Version 20 under another number, in the tree and in its description: then only the description can tell.
    [Theory]
    [InlineData(15)]
    [InlineData(21)]
    public void A_version_that_the_file_describes_is_read(short version)
    {
        byte[] whole = File.ReadAllBytes(_files.Write(CodecKind.None, 50)), changed = WithVersion(whole, version, isDescribed: true);
        using RootFile file = RootFile.Open("changed.root", changed), known = RootFile.Open("whole.root", whole);
        RootTree tree = file.Tree("taus"), expected = known.Tree("taus");

        (tree.Title, tree.Entries).ShouldBe((expected.Title, expected.Entries));
        tree.Branches.Select(branch => BranchDigest.Of(tree, branch).Sha256)
            .ShouldBe(expected.Branches.Select(branch => BranchDigest.Of(expected, branch).Sha256));
    }

    [Fact]
    public void A_version_that_nobody_describes_is_refused_by_name()
    {
        byte[] whole = File.ReadAllBytes(_files.Write(CodecKind.None, 50));
        using RootFile file = RootFile.Open("changed.root", WithVersion(whole, 15, isDescribed: false));

        Should.Throw<StepFailed>(() => file.Tree("taus")).Text.Title.ShouldBe("version 15 of TTree is not read");
    }

    private static byte[] WithVersion(byte[] whole, short version, bool isDescribed)
    {
        byte[] changed = [.. whole];
        foreach (RecordBytes tree in RecordBytes.Of(whole).Where(record => record.ClassName == "TTree"))
            BinaryPrimitives.WriteInt16BigEndian(changed.AsSpan(tree.Position + tree.KeyBytes + ByteCountBytes), version);
        if (!isDescribed) return changed;
        // A description is a name, a title, a checksum and a version.
        int name = whole.AsSpan().IndexOf((byte[])[5, .. "TTree"u8, 0, .. Checksum(whole)]) + 7 + 4;
        BinaryPrimitives.ReadInt32BigEndian(changed.AsSpan(name)).ShouldBe(Newest);
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(name), version);
        return changed;
    }

    private static byte[] Checksum(byte[] whole)
    {
        using RootFile file = RootFile.Open("whole.root", whole);
        uint checksum = KnownClasses.All().Single(known => known.ClassName == "TTree").Checksum;
        return [(byte)(checksum >> 24), (byte)(checksum >> 16), (byte)(checksum >> 8), (byte)checksum];
    }

    private static (string Type, long Count, double? Sum) Digest(RootTree tree, string branch) =>
        BranchDigest.Of(tree, tree.Branch(branch)) is var found ? (found.DataType, found.Count, found.Sum) : default;
}
