using System.Globalization;
using System.Runtime.InteropServices;
using TauPipeline.Foundation;
using TorchSharp;

namespace TauPipeline.Tensors;

/// <summary>libtorch under TorchSharp, loaded once per process, in one numeric environment that never changes afterwards.</summary>
public static class TensorLibrary
{
    // A native library is state of the process, whatever we do; these two say so.
    private static readonly Lock s_gate = new();
    private static IReadOnlyDictionary<string, string>? s_environment;

    /// <summary>What a tensor step's result depends on beside our code and its environment. Loads nothing and never throws.</summary>
    public static IReadOnlyList<string> Versions => TorchNatives.Versions();

    /// <summary>Whether libtorch is there.</summary>
    public static bool IsInstalled => TorchNatives.AreThere;

    /// <summary>
    /// Loads libtorch in this numeric environment, or checks that it was loaded in it. To be called
    /// before TorchSharp is touched: that would look for its libraries elsewhere, in the environment as it is.
    /// </summary>
    /// <exception cref="StepFailed">libtorch is missing or does not load here.</exception>
    /// <exception cref="Defect">libtorch is already loaded in another environment.</exception>
    public static void Load(IReadOnlyDictionary<string, string> environment)
    {
        lock (s_gate)
        {
            if (s_environment is not null) { RequireSame(s_environment, environment); return; }
            if (AlreadyMapped() is { } early) throw TensorErrors.LoadedByOthers(early);
            CLibrary.Require(CLibrary.Here);
            IReadOnlyList<string> libraries = TorchNatives.ToLoad();
            foreach ((string name, string value) in environment) CLibrary.Set(name, value);
            foreach (string library in libraries) Open(library);
            Start(int.Parse(environment[NumericEnvironment.Threads], CultureInfo.InvariantCulture));
            s_environment = environment;
        }
    }

    /// <summary>Refuses a device that is not there.</summary>
    /// <exception cref="StepFailed">This libtorch has no CUDA, or finds no graphics processor.</exception>
    public static void Require(DeviceType device)
    {
        if (device != DeviceType.CUDA) return;
        if (!TorchNatives.HaveCuda) throw TensorErrors.NoCudaLibrary(TorchNatives.Folder);
        if (!torch.cuda.is_available()) throw TensorErrors.NoCudaDevice();
    }

    /// <summary>What a failure of libtorch's is: a lack of memory can happen to everybody, anything else is our mistake.</summary>
    public static Exception Failure(ExternalException cause) =>
        cause.Message.Contains("alloc", StringComparison.OrdinalIgnoreCase)
        || cause.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            ? TensorErrors.Resources(cause)
            : TensorErrors.Refused(cause);

    // MKL would take fewer threads than it is told where it sees fewer cores, and torch would follow it: sums would be split otherwise.
    private static void Start(int threads)
    {
        torch.set_num_threads(threads);
        if (torch.get_num_threads() != threads) throw TensorErrors.OtherThreads(torch.get_num_threads(), threads);
    }

    private static void Open(string path)
    {
        try { NativeLibrary.Load(path); }
        catch (DllNotFoundException cause) { throw TensorErrors.DoesNotLoad(path, cause); }
    }

    private static void RequireSame(IReadOnlyDictionary<string, string> loaded, IReadOnlyDictionary<string, string> wanted)
    {
        (string, string)[] differences = [.. loaded.Keys.Union(wanted.Keys).Order(StringComparer.Ordinal)
            .Where(name => loaded.GetValueOrDefault(name) != wanted.GetValueOrDefault(name))
            .Select(name => (name, $"{loaded.GetValueOrDefault(name, "unset")}, wanted {wanted.GetValueOrDefault(name, "unset")}"))];
        if (differences.Length > 0) throw TensorErrors.OtherEnvironment(differences);
    }

    // Each of these reads its variables once, when it is loaded.
    private static string? AlreadyMapped()
    {
        string maps = File.Exists("/proc/self/maps") ? File.ReadAllText("/proc/self/maps") : "";
        return Array.Find(["libtorch_cpu", "libgomp"], library => maps.Contains($"/{library}", StringComparison.Ordinal));
    }
}
