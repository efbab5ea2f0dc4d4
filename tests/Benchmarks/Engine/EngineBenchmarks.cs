using System.Globalization;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>BuildGraph beside ninja and snakemake in one run: processor time, medians, and the ratios that were promised.</summary>
internal static class EngineBenchmarks
{
    private const int Repeats = 5, InTurn = 11;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TauPipeline.Tests.Benchmarks.dll");

    /// <summary>Products younger than this are read once more by the next run: the file system cannot vouch for them yet.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2.5);

    public static void Run(ResultTable table)
    {
        string root = Directory.CreateTempSubdirectory("tau-bench-").FullName;
        try
        {
            foreach (string peer in new[] { "ninja", "snakemake" })
                table.Version(peer, Peers.Has(peer) ? ChildUsage.Of(peer, ["--version"], root).Output.Trim() : "not installed: left out");
            NothingToDo(table, root);
            OneInputChanged(table, root);
            FullBuild(table, root);
            Hashing(table, root);
        }
        finally { Directory.Delete(root, recursive: true); }
    }

    private static void NothingToDo(ResultTable table, string root)
    {
        table.Head("Nothing to do");
        table.Row("case", "ours CPU ms", "peak MiB", "ninja CPU ms", "ratio", "snakemake CPU ms", "ratio");
        table.Row("---", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach (int steps in new[] { 1_000, 10_000 })
        {
            EngineCase fan = Prepared(root, "fan", steps);
            Ours(fan);
            if (Peers.Has("ninja"))
            {
                Peers.WriteNinja(fan);
                Peers.Ninja(fan);
            }
            Thread.Sleep(Settling);
            Ours(fan);
            (Measured ours, double? ninja) = MeasuredInTurn(fan);
            // Its own full build of 10,000 at once takes hours. Where it has built them itself, 500 at a time, it takes as
            // long to find nothing to do as where they are only there.
            double? snakemake = IfThere("snakemake", () =>
            {
                Peers.WriteSnakemake(fan);
                CopyForSnakemake(fan);
                return ResultTable.Median(Repeat(() => Peers.Snakemake(fan).CpuMilliseconds));
            });
            table.Row(
                Name(fan),
                ResultTable.Number(ours.Cpu),
                ResultTable.Number(ours.Peak),
                Cell(ninja),
                Ratio(ours.Cpu, ninja),
                Cell(snakemake),
                OneOf(ours.Cpu, snakemake));
        }
    }

    private static void OneInputChanged(ResultTable table, string root)
    {
        table.Head("One input changed");
        table.Row("case", "ours CPU ms", "ninja CPU ms", "ratio");
        table.Row("---", "--:", "--:", "--:");
        foreach (
            (string shape, int steps, string work) in new[]
            {
                ("fan", 10_000, "shell"),
                ("chain", 1_000, "shell"),
                ("chain", 1_000, "inside"),
            })
        {
            EngineCase one = Prepared(root, shape, steps, work);
            Ours(one);
            int edits = 0;
            void Edit() => File.WriteAllText(one.Input(0), string.Create(CultureInfo.InvariantCulture, $"edit {edits++}"));
            double cpu = ResultTable.Median(Repeat(() => { Edit(); return Ours(one).Used.CpuMilliseconds; }));
            double? ninja = IfThere("ninja", () =>
            {
                Peers.WriteNinja(one);
                Peers.Ninja(one);
                return ResultTable.Median(
                    Repeat(() =>
                    {
                        Edit();
                        return Peers.Ninja(one).CpuMilliseconds;
                    }));
            });
            table.Row($"{Name(one)}, {work}", ResultTable.Number(cpu), Cell(ninja), Ratio(cpu, ninja));
        }
    }

    private static void FullBuild(ResultTable table, string root)
    {
        table.Head("Full build of a fan of 1,000");
        table.Row("case", "ours CPU ms", "peer CPU ms", "ratio");
        table.Row("---", "--:", "--:", "--:");
        EngineCase shell = Prepared(root, "fan", 1_000);
        double ours = ResultTable.Median(Repeat(() => { Clear(shell); return Ours(shell).Used.CpuMilliseconds; }));
        double? ninja = IfThere("ninja", () =>
        {
            Peers.WriteNinja(shell);
            return ResultTable.Median(
                Repeat(() =>
                {
                    Clear(shell);
                    return Peers.Ninja(shell).CpuMilliseconds;
                }));
        });
        table.Row("shell steps, ninja", ResultTable.Number(ours), Cell(ninja), Ratio(ours, ninja));

        EngineCase inside = shell with { Work = "inside" }, bare = shell with { Work = "bare" };
        double wall = ResultTable.Median(Repeat(() => { Clear(inside); return Ours(inside).Inside; }));
        double loop = ResultTable.Median(Repeat(() => { Clear(bare); return Ours(bare).Inside; }));
        table.Row(
            "steps in process, wall ms, against the bare loop",
            ResultTable.Number(wall),
            ResultTable.Number(loop),
            $"{ResultTable.Number((wall - loop) / inside.Steps)} ms a step above it");
    }

    private static void Hashing(ResultTable table, string root)
    {
        const int files = 100, size = 50_000_000;
        table.Head("5 GB of inputs in 100 files");
        EngineCase big = new("fan", files, "stat", Path.Combine(root, "big"));
        big.Prepare(size);
        table.Row("case", "wall ms", "CPU ms");
        table.Row("---", "--:", "--:");
        (ChildUsage cold, _, _) = Ours(big with { Work = "shell" });
        table.Row(
            "hashed and copied by cp for the first time",
            ResultTable.Number(cold.WallMilliseconds),
            ResultTable.Number(cold.CpuMilliseconds));
        Ours(big);
        ChildUsage[] warm = [.. Repeat(() => Ours(big).Used)];
        table.Row(
            "checked again",
            ResultTable.Number(ResultTable.Median(warm.Select(one => one.WallMilliseconds))),
            ResultTable.Number(ResultTable.Median(warm.Select(one => one.CpuMilliseconds))));
        if (!Peers.Has("openssl")) return;
        ChildUsage openssl = ChildUsage.Of("openssl", ["dgst", "-sha256", .. big.Inputs], root);
        table.Row(
            "openssl dgst -sha256 of the inputs",
            ResultTable.Number(openssl.WallMilliseconds),
            ResultTable.Number(openssl.CpuMilliseconds));
    }

    private static EngineCase Prepared(string root, string shape, int steps, string work = "shell")
    {
        var one = new EngineCase(
            shape,
            steps,
            work,
            Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{shape}-{steps}-{work}")));
        if (!Directory.Exists(one.Folder)) one.Prepare();
        return one;
    }

    private static (ChildUsage Used, double Inside, double PeakMiB) Ours(EngineCase of)
    {
        ChildUsage used = ChildUsage.Of(Environment.ProcessPath!, ["exec", Program, "engine-run", .. of.Words], of.Folder);
        string[] words = used.Output.Trim().Split(' ');
        return (used, double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture) / 1024);
    }

    // In turn with the peer: a machine of several guests is not the same from minute to minute.
    private static (Measured Ours, double? Ninja) MeasuredInTurn(EngineCase of)
    {
        List<(ChildUsage Used, double Inside, double PeakMiB)> ours = [];
        var ninja = new List<double>();
        for (int i = 0; i < InTurn; i++)
        {
            ours.Add(Ours(of));
            if (Peers.Has("ninja")) ninja.Add(Peers.Ninja(of).CpuMilliseconds);
        }
        return (Measured.Of(ours), ninja.Count > 0 ? ResultTable.Median(ninja) : null);
    }

    private static List<T> Repeat<T>(Func<T> one, int times = Repeats)
    {
        var all = new List<T>();
        for (int i = 0; i < times; i++) all.Add(one());
        return all;
    }

    private static void Clear(EngineCase of)
    {
        foreach (string made in new[] { "tau", "ninja", ".ninja_log", ".ninja_deps" })
        {
            string place = Path.Combine(of.Folder, made);
            if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
            else File.Delete(place);
        }
    }

    private static void CopyForSnakemake(EngineCase of)
    {
        string folder = Path.Combine(of.Folder, "snake");
        Directory.CreateDirectory(folder);
        foreach (string input in of.Inputs) File.Copy(input, Path.Combine(folder, Path.GetFileName(input)), overwrite: true);
    }

    private static double? IfThere(string peer, Func<double> measure) => Peers.Has(peer) ? measure() : null;

    private static string Name(EngineCase of) => string.Create(CultureInfo.InvariantCulture, $"{of.Shape} of {of.Steps:#,0}");

    private static string Cell(double? value) => value is { } number ? ResultTable.Number(number) : "-";

    private static string Ratio(double ours, double? peer) => peer is { } number ? ResultTable.Number(ours / number) : "-";

    private static string OneOf(double ours, double? peer) =>
        peer is { } number ? string.Create(CultureInfo.InvariantCulture, $"1/{number / ours:0}") : "-";

    private readonly record struct Measured(double Cpu, double Peak)
    {
        public static Measured Of(List<(ChildUsage Used, double Inside, double PeakMiB)> runs) =>
            new(ResultTable.Median(runs.Select(run => run.Used.CpuMilliseconds)), runs.Max(run => run.PeakMiB));
    }
}
