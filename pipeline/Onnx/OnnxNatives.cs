using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TauPipeline.Foundation;

namespace TauPipeline.Onnx;

/// <summary>Where the library of ONNX Runtime lies: in the folder that the build lays out from its package.</summary>
internal static class OnnxNatives
{
    private const string Library = "libonnxruntime.so";

    // Loading is state of the process, whatever we do.
    private static readonly Lock s_gate = new();
    private static bool s_isKnown;

    /// <summary>Name of the folder: <c>onnxruntime-VERSION</c>.</summary>
    public static string Package { get; } =
        typeof(OnnxNatives).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == nameof(OnnxNatives)).Value!;

    /// <summary>Tells the loader where it is; to be called before the package is touched, which looks for it elsewhere.</summary>
    /// <exception cref="StepFailed">It was not laid out.</exception>
    public static void Find()
    {
        lock (s_gate)
        {
            if (s_isKnown) return;
            string folder = LaidPackage.Find(Package, Library) ?? throw OnnxErrors.NoLibrary(Package);
            AssemblyLoadContext.Default.ResolvingUnmanagedDll +=
                (_, name) => name.Contains("onnxruntime", StringComparison.Ordinal) ? NativeLibrary.Load(Path.Combine(folder, Library)) : 0;
            s_isKnown = true;
        }
    }
}
