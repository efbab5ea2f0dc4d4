using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Bytes changed and ends cut off at places that a counter-based generator chooses, so that a failure can be repeated.</summary>
public sealed class DamagedFilesTests(ITestOutputHelper output) : IDisposable
{
    private const int MutationsPerFile = 300;
    private static readonly string[] PublicFiles =
    [
        "uproot-simple.root",
        "uproot-issue413.root",
        "uproot-leaflist.root",
        "uproot-vectorVectorDouble.root",
        "uproot-issue21.root",
        "uproot-foriter.root",
    ];
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Lz4)]
    [InlineData(CodecKind.Zstd)]
    public void A_damaged_file_of_ours_fails_clearly_or_reads(CodecKind kind) => Damage(_files.Write(kind, 40, basketBytes: 300));

    [SharedRootFilesFact]
    public void A_damaged_file_of_others_fails_clearly_or_reads()
    {
        foreach (string file in PublicFiles) Damage(SharedRootFiles.Path(file));
    }

    [Fact]
    public void A_file_cut_short_is_called_truncated_once_and_by_name()
    {
        byte[] whole = File.ReadAllBytes(_files.Write(CodecKind.Zlib, 200));
        string path = _files.Path("short.root");
        File.WriteAllBytes(path, whole[..(whole.Length * 3 / 4)]);

        StepFailed failed = Should.Throw<StepFailed>(() => ReadAll(path));

        failed.Text.Title.ShouldBe($"'{path}' is truncated");
        failed.Text.Facts.ShouldContain(("found", $"a file of {whole.Length * 3 / 4} bytes"));
    }

    [Fact]
    public void A_changed_byte_in_an_LZ4_basket_is_found_by_its_checksum()
    {
        string path = _files.Write(CodecKind.Lz4, 400);
        byte[] bytes = File.ReadAllBytes(path);
        int block = bytes.AsSpan().IndexOf("L4\x01"u8);
        bytes[block + 40] ^= 1;
        File.WriteAllBytes(path, bytes);

        Should.Throw<StepFailed>(() => ReadAll(path)).Message.ShouldContain("its xxHash64 does not match");
        using RootFile file = RootFile.Open(path);
        RootTree tree = file.Tree("taus");
        Should.Throw<StepFailed>(() => tree.ReadColumns(tree.Branches, new RootReadOptions { Parallelism = 3 }).Count())
            .Message.ShouldContain("its xxHash64 does not match");
    }

    // Baskets are unpacked ahead of their batch: what is wrong with one is told where it is asked for, as on one thread.
    [Fact]
    public void Wherever_a_basket_is_damaged_several_threads_give_the_batches_before_it_and_its_error()
    {
        byte[] whole = File.ReadAllBytes(_files.Write(CodecKind.Lz4, 3000, basketBytes: 2_000));
        string path = _files.Path("changed.root");
        int damaged = 0;
        for (int block = Next(whole, 0); block > 0; block = Next(whole, block + 1))
        {
            byte[] bytes = [.. whole];
            bytes[block + 40] ^= 1;
            File.WriteAllBytes(path, bytes);

            (int good, string error) = UpToTheError(path, threads: 1);

            if (error.Length > 0) damaged++;
            for (int threads = 2; threads < 4; threads++)
                UpToTheError(path, threads).ShouldBe((good, error), $"{threads} threads, block at {block}");
        }
        damaged.ShouldBeGreaterThan(50); // the other blocks are of columns that are not read
    }

    private static int Next(byte[] bytes, int from) => bytes.AsSpan(from).IndexOf("L4\x01"u8) is var at && at >= 0 ? from + at : -1;

    private static (int Good, string Error) UpToTheError(string path, int threads)
    {
        int good = 0;
        try
        {
            using RootFile file = RootFile.Open(path);
            RootTree tree = file.Tree("taus");
            foreach (
                RootBatch batch in tree.ReadColumns(
                    ["tau_mass", "Tau_pt", "pfCand_id", "position"],
                    new RootReadOptions
                    {
                        Parallelism = threads,
                        BatchEntries = 500,
                        ReuseMemory = true,
                    }))
                good += batch.Entries;
            return (good, "");
        }
        catch (StepFailed failed) { return (good, failed.Message); }
    }

    [Fact]
    public void Of_the_errors_of_several_threads_the_named_one_is_told()
    {
        var named = new StepFailed("a basket is damaged");

        RootErrors.FirstOf(new AggregateException(new OperationCanceledException(), named)).ShouldBeSameAs(named);
        RootErrors.FirstOf(new AggregateException(new OperationCanceledException())).ShouldBeNull();
    }

    private void Damage(string source)
    {
        byte[] whole = File.ReadAllBytes(source), changed = new byte[whole.Length];
        string path = _files.Path("damaged.root");
        var random = new CounterRandom(CounterRandom.Key(20251122, "damage", Path.GetFileName(source)), 0);
        int failed = 0, read = 0;
        ReadAll(source);
        for (int i = 0; i < MutationsPerFile; i++)
        {
            whole.CopyTo(changed, 0);
            int length = i % 4 == 3 ? random.NextInt(whole.Length) : whole.Length;
            if (length == whole.Length) changed[random.NextInt(whole.Length)] ^= (byte)(1 << random.NextInt(8));
            File.WriteAllBytes(path, changed.AsSpan(0, length));
            var trial = Trial.Of(path, () =>
            {
                ReadAll(path);
                return null;
            });
            trial.Fault.ShouldBeNull($"mutation {i} of {source}");
            if (trial.Refusal is null) read++;
            else failed++;
        }
        output.WriteLine($"{Path.GetFileName(source)}: {MutationsPerFile} mutations, {failed} refused, {read} read");
        failed.ShouldBePositive();
    }

    private static void ReadAll(string path)
    {
        using RootFile file = RootFile.Open(path);
        foreach (RootKey key in file.Trees)
        {
            RootTree tree = file.Tree(key.Path);
            foreach (RootBranch branch in tree.Branches)
                if (branch.WhyNotRead is null) BranchDigest.Of(tree, branch);
        }
    }
}
