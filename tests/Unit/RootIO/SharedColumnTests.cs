using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>A column whose baskets several threads unpack: one from its beginning, the others from its end.</summary>
public sealed class SharedColumnTests : IDisposable
{
    private const int Rows = 2000, Threads = 3, EveryBlock = 3;
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_damaged_basket_is_refused_in_the_words_of_one_thread()
    {
        byte[] whole = File.ReadAllBytes(_files.Write(CodecKind.Lz4, Rows, basketBytes: 1000));
        int[] blocks = [.. Enumerable.Range(0, whole.Length - 3).Where(at => whole.AsSpan(at, 3).SequenceEqual("L4\x01"u8))];
        var outcomes = new HashSet<string>();

        for (int i = 0; i < blocks.Length; i += EveryBlock)
        {
            byte[] damaged = [.. whole];
            damaged[blocks[i] + 20] ^= 1;
            foreach (string branch in (string[])["tau_mass", "Tau_pt", "pfCand_id"])
            {
                string alone = Outcome(damaged, branch, threads: 1);
                Outcome(damaged, branch, Threads).ShouldBe(alone);
                outcomes.Add(alone);
            }
        }

        outcomes.Count(outcome => outcome.Contains("xxHash64", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
    }

    // The values in short, or what the message says.
    private static string Outcome(byte[] content, string branch, int threads)
    {
        var values = new System.Text.StringBuilder();
        try
        {
            using RootFile file = RootFile.Open("damaged.root", content);
            foreach (
                RootBatch batch in file.Tree("taus")
                    .ReadColumns([branch], new RootReadOptions { Parallelism = threads, BatchEntries = Rows / 2 }))
                values.Append(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(batch.Columns[0].Bytes)));
        }
        catch (StepFailed failed) { return failed.Text.ToString(); }
        return values.ToString();
    }
}
