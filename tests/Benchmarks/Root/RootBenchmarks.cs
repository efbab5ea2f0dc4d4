using System.Globalization;
using TauPipeline.Codecs;
using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// RootIO beside JSROOT and beside the bare codecs in one run: processor time, medians, and the ratios that were promised.
/// </summary>
internal static class RootBenchmarks
{
    private const int Rounds = 5, ManyRounds = 21, ReadsARound = 8;

    // So many that their columns stay in the cache.
    private const int BatchEntries = 16_384;

    // Threads meet at the end of each batch, so that a batch must be long.
    private const int WideBatch = 131_072;
    private const double WarmMilliseconds = 1500;
    private static readonly CodecKind[] Kinds = [CodecKind.None, CodecKind.Lz4, CodecKind.Zlib, CodecKind.Zstd, CodecKind.Lzma];
    private static readonly string[] TauBranches = ["nTau", "Tau_pt", "Tau_eta", "Tau_phi", "Tau_mass", "Tau_decayMode", "Tau_genPartFlav"];

    public static void Run(ResultTable table)
    {
        string root = Directory.CreateTempSubdirectory("tau-bench-").FullName;
        try
        {
            var sample = new RootSample();
            table.Version("JSROOT", RootPeer.Version() ?? "not installed: left out");
            table.Version(
                "sample",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{RootSample.Entries:#,0} entries of f64, bool, i16[3], u32 and jagged f32, {sample.MegaBytes:0.0} MB of values (1 MB = 10^6 bytes)"
                ));
            Writing(table, root, sample);
            Reading(table, root, sample);
            TwoThreads(table, root);
            Allocations(table, root);
            NanoAod(table);
        }
        finally { Directory.Delete(root, recursive: true); }
    }

    /// <summary>Reads the sample in one codec again and again, beside the bare codec: for a profiler, and to try things.</summary>
    public static int ReadOnly(CodecKind kind, int times)
    {
        string file = Path.GetTempFileName();
        new RootSample().Write(file, kind);
        var bare = new BareCodec(file, kind);
        Warm(() => Read(file));
        Warm(bare.UnpackAll);
        var rounds = Repeat(
            () =>
                (
                    Ours: ProcessorTime.Of(() => Times(() => Read(file))) / ReadsARound,
                    Bare: ProcessorTime.Of(() => Times(bare.UnpackAll)) / ReadsARound,
            Fetched: ProcessorTime.Of(() => Times(bare.ReadAndUnpackAll)) / ReadsARound), times);
        string Middle(Func<(double Ours, double Bare, double Fetched), double> of) =>
            ResultTable.Number(ResultTable.Median(rounds.Select(of)));
        Console.WriteLine(
            $"{kind}: ours {Middle(one => one.Ours)} ms, bare codec {Middle(one => one.Bare)}, with fetching {Middle(one => one.Fetched)}; bare / ours {Middle(one => one.Bare / one.Ours)}, of fetched {Middle(one => one.Fetched / one.Ours)}; {AllocatedAnEntry(file)} bytes allocated an entry"
        );
        File.Delete(file);
        return 0;
    }

    /// <summary>The same on two threads.</summary>
    public static int ReadOnTwoThreads(CodecKind kind, int times)
    {
        string file = Path.GetTempFileName();
        new RootSample().Write(file, kind);
        Warm(() => Read(file, threads: 2, entries: WideBatch));
        foreach (
            Scaling one in Repeat(
                () =>
                    Scaling.Of(
                        () => Times(() => Read(file, entries: WideBatch)),
                        () => Times(() => Read(file, threads: 2, entries: WideBatch))),
                times))
            Console.WriteLine(
                $"{kind}: one {ResultTable.Number(one.One)} ms, both {ResultTable.Number(one.All)}, longest {ResultTable.Number(one.Longest)}; one / longest {ResultTable.Number(one.One / one.Longest)}, half of both {ResultTable.Number(2 * one.One / one.All)}, wall {ResultTable.Number(one.Wall)}"
            );
        File.Delete(file);
        return 0;
    }

    private static void Writing(ResultTable table, string root, RootSample sample)
    {
        table.Head("Writing, one thread");
        table.Row("codec", "MB/s of a core", "file MB", "bound");
        table.Row("---", "--:", "--:", "--:");
        foreach (CodecKind kind in Kinds)
        {
            string path = PathOf(root, kind);
            sample.Write(path, kind);
            int times = kind is CodecKind.Lzma or CodecKind.Zlib or CodecKind.Lz4 ? 1 : Rounds;
            double cpu = ResultTable.Median(Repeat(() => ProcessorTime.Of(() => sample.Write(path, kind)), times));
            table.Row(
                $"{kind}",
                Speed(sample, cpu),
                ResultTable.Number(new FileInfo(path).Length / 1e6),
                kind == CodecKind.None ? ">= 200" : "-");
        }
    }

    private static void Reading(ResultTable table, string root, RootSample sample)
    {
        table.Head("Reading all columns, one thread, with opening the file");
        table.Row(
            "codec",
            "ours MB/s of a core",
            "JSROOT MB/s of a core",
            "ratio",
            "bare codec MB/s",
            "ours of it",
            "ours of bare codec and reading its baskets",
            "bound");
        table.Row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        bool hasPeer = RootPeer.Version() is not null;
        foreach (CodecKind kind in Kinds)
        {
            string path = PathOf(root, kind);
            var bare = new BareCodec(path, kind);
            if (Read(path) != sample.Hits) throw new Defect($"{path} was not read whole");
            Warm(() => Read(path));
            Warm(bare.ReadAndUnpackAll);
            // In turns, so that both meet the same neighbours.
            var rounds = Repeat(
                () =>
                    (
                        Ours: ProcessorTime.Of(() => Times(() => Read(path))) / ReadsARound,
                        Bare: ProcessorTime.Of(() => Times(bare.UnpackAll)) / ReadsARound,
                Fetched: ProcessorTime.Of(() => Times(bare.ReadAndUnpackAll)) / ReadsARound), RoundsOf(kind));
            double ours = ResultTable.Median(rounds.Select(round => round.Ours)),
                alone = ResultTable.Median(rounds.Select(round => round.Bare));
            double? peer = hasPeer ? RootPeer.Read(path, kind == CodecKind.Lzma ? 0 : Rounds) : null;
            table.Row(
                $"{kind}",
                Speed(sample, ours),
                peer is { } node ? Speed(sample, node) : "-",
                peer is { } other ? $"{ResultTable.Number(other / ours)}" : "-",
                kind == CodecKind.None ? "-" : Speed(sample, alone),
                kind == CodecKind.None ? "-" : Percent(ResultTable.Median(rounds.Select(round => round.Bare / round.Ours))),
                kind == CodecKind.None ? "-" : Percent(ResultTable.Median(rounds.Select(round => round.Fetched / round.Ours))),
                kind is CodecKind.None or CodecKind.Lz4 ? ">= 25 times JSROOT" : ">= 90 % of the bare codec");
        }
    }

    private static void TwoThreads(ResultTable table, string root)
    {
        table.Head("Two threads");
        table.Row(
            "codec",
            "one: CPU ms",
            "two: CPU ms together",
            "two: longest thread ms",
            "one / longest thread",
            "one / half of both",
            "wall one / wall two",
            "bare codec alone: one / longest thread",
            "bare codec: wall one / wall two",
            "bound");
        table.Row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach (CodecKind kind in Kinds)
        {
            string path = PathOf(root, kind);
            var bare = new BareCodec(path, kind);
            Warm(() => Read(path, threads: 2, entries: WideBatch));
            Warm(bare.UnpackOnTwoThreads);
            List<(Scaling Ours, Scaling Bare)> rounds = Repeat(
                () =>
                    (
                        Scaling.Of(
                            () => Times(() => Read(path, entries: WideBatch)),
                            () => Times(() => Read(path, threads: 2, entries: WideBatch))),
                Scaling.Of(() => Times(bare.UnpackAll), () => Times(bare.UnpackOnTwoThreads))), RoundsOf(kind));
            string Middle(Func<(Scaling Ours, Scaling Bare), double> of) => ResultTable.Number(ResultTable.Median(rounds.Select(of)));
            table.Row(
                $"{kind}",
                Middle(one => one.Ours.One / ReadsARound),
                Middle(one => one.Ours.All / ReadsARound),
                Middle(one => one.Ours.Longest / ReadsARound),
                Middle(one => one.Ours.One / one.Ours.Longest),
                Middle(one => 2 * one.Ours.One / one.Ours.All),
                Middle(one => one.Ours.Wall),
                Middle(one => one.Bare.One / one.Bare.Longest),
                Middle(one => one.Bare.Wall),
                kind == CodecKind.None ? "-" : ">= 1.7");
        }
    }

    private static void Allocations(ResultTable table, string root)
    {
        table.Head("Allocated while reading 400,000 entries rather than 200,000, bytes an entry, memory of batches used again");
        table.Row("codec", "bytes an entry", "bound");
        table.Row("---", "--:", "--:");
        foreach (CodecKind kind in Kinds) table.Row($"{kind}", AllocatedAnEntry(PathOf(root, kind)), "0");
    }

    private static string AllocatedAnEntry(string path)
    {
        long Allocated(long entries)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Read(path, last: entries);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Allocated(RootSample.Entries);
        double half = ResultTable.Median(Repeat(() => (double)Allocated(RootSample.Entries / 2), Rounds)),
            whole = ResultTable.Median(Repeat(() => (double)Allocated(RootSample.Entries), Rounds));
        return ((whole - half) / (RootSample.Entries / 2)).ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static void NanoAod(ResultTable table)
    {
        string file = Path.Combine(Environment.CurrentDirectory, "..", "shared", "data", "real", "nanoAOD_2015_CMS_Open_Data_ttbar.root");
        if (!File.Exists(file)) return;
        table.Head("Opening a NanoAOD file of 947 branches and reading 7 of tau candidates");
        table.Row("reader", "first CPU ms", "warm CPU ms", "bound");
        table.Row("---", "--:", "--:", "--:");
        void ReadTaus()
        {
            using RootFile nano = RootFile.Open(file);
            foreach (RootBatch batch in nano.Tree("Events").ReadColumns(TauBranches))
                if (batch["Tau_pt"].ValueCount != 81) throw new Defect("not all taus were read");
        }
        double first = ProcessorTime.Of(ReadTaus);
        Warm(ReadTaus);
        double warm = ResultTable.Median(Repeat(() => ProcessorTime.Of(ReadTaus), 15));
        table.Row("ours", ResultTable.Number(first), ResultTable.Number(warm), "< 40 warm");
        if (RootPeer.Version() is not null)
            table.Row("JSROOT", "-", ResultTable.Number(RootPeer.Read(file, Rounds, string.Join(',', TauBranches))), "-");
    }

    // The number of hits, so that nothing can be left out.
    private static long Read(string path, int threads = 1, long? last = null, int entries = BatchEntries)
    {
        using RootFile file = RootFile.Open(path);
        RootTree tree = file.Tree("Events");
        long hits = 0;
        foreach (
            RootBatch batch in tree.ReadColumns(
                tree.Branches,
                new RootReadOptions
                {
                    Parallelism = threads,
                    ReuseMemory = true,
                    BatchEntries = entries,
                    LastEntry = last,
                }))
            hits += batch.Columns[^1].ValueCount;
        return hits;
    }

    // As many as steady a median on a busy machine; LZMA takes seconds a round, and is steady.
    private static int RoundsOf(CodecKind kind) => kind == CodecKind.Lzma ? Rounds : ManyRounds;

    private static string PathOf(string root, CodecKind kind) => Path.Combine(root, $"{kind}.root");

    // Until the compiler has made its best of it.
    private static void Warm(Action work)
    {
        for (double spent = 0; spent < WarmMilliseconds;) spent += ProcessorTime.Of(work);
    }

    private static void Times(Action work)
    {
        for (int i = 0; i < ReadsARound; i++) work();
    }

    private static List<T> Repeat<T>(Func<T> one, int times) => [.. Enumerable.Range(0, times).Select(_ => one())];

    private static string Speed(RootSample sample, double milliseconds) => ResultTable.Number(sample.MegaBytes / milliseconds * 1e3);

    private static string Percent(double part) => string.Create(CultureInfo.InvariantCulture, $"{100 * part:0} %");
}
