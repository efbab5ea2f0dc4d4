using System.Buffers.Binary;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// Files that were not closed, or are shorter than their header says: recovered with a warning, or refused; never empty without a word.
/// </summary>
public sealed class UnfinishedFilesTests : IDisposable
{
    private const int EndAt = 12, SeekFreeAt = 16, NameBytesAt = 28, SeekInfoAt = 37;
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [SharedDataFact]
    public void A_file_that_was_not_closed_is_recovered_from_its_records()
    {
        string path = ReportedFiles.Path("notclosed.root"), closed = SharedData.At("root", "scikit-hep-testdata", "uproot-simple.root");

        using RootFile file = RootFile.Open(path), whole = RootFile.Open(closed);

        file.Warning.ShouldBe($"'{path}' was not closed: recovered from its records: TTree tree");
        Values(file).ShouldBe(Values(whole));
    }

    [SharedDataFact]
    public void A_file_that_holds_baskets_alone_is_called_not_closed()
    {
        string path = ReportedFiles.Path("crashed.root");

        Should.Throw<StepFailed>(() => RootFile.Open(path)).Text.Title.ShouldBe($"'{path}' was not closed");
    }

    [SharedDataFact]
    public void A_file_cut_behind_its_trees_is_read_with_a_warning()
    {
        string path = ReportedFiles.Path("trunc_half.root");

        using RootFile file = RootFile.Open(path);

        file.Warning.ShouldBe($"'{path}' is truncated at 2807 of 5614 bytes: what is whole of it is read");
        file.Keys.Select(key => key.Path).ShouldBe(["tree"]);
    }

    // Wherever a file loses its end: what was whole before is read and said to be incomplete, or it is refused.
    [Fact]
    public void Wherever_a_file_ends_it_is_never_empty_without_a_word()
    {
        byte[] whole = File.ReadAllBytes(_files.Write(CodecKind.Zlib, 80, basketBytes: 300));
        using RootFile closed = RootFile.Open("whole.root", whole);
        string[] expected = Values(closed);
        int firstTree = RecordBytes.Of(whole).First(record => record.ClassName == "TTree") is var tree ? tree.Position + tree.Bytes : 0;
        int refused = 0, recovered = 0;

        for (int length = 1; length < whole.Length; length += 37)
        {
            try
            {
                using RootFile file = RootFile.Open("cut.root", whole.AsMemory(0, length));
                file.Warning.ShouldNotBeNull();
                file.Keys.ShouldNotBeEmpty();
                expected.ShouldContain(Values(file)[0]);
                length.ShouldBeGreaterThanOrEqualTo(firstTree);
                recovered++;
            }
            catch (StepFailed failed)
            {
                failed.Text.Title.ShouldBeOneOf("'cut.root' is truncated", "'cut.root' is not a ROOT file");
                length.ShouldBeLessThan(firstTree);
                refused++;
            }
        }
        refused.ShouldBePositive();
        recovered.ShouldBePositive();
    }

    // As a header stands until its writer closes the file: no list of keys, of gaps, of classes.
    [Theory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Lz4)]
    public void Records_behind_the_end_that_a_header_remembers_are_recovered_with_the_classes(CodecKind kind)
    {
        byte[] whole = File.ReadAllBytes(_files.Write(kind, 80)), open = Unclosed(whole);
        using RootFile closed = RootFile.Open("whole.root", whole), file = RootFile.Open("open.root", open);

        file.Warning.ShouldStartWith("'open.root' was not closed: recovered from its records: TTree taus, TTree summary");
        Values(file).ShouldBe(Values(closed), ignoreOrder: true);
    }

    [SharedDataFact]
    public void Objects_in_directories_are_recovered_into_them()
    {
        string path = SharedData.At("root", "go-hep", "dirs-6.14.00.root");
        using RootFile closed = RootFile.Open(path), file = RootFile.Open("open.root", Unclosed(File.ReadAllBytes(path)));

        file.Keys.Select(key => key.Path).ShouldBe(closed.Keys.Select(key => key.Path), ignoreOrder: true);
        file.Warning.ShouldNotBeNull();
    }

    [Fact]
    public void A_closed_file_without_objects_is_what_it_says()
    {
        string path = _files.Path("empty.root");
        RootFileWriter.Create(path, RootCompression.None).Dispose();

        using RootFile file = RootFile.Open(path);

        (file.Keys.Count, file.Warning).ShouldBe((0, null));
    }

    // The root directory's record (guide section 1.3) stands behind the first key, its name and its title.
    private static byte[] Unclosed(byte[] whole)
    {
        byte[] open = [.. whole];
        RecordBytes first = RecordBytes.Of(whole)[0];
        int directory = 100 + BinaryPrimitives.ReadInt32BigEndian(whole.AsSpan(NameBytesAt));
        open.AsSpan(directory + 10, 4).Clear();
        open.AsSpan(directory + 26, 4).Clear();
        BinaryPrimitives.WriteInt32BigEndian(open.AsSpan(EndAt), 100 + first.Bytes);
        open.AsSpan(SeekFreeAt, 8).Clear();
        open.AsSpan(SeekInfoAt, 8).Clear();
        return open;
    }

    private static string[] Values(RootFile file) =>
    [
        .. file.Trees.SelectMany(key => file.Tree(key.Path) is var tree
            ? tree.Branches.Select(branch =>
                BranchDigest.Of(tree, branch) is var all ? $"{branch.Name} {all.Count} {all.Sha256}" : "")
            : []),
    ];
}
