using System.Globalization;
using TauPipeline.Tensors;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// Our portable dense layer and Adam beside MKL at its best, and beside MKL with the same bits for all makers of processors.
/// </summary>
internal static class LinearBenchmarks
{
    private const int Rounds = 3;

    private static readonly string[] Kinds = ["ours", "auto", "library"];

    public static void Run(ResultTable table)
    {
        foreach (string version in TensorLibrary.Versions) table.Version(version.Split(' ')[0], version.Split(' ')[^1]);
        foreach ((int threads, double bound) in ((int, double)[])[(1, 0.8), (2, 0.7)])
        {
            // In turn, so that a busy minute of the machine is nobody's alone.
            double[][] best = [.. Kinds.Select(_ => new double[LinearRun.Shapes.Count + 1])];
            for (int round = 0; round < Rounds; round++)
                for (int kind = 0; kind < Kinds.Length; kind++) Take(best[kind], Measured(Kinds[kind], threads));
            table.Head($"{(threads == 1 ? "One thread" : "Two threads")}: forth and back, GFLOP/s, best of {Rounds} times 50");
            table.Row("rows x inputs x outputs", "ours", "MKL_CBWR=AUTO", "MKL_CBWR=COMPATIBLE", "ours / AUTO", "bound");
            table.Row("---", "--:", "--:", "--:", "--:", "--:");
            foreach (((int rows, int inputs, int outputs), int at) in LinearRun.Shapes.Select((shape, at) => (shape, at)))
                table.Row(
                    $"{rows} x {inputs} x {outputs}",
                    [
                        .. best.Select(kind => ResultTable.Number(kind[at])),
                        ResultTable.Number(best[0][at] / best[1][at]),
                        string.Create(CultureInfo.InvariantCulture, $">= {bound}"),
                    ]);
            table.Row(
                "a step of Adam, 1.15 M weights, ms",
                [.. best.Select(kind => ResultTable.Number(-kind[^1])), ResultTable.Number(best[0][^1] / best[1][^1]), "-"]);
        }
    }

    // Milliseconds are better when fewer.
    private static void Take(double[] best, double[] measured)
    {
        for (int i = 0; i < best.Length; i++)
        {
            double value = i == best.Length - 1 ? -measured[i] : measured[i];
            best[i] = best[i] == 0 ? value : Math.Max(best[i], value);
        }
    }

    private static double[] Measured(string kind, int threads) =>
        [
            .. ChildUsage.Of(
                    Environment.ProcessPath!,
                    ["exec", typeof(LinearBenchmarks).Assembly.Location, "linear-run", kind, $"{threads}"],
                    Environment.CurrentDirectory)
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
}
