using TauPipeline.Codecs;
using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>400,000 entries of flat, fixed-array and jagged columns (guide section 13), written with each codec by our writer.</summary>
internal sealed class RootSample
{
    public const int Entries = 400_000;
    private const int BatchEntries = 50_000, BasketBytes = 64_000, Seed = 1;
    private const string Table = "Hit";

    private readonly Batch[] _batches = [.. Enumerable.Range(0, Entries / BatchEntries).Select(batch => Make(new Random(Seed + batch)))];

    /// <summary>Bytes of all values in memory, without offsets: what MB means here.</summary>
    public double MegaBytes => _batches.Sum(batch => batch.Columns.Sum(column => (double)column.Bytes.Length)) / 1e6;

    /// <summary>Values of the jagged column.</summary>
    public long Hits => _batches.Sum(batch => (long)batch["Hit_pt"].Count);

    public static RootCompression Compression(CodecKind kind) => kind switch
    {
        CodecKind.Zlib => RootCompression.Zlib,
        CodecKind.Lz4 => RootCompression.Lz4,
        CodecKind.Zstd => RootCompression.Zstd,
        CodecKind.Lzma => RootCompression.Lzma,
        _ => RootCompression.None,
    };

    public void Write(string path, CodecKind kind)
    {
        using RootFileWriter file = RootFileWriter.Create(path, Compression(kind), "sample.root");
        var options = new TreeOptions
        {
            BasketBytes = BasketBytes,
            Tables = new Dictionary<string, TableLayout> { ["position"] = TableLayout.Fixed(3) },
        };
        RootTreeWriter tree = file.Tree("Events", _batches[0].Schema, options);
        foreach (Batch batch in _batches) tree.Append(batch);
    }

    // Numbers of limited precision, as detectors give them: codecs find something, but not all.
    private static Batch Make(Random random)
    {
        var energy = new double[BatchEntries];
        var isGood = new bool[BatchEntries];
        var position = new short[3 * BatchEntries];
        var counts = new uint[BatchEntries];
        int[] steps = [.. Enumerable.Range(0, BatchEntries + 1).Select(i => 3 * i)], offsets = new int[BatchEntries + 1];
        for (int i = 0; i < BatchEntries; i++)
        {
            energy[i] = Math.Round(-1280 * Math.Log(1 - random.NextDouble())) / 64;
            isGood[i] = random.Next(10) < 3;
            counts[i] = (uint)random.Next(7);
            offsets[i + 1] = offsets[i] + (int)counts[i];
        }
        for (int i = 0; i < position.Length; i++) position[i] = (short)random.Next(-200, 200);
        var pt = new float[offsets[^1]];
        for (int i = 0; i < pt.Length; i++) pt[i] = random.Next(1 << 14) / 256f;
        return new Batch(
        [
            new Column<double>("energy", energy),
            new Column<bool>("isGood", isGood),
            new JaggedColumn<short>("position", "position", steps, position),
            new Column<uint>("nHit", counts), new JaggedColumn<float>("Hit_pt", Table, offsets, pt),
        ], BatchEntries);
    }
}
