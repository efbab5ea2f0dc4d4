using System.Buffers.Binary;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// Damaged RNTuples, histograms and graphs: read or refused, never a crash, a long wait, or memory by a file's word alone.
/// </summary>
public sealed class ObjectFuzzTests(ITestOutputHelper output)
{
    private const int NormalCases = 80, LongCases = 2000, MostSampleBytes = 30_000;
    private static readonly string[] ObjectFiles = ["uproot-histograms.root", "w-none.root", "tprofile.root", "uproot-issue-750.root"];
    private static readonly ulong[] Lengths =
    [
        0,
        1,
        2,
        0x7F,
        0xFF,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFF,
        1 << 24,
        1UL << 40,
        long.MaxValue,
        1UL << 63,
        ulong.MaxValue,
    ];
    private int _refused, _read;
    private long _largest;

    [SharedRootFilesFact]
    public void Damaged_files_are_read_or_refused() => Run(NormalCases);

    [LongRootFilesFact]
    public void Many_more_damaged_files_are_read_or_refused() => Run(LongCases);

    private void Run(int casesEach)
    {
        foreach (string file in Samples())
        {
            byte[] whole = File.ReadAllBytes(file), buffer = new byte[whole.Length];
            string name = Path.GetFileName(file);
            for (int i = 0; i < casesEach; i++) Once(new Mutation(name, i).Apply(whole, buffer), $"{name}#{i}");
        }
        foreach (string file in NTuples.Files.Where(IsSmall))
            for (int i = 0; i < casesEach; i++) Once(Signed(file, i), $"{Path.GetFileName(file)} signed #{i}");
        output.WriteLine($"{_refused + _read} damaged files: {_refused} refused, {_read} read; at most {_largest >> 10} KiB allocated");
        _refused.ShouldBeGreaterThan(_read);
    }

    private static IEnumerable<string> Samples() => ObjectFiles.Select(SharedRootFiles.Path).Concat(NTuples.Files.Where(IsSmall));

    private static bool IsSmall(string file) => new FileInfo(file).Length < MostSampleBytes;

    // A changed header, footer or page list with a checksum that fits it.
    private static byte[] Signed(string path, int number)
    {
        var signed = new SignedNTuple(path);
        var random = new CounterRandom(CounterRandom.Key(20251122, "signed", Path.GetFileName(path)), (ulong)number);
        for (int changes = 1 + random.NextInt(3); changes > 0; changes--)
        {
            byte[] part = signed.Parts[random.NextInt(signed.Parts.Count)];
            int at = random.NextInt(part.Length - 8);
            switch (random.NextInt(4))
            {
                case 0: part[at] ^= (byte)(1 << random.NextInt(8)); break;
                case 1: BinaryPrimitives.WriteUInt32LittleEndian(part.AsSpan(at), (uint)Lengths[random.NextInt(Lengths.Length)]); break;
                case 2: BinaryPrimitives.WriteUInt64LittleEndian(part.AsSpan(at), Lengths[random.NextInt(Lengths.Length)]); break;
                default: part[at] += (byte)(random.NextInt(9) - 4); break;
            }
        }
        return signed.Bytes();
    }

    private void Once(ReadOnlyMemory<byte> damaged, string what)
    {
        var trial = Trial.Of(what, () =>
        {
            using RootFile file = RootFile.Open(what, damaged);
            foreach (RootKey key in file.Keys) Read(file, key);
            return null;
        });
        if (trial.Refusal is null) _read++;
        else _refused++;
        _largest = Math.Max(_largest, trial.Allocated);
        trial.Fault.ShouldBeNull(what);
    }

    private static void Read(RootFile file, RootKey key)
    {
        string path = $"{key.Path};{key.Cycle}";
        if (key.IsHistogram) _ = HistogramDigest.ToJson(file.Histogram(path), "f", path);
        if (key.IsGraph) _ = file.Graph(path).X.Length;
        if (!key.IsNTuple) return;
        RNTuple tuple = file.NTuple(path);
        foreach (RNTupleColumn column in tuple.Columns.Where(column => column.WhyNotRead is null))
            if (tuple.Entries > 0)
                _ = tuple.Read([column], RootReadOptions.All with { LastEntry = Math.Min(tuple.Entries, 4096), BatchEntries = 4096 })
                    .First()
                    .Columns[0]
                    .Bytes.Length;
    }
}
