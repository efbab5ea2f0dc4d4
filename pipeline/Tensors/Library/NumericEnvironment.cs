using System.Globalization;

namespace TauPipeline.Tensors;

/// <summary>
/// The variables that decide which kernels libtorch, MKL and oneDNN take, and so the last bits of every sum. They
/// must stand before the first library is loaded, in the environment of the process or by <see cref="TensorLibrary.Load"/>.
/// </summary>
public static class NumericEnvironment
{
    internal const string Threads = "OMP_NUM_THREADS";

    /// <summary>
    /// AVX2 kernels everywhere, of MKL those that are the same for all makers: the same bits on any AVX2 machine with the same library
    /// versions, but for square roots (MKL refines the processor's own approximation) and matrix products on several threads, which
    /// are ours (<see cref="PortableLinear"/>, <see cref="PortableAdam"/>).
    /// </summary>
    public static IReadOnlyDictionary<string, string> Portable(int threads) =>
        new SortedDictionary<string, string>(Common(threads), StringComparer.Ordinal)
        {
            ["ATEN_CPU_CAPABILITY"] = "avx2",
            ["MKL_CBWR"] = "COMPATIBLE",
            ["ONEDNN_MAX_CPU_ISA"] = "AVX2",
        };

    /// <summary>The kernels that each library thinks best for this processor; results differ between kinds of processor.</summary>
    public static IReadOnlyDictionary<string, string> Fastest(int threads) => Common(threads);

    // Passive waiting: with busy waiting two OpenMP programs on one machine slow each other down tenfold.
    private static SortedDictionary<string, string> Common(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        string count = threads.ToString(CultureInfo.InvariantCulture);
        return new(StringComparer.Ordinal)
        {
            ["GOMP_SPINCOUNT"] = "0",
            ["MKL_DYNAMIC"] = "FALSE",
            ["MKL_NUM_THREADS"] = count,
            ["OMP_DYNAMIC"] = "false",
            [Threads] = count,
            ["OMP_WAIT_POLICY"] = "passive",
        };
    }
}
