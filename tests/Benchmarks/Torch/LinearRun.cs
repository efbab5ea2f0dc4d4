using System.Diagnostics;
using System.Globalization;
using TauPipeline.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// Dense layers forth and back, and a step of Adam, in a process of its own: libtorch takes its environment once. <c>ours</c> in the
/// portable
/// environment, <c>library</c> in the same, <c>auto</c> as MKL likes best on this processor.
/// </summary>
internal static class LinearRun
{
    private const int Warm = 8, Times = 50;

    /// <summary>Rows, inputs, outputs.</summary>
    public static IReadOnlyList<(int Rows, int Inputs, int Outputs)> Shapes { get; } =
    [(4000, 64, 100), (4000, 100, 100), (3872, 100, 64), (400, 200, 200)];

    /// <summary>Prints a line for each shape with the best GFLOP/s, then one with the milliseconds of Adam.</summary>
    public static int Run(string kind, string threads)
    {
        int count = int.Parse(threads, CultureInfo.InvariantCulture);
        TensorLibrary.Load(kind == "auto" ? NumericEnvironment.Fastest(count) : NumericEnvironment.Portable(count));
        foreach ((int rows, int inputs, int outputs) in Shapes)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = randn(rows, inputs).requires_grad_(true),
                w = randn(outputs, inputs).requires_grad_(true),
                b = randn(outputs).requires_grad_(true),
                g = randn(rows, outputs);
            double best = Best(() => (kind == "ours" ? PortableLinear.linear(x, w, b) : nn.functional.linear(x, w, b)).backward([g]));
            Console.WriteLine(6.0 * rows * inputs * outputs / best / 1e9);
        }
        Console.WriteLine(1000 * Adam(kind == "ours"));
        return 0;
    }

    private static double Adam(bool isOurs)
    {
        using DisposeScope scope = NewDisposeScope();
        var weight = new Parameter(randn(1150, 1000));
        var settings = new AdamSettings(AdamVariant.Adam);
        using IOptimiser optimiser = isOurs ? new PortableAdam([("w", weight)], settings) : LibraryOptimiser.Of([weight], settings);
        Tensor gradient = randn(1150, 1000);
        return Best(() => optimiser.Step(1e-3), () => weight.grad = gradient.clone());
    }

    // The best in seconds: what others on this machine take can only be too much.
    private static double Best(Action work, Action? before = null)
    {
        double best = double.MaxValue;
        for (int i = 0; i < Warm + Times; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            before?.Invoke();
            long start = Stopwatch.GetTimestamp();
            work();
            if (i >= Warm) best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
