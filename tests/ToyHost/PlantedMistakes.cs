using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using TauPipeline.BuildGraph;

namespace TauPipeline.Tests.ToyHost;

/// <summary>
/// The seven usual ways in which a program does not make the same bytes twice, a stage each, one that does it right, and one behind them
/// all.
/// </summary>
internal static class PlantedMistakes
{
    // Some times are stored in whole seconds: the second build reaches those stages more than one later than the first.
    private static readonly TimeSpan MoreThanASecond = TimeSpan.FromMilliseconds(1100);

    public static IReadOnlyList<ComposedStage> Compose()
    {
        var sound = new PlantedStage("Sound", [], path =>
        {
            Thread.Sleep(MoreThanASecond);
            File.WriteAllText(path, "always the same\n");
        });
        PlantedStage[] planted =
        [
            new("Clock", [], path => File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"made at {DateTime.Now:O}\n"))),
            new("DictionaryOrder", [], path => File.WriteAllLines(path, Words())),
            new("ThreadOrder", [], path => File.WriteAllText(path, Sums())),
            new("AbsolutePath", [], path => File.WriteAllText(path, $"made by {AppContext.BaseDirectory}\n")),
            new("Hdf5Times", [sound.Product], Hdf5WithTimes.Write, "h5"),
            new("GzipTime", [sound.Product], WriteGzip, "gz"),
            new("Uninitialised", [], WriteMemory, "bin"),
        ];
        var after = new PlantedStage("After", [.. planted.Select(stage => stage.Product)], path => File.WriteAllText(path, "after\n"));
        return [new(sound), .. planted.Select(stage => new ComposedStage(stage)), new(after)];
    }

    // The hash of a tuple is salted for each process, and a concurrent dictionary lists by hash.
    private static IEnumerable<string> Words()
    {
        var words = new ConcurrentDictionary<(string, int), string>();
        for (int i = 0; i < 50; i++) words[("word", i)] = string.Create(CultureInfo.InvariantCulture, $"word {i}");
        return words.Values;
    }

    // Who wakes first adds first. The pool would do with one thread where the processors are busy, and be in order.
    private static string Sums()
    {
        var gate = new Lock();
        var sums = new double[40];
        for (int sum = 0; sum < sums.Length; sum++)
        {
            int at = sum;
            Thread[] threads = [.. Enumerable.Range(0, 8).Select(thread => new Thread(() =>
            {
                Thread.Sleep(1);
                lock (gate) sums[at] += 1.0 / (3 + 7 * thread + at);
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
        }
        return string.Join('\n', sums.Select(sum => sum.ToString("R", CultureInfo.InvariantCulture))) + "\n";
    }

    // RFC 1952: bytes 4 to 7 are the time.
    private static void WriteGzip(string path)
    {
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal)) gzip.Write("always the same\n"u8);
        byte[] bytes = File.ReadAllBytes(path);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        File.WriteAllBytes(path, bytes);
    }

    private static unsafe void WriteMemory(string path)
    {
        const int size = 4096;
        void* memory = NativeMemory.Alloc(size);
        File.WriteAllBytes(path, new ReadOnlySpan<byte>(memory, size));
        NativeMemory.Free(memory);
    }
}
