using System.Diagnostics;
using System.Globalization;
using TauPipeline.Learning;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// How fast rows become what a network is fed with, from a shard on the disk to scaled inputs: of one core, and what a training waits for
/// it that takes as long for its batches as the fastest that is meant.
/// </summary>
internal static class LoadingBenchmarks
{
    private const int Events = 6000, BatchRows = 250, Rounds = 5;

    // Taus a second of the training that waits: more than a convolutional network reaches on two cores.
    private const double TrainingRate = 2500;

    public static void Run(ResultTable table)
    {
        using var sample = new LoadingSample(Events);
        table.Head($"{sample.Count} simulated taus, the inputs of cms-deeptau.yaml, batches of {BatchRows}, one core");
        table.Row("inputs", "taus/s of a core", "bound");
        table.Row("---", "--:", "--:");
        table.Row("43 numbers of the candidate", Rate(sample, grids: false), "-");
        table.Row("and both grids: 223 columns, 105,699 numbers a tau if dense", Rate(sample, grids: true), ">= 10,000");
        table.Head($"what a training of {TrainingRate} taus/s waits, one thread loading");
        table.Row("wait", "share of the time", "bound");
        table.Row("---", "--:", "--:");
        double wait = ResultTable.Median(Enumerable.Range(0, 3).Select(round => Wait(sample, round)));
        table.Row("after its first batch", ResultTable.Number(wait), "<= 0.05");
    }

    private static string Rate(LoadingSample sample, bool grids)
    {
        double[] times =
        [
            .. Enumerable.Range(0, Rounds + 1)
                .Select(round => ProcessorTime.Of(() => Check(sample.Epoch(round, 0, grids, BatchRows), sample.Count))).Skip(1),
        ];
        return (sample.Count / ResultTable.Median(times) * 1e3).ToString("#,0", CultureInfo.InvariantCulture);
    }

    // The training's work is processor time: where others have the processors, both it and the loader are slower.
    private static double Wait(LoadingSample sample, int round)
    {
        double waited = 0;
        long first = 0, before = 0;
        foreach (TrainingBatch batch in sample.Epoch(round, 1, grids: true, BatchRows))
        {
            if (before != 0) waited += Stopwatch.GetElapsedTime(before).TotalSeconds;
            else first = Stopwatch.GetTimestamp();
            ProcessorTime.Spend(batch.Rows / TrainingRate * 1e3);
            before = Stopwatch.GetTimestamp();
        }
        return waited / Stopwatch.GetElapsedTime(first).TotalSeconds;
    }

    private static void Check(IEnumerable<TrainingBatch> epoch, int expected)
    {
        int rows = epoch.Sum(batch => batch.Rows);
        if (rows != expected) throw new InvalidOperationException($"{rows} rows of {expected}");
    }
}
