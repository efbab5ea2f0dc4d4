using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>"CS" blocks of old ROOT: a deflate stream without header and checksum (guide section 2).</summary>
public sealed class OldCompressionTests : IDisposable
{
    private const int BlockHead = 9, ZlibHead = 2, Adler = 4;
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    // Each zlib block without what zlib puts around deflate; six zero bytes keep its length, as a stream's end leaves what follows alone.
    [Fact]
    public void Blocks_of_deflate_alone_are_read()
    {
        byte[] whole = File.ReadAllBytes(_files.Write(CodecKind.Zlib, 60)), old = [.. whole];
        int changed = 0;
        foreach (RecordBytes record in RecordBytes.Of(whole).Where(record => record.ObjectBytes != record.Bytes - record.KeyBytes))
        {
            int block = record.Position + record.KeyBytes,
                stored = record.Bytes - record.KeyBytes - BlockHead,
                deflate = stored - ZlibHead - Adler;
            byte[] head =
            [
                (byte)'C',
                (byte)'S',
                8,
                (byte)stored,
                (byte)(stored >> 8),
                (byte)(stored >> 16),
                .. whole[(block + 6)..(block + BlockHead)],
            ];
            byte[] body =
            [
                .. whole[(block + BlockHead + ZlibHead)..(block + BlockHead + ZlibHead + deflate)],
                .. new byte[ZlibHead + Adler],
            ];
            head.CopyTo(old, block);
            body.CopyTo(old, block + BlockHead);
            changed++;
        }
        changed.ShouldBeGreaterThan(5);

        Values(old).ShouldBe(Values(whole));
    }

    private static string[] Values(byte[] content)
    {
        using RootFile file = RootFile.Open("file.root", content);
        RootTree tree = file.Tree("taus");
        return [.. tree.Branches.Select(branch => BranchDigest.Of(tree, branch).Sha256)];
    }
}
