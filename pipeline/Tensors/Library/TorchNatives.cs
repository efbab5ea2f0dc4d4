using System.Reflection;
using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>
/// Where libtorch and TorchSharp's binding to it lie: in the folder that the build lays out from their packages, or where
/// <c>TAU_LIBTORCH</c> points (a folder with <c>libtorch_cpu.so</c>, or with <c>lib/</c>; without a binding of its own the package's is
/// taken).
/// </summary>
internal static class TorchNatives
{
    private const string Torch = "libtorch_cpu.so", Cuda = "libtorch_cuda.so", Binding = "libLibTorchSharp.so";

    // In the order in which one needs the other.
    private static readonly string[] Libraries = ["libc10.so", Torch, "libc10_cuda.so", Cuda, "libtorch.so"];

    /// <summary>Name of the folder: <c>torchsharp-A-libtorch-B</c>.</summary>
    public static string Packages { get; } =
        typeof(TorchNatives)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == nameof(TorchNatives))
            .Value!;

    /// <summary>What the user names, if anything.</summary>
    public static string? Named => Environment.GetEnvironmentVariable("TAU_LIBTORCH") is { Length: > 0 } named ? named : null;

    /// <summary>The folder of libtorch.</summary>
    /// <exception cref="StepFailed">There is none.</exception>
    public static string Folder => Named is { } named
        ? Array.Find([named, Path.Combine(named, "lib")], folder => File.Exists(Path.Combine(folder, Torch)))
            ?? throw TensorErrors.NoLibtorch(Path.Combine(named, Torch))
        : Laid ?? throw TensorErrors.NoLibtorch(Packages);

    /// <summary>Whether the build has laid out the packages' libraries, or the user names others.</summary>
    public static bool AreThere => Named is not null || Laid is not null;

    /// <summary>Whether this libtorch computes on graphics processors.</summary>
    public static bool HaveCuda => File.Exists(Path.Combine(Folder, Cuda));

    /// <summary>What is loaded, in order, by full paths.</summary>
    public static IReadOnlyList<string> ToLoad()
    {
        string folder = Folder, binding = Path.Combine(folder, Binding);
        if (!File.Exists(binding)) binding = Path.Combine(Laid ?? throw TensorErrors.NoLibtorch(binding), Binding);
        return [.. Libraries.Select(library => Path.Combine(folder, library)).Where(File.Exists), binding];
    }

    /// <summary>What results depend on. Loads nothing; a libtorch of the user's is told by its stated version, else by its size.</summary>
    public static IReadOnlyList<string> Versions()
    {
        string[] words = Packages.Split('-');
        return [$"TorchSharp {words[1]}", Named is { } named ? $"libtorch of TAU_LIBTORCH: {OwnVersion(named)}" : $"libtorch {words[3]}"];
    }

    private static string? Laid => LaidPackage.Find(Packages, Binding);

    // The archives of pytorch.org state a version beside lib/.
    private static string OwnVersion(string named)
    {
        FileInfo[] files =
        [
            new(Path.Combine(named, "build-version")),
            new(Path.Combine(named, "..", "build-version")),
            new(Path.Combine(named, Torch)),
            new(Path.Combine(named, "lib", Torch)),
        ];
        return Array.Find(files, file => file.Exists) switch
        {
            null => "missing",
            { Name: Torch } library => $"{Torch} of {library.Length} bytes",
            FileInfo version => File.ReadAllText(version.FullName).Trim(),
        };
    }
}
