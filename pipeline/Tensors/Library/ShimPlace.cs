using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>
/// Where <c>build/Native.proj</c> puts the shim: a folder named by the hash of the sources, the flags and libtorch's
/// version. Computed here again, so that a shim built from other sources is never taken; a test holds the two together.
/// </summary>
internal static class ShimPlace
{
    public const string File = "libtau_torch.so";

    /// <summary>A prefix that the user names instead of the system's libtorch.</summary>
    public static string? Prefix => Environment.GetEnvironmentVariable("TAU_LIBTORCH") is { Length: > 0 } prefix ? prefix : null;

    /// <summary>The shim that the user names, or the one in its computed place, or <see langword="null"/> where no place can be computed.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TAU_SHIM") is { Length: > 0 } named) return named;
        return Root() is { } root && Hash(root) is { } hash ? Path.Combine(root, ".artifacts", "native", hash, File) : null;
    }

    /// <summary>Sixteen digits that stand for sources, flags and libtorch's version; <see langword="null"/> without headers or sources.</summary>
    public static string? Hash(string root)
    {
        string sources = Path.Combine(root, "pipeline", "Tensors", "Native");
        if (!Directory.Exists(sources) || !System.IO.File.Exists(VersionHeader)) return null;
        IEnumerable<string> files = Directory.EnumerateFiles(sources).Order(StringComparer.Ordinal).Append(VersionHeader);
        return ContentHash.Of(string.Join(' ', files.Select(file => ContentHash.OfFile(file).ToString()))).ToString()[..16];
    }

    /// <summary>The header that tells libtorch's version.</summary>
    public static string VersionHeader => Path.Combine(Prefix ?? "/usr", "include", "torch", "csrc", "api", "include", "torch", "version.h");

    /// <summary>The folder of the repository that this program was built in.</summary>
    public static string? Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "build", "Native.proj"))) return folder.FullName;
        return null;
    }
}
