using System.Globalization;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>Steps of a training of grid networks: filled cells beside all cells, portable beside fastest, beside python3-torch.</summary>
internal static class TrainingBenchmarks
{
    private const string Python = "/usr/bin/python3";

    public static void Run(ResultTable table)
    {
        foreach (string tool in Learning.Numerics.Tools) table.Version(tool.Split(' ')[0], tool.Split(' ')[^1]);
        table.Head("A step of 400 rows (DeepTau: 40), 8 % of cells filled, two threads: ms of the processor, best");
        table.Row("network", "portable", "fastest", "bound");
        table.Row("---", "--:", "--:", "--:");
        // In turn, so that a busy minute of the machine is nobody's alone.
        (double Step, double Scores) portable = Of("small", "sparse", "portable", 6), fastest = Of("small", "sparse", "fastest", 6);
        double theirs = HasTorch ? Theirs() : double.NaN;
        portable = Better(portable, Of("small", "sparse", "portable", 6));
        fastest = Better(fastest, Of("small", "sparse", "fastest", 6));
        if (HasTorch) theirs = Math.Min(theirs, Theirs());
        (double Step, double Scores) dense = Of("small", "dense", "portable", 2), denseFastest = Of("small", "dense", "fastest", 2);
        Numbers("378,688 parameters, filled cells", portable.Step, fastest.Step, "-");
        Numbers("all cells", dense.Step, denseFastest.Step, "-");
        Numbers("all / filled", dense.Step / portable.Step, denseFastest.Step / fastest.Step, ">= 2.4");
        Numbers("speed of portable / fastest", fastest.Step / portable.Step, 1, ">= 0.85");
        if (HasTorch) Numbers("filled cells / those of python3-torch", portable.Step / theirs, fastest.Step / theirs, "<= 1.1");
        (double Step, double Scores) full = Of("deeptau", "sparse", "portable", 3), fullDense = Of("deeptau", "dense", "portable", 1);
        table.Row("DeepTau v2.5, filled cells", ResultTable.Number(full.Step), "", "-");
        table.Row("all cells / filled", ResultTable.Number(fullDense.Step / full.Step), "", ">= 4");
        table.Head("Scores: rate beside that of the training, for each second of the processor");
        table.Row("network", "rows/s", "scores / training", "bound");
        table.Row("---", "--:", "--:", "--:");
        foreach ((string name, (double step, double scores)) in new[] { ("small", portable), ("deeptau", full) })
            table.Row(name, ResultTable.Number(NetworkSample.RowsOf(name) / scores * 1000), ResultTable.Number(step / scores), ">= 5");

        void Numbers(string what, double one, double other, string bound) =>
            table.Row(what, ResultTable.Number(one), ResultTable.Number(other), bound);
    }

    private static bool HasTorch => Directory.Exists("/usr/lib/python3/dist-packages/torch");

    private static double Theirs() => Child(Python, Path.Combine("tests", "Benchmarks", "Training", "sparse-step.py"))[0];

    private static (double Step, double Scores) Better((double Step, double Scores) one, (double Step, double Scores) other) =>
        (Math.Min(one.Step, other.Step), Math.Min(one.Scores, other.Scores));

    private static (double Step, double Scores) Of(string network, string way, string numeric, int steps)
    {
        double[] measured = Child(
            Environment.ProcessPath!,
            ["exec", typeof(TrainingBenchmarks).Assembly.Location, "network-run", network, way, numeric, "2", $"{steps}"]);
        return (measured[0], measured[1]);
    }

    private static double[] Child(string program, params string[] words) =>
    [
        .. ChildUsage.Of(program, words, Environment.CurrentDirectory)
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture)),
    ];
}
