using System.Globalization;
using TauPipeline.Learning;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// Steps of a training in a process of its own: libtorch takes its environment once. Prints the processor's milliseconds of a step of
/// training, all threads together, and of scoring as many rows: the best, since what others on the machine take can only be too much.
/// </summary>
internal static class NetworkRun
{
    private const int Warm = 1;

    public static int Run(string network, string way, string numeric, int threads, int steps)
    {
        GridNetworkShape shape = NetworkSample.Shape(network);
        int rows = NetworkSample.RowsOf(network);
        var source = new Repeated(NetworkSample.Rows(shape, rows, way == "dense"), Warm + steps);
        var plan = new TrainingPlan
        {
            Epochs = 1,
            BatchSize = rows,
            Threads = threads,
            Numeric = numeric == "portable" ? Numeric.Portable : Numeric.Fastest,
        };
        string scratch = Directory.CreateTempSubdirectory("taupipeline-network-").FullName;
        TrainedModel model = Trainer.Fit(shape, source, new Repeated(source.Batch, 1), plan, new(scratch)).Model;
        Directory.Delete(scratch, recursive: true);
        Console.WriteLine(Text(source.Steps.Skip(Warm).Min()));
        Console.WriteLine(Text(Enumerable.Range(0, 5).Min(_ =>
            Milliseconds(() => model.Predict(source.Batch.Inputs, rows)))));
        return 0;
    }

    private static double Milliseconds(Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>One batch again and again; a step is what comes between it and the next.</summary>
    private sealed class Repeated(TrainingBatch batch, int times) : ITrainingSource
    {
        public TrainingBatch Batch => batch;

        public List<double> Steps { get; } = [];

        public long Rows => (long)batch.Rows * times;

        public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0)
        {
            for (int i = done; i < times; i++)
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                yield return batch;
                Steps.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            }
        }
    }
}
