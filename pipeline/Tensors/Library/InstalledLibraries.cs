using System.Runtime.InteropServices;

namespace TauPipeline.Tensors;

/// <summary>
/// Names with versions of the libraries that libtorch computes with, read from file names alone: the process that plans
/// must not load half a gigabyte to say what a step depends on.
/// </summary>
internal static class InstalledLibraries
{
    public static IEnumerable<string> Versions() =>
        [Resolved("libtorch_cpu.so*") ?? "libtorch missing", Blas(), Resolved("libdnnl.so*") ?? "libdnnl missing"];

    // Debian's alternative is a libblas.so.3 beside the library that it stands for, and only that one has its version in its name.
    private static string Blas()
    {
        if (Final("libblas.so.3") is not { } blas) return Resolved("libopenblas*.so*") ?? "libblas missing";
        string folder = Path.GetDirectoryName(blas)!;
        string? openblas = Directory.EnumerateFiles(folder, "libopenblas*-r*.so").Order(StringComparer.Ordinal).FirstOrDefault();
        return $"{Path.GetFileName(folder)}/{Path.GetFileName(openblas ?? blas)}";
    }

    private static string? Resolved(string pattern) => Final(pattern) is { } path ? Path.GetFileName(path) : null;

    private static string? Final(string pattern)
    {
        foreach (string folder in Folders())
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault() is { } file)
                return new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
        return null;
    }

    // In the order of the dynamic loader, as far as it can be known from outside.
    private static IEnumerable<string> Folders()
    {
        string machine = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";
        string[] named = (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        string[] prefix = ShimPlace.Prefix is { } folder ? [Path.Combine(folder, "lib")] : [];
        return [.. prefix, .. named, $"/usr/lib/{machine}-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib"];
    }
}
