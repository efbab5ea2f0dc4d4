using System.Globalization;
using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>libtorch, loaded once per process through the shim, in one numeric environment that never changes afterwards.</summary>
public static partial class TensorLibrary
{
    // A native library is state of the process, whatever we do; these two say so.
    private static readonly Lock s_gate = new();
    private static IReadOnlyDictionary<string, string>? s_environment;

    /// <summary>
    /// What a tensor step's result depends on beside our code and its environment: file names of libtorch, BLAS and oneDNN
    /// with their versions, and the shim's hash. Loads nothing and never throws; says <c>missing</c> for what is not there.
    /// </summary>
    public static IReadOnlyList<string> Versions => [.. InstalledLibraries.Versions(), $"shim {ShimVersion()}"];

    /// <summary>The <see cref="Versions"/> in one line.</summary>
    public static string Version => string.Join(", ", Versions);

    /// <summary>Whether libtorch is there (its shim may still have to be built).</summary>
    public static bool IsInstalled => ShimPlace.Find() is not null;

    /// <summary>Loads libtorch in this numeric environment, or checks that it was loaded in it; turns deterministic algorithms on.</summary>
    /// <exception cref="StepFailed">libtorch or the shim is missing.</exception>
    /// <exception cref="Defect">libtorch is already loaded in another environment.</exception>
    public static void Load(IReadOnlyDictionary<string, string> environment)
    {
        lock (s_gate)
        {
            if (s_environment is not null) { RequireSame(s_environment, environment); return; }
            if (AlreadyMapped() is { } early) throw TensorErrors.LoadedByOthers(early);
            string path = ShimPlace.Find() ?? throw TensorErrors.NoLibtorch(ShimPlace.VersionHeader);
            if (!File.Exists(path)) throw TensorErrors.NoShim(path);
            // .NET's own setter changes a copy that native code never sees.
            foreach ((string name, string value) in environment) _ = setenv(name, value, 1);
            nint shim = Open(path);
            NativeLibrary.SetDllImportResolver(typeof(TensorLibrary).Assembly, (name, _, _) => name == Shim.Name ? shim : 0);
            Shim.Check(Shim.tau_start(int.Parse(environment[NumericEnvironment.Threads], CultureInfo.InvariantCulture)));
            s_environment = environment;
        }
    }

    /// <summary>libtorch's description of itself, with the instruction set in use.</summary>
    public static string Configuration => Marshal.PtrToStringUTF8(Shim.tau_show_config()) ?? "";

    internal static void RequireLoaded()
    {
        if (Volatile.Read(ref s_environment) is null) throw TensorErrors.NotLoaded();
    }

    // A prefix of the user's is opened first: the shim asks for its libraries by name and takes those already there.
    private static nint Open(string path)
    {
        try
        {
            if (ShimPlace.Prefix is { } prefix)
                foreach (string name in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"]) NativeLibrary.Load(Path.Combine(prefix, "lib", name));
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException cause)
        {
            throw TensorErrors.DoesNotLoad(path, cause);
        }
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
        return Array.Find(["libtorch_cpu", "libopenblas", "libdnnl", "libgomp"], library => maps.Contains($"/{library}", StringComparison.Ordinal));
    }

    private static string ShimVersion()
    {
        if (Environment.GetEnvironmentVariable("TAU_SHIM") is { Length: > 0 } named) return File.Exists(named) ? ContentHash.OfFile(named).Short : "missing";
        return ShimPlace.Root() is { } root ? ShimPlace.Hash(root) ?? "missing" : "missing";
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
