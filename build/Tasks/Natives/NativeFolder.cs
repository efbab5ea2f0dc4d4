using System.Runtime.InteropServices;

namespace TauPipeline.Tasks;

/// <summary>Libraries of packages side by side in one folder, fit for this system's C++ library.</summary>
internal static partial class NativeFolder
{
    /// <summary>The C++ library, whose versions may be older than those that a library was linked with.</summary>
    public const string Cpp = "libstdc++.so.6";

    /// <summary>
    /// Lays the libraries into a folder that is there whole or not at all: linked where the file system can, else copied. A symbol
    /// version of the C++ library that this system's has not is marked as weak, in a copy; nothing else is ever changed.
    /// </summary>
    /// <param name="libraries">The files.</param>
    /// <param name="folder">The folder; laid before, it is only made fit.</param>
    /// <param name="offered">The versions of this system's C++ library.</param>
    /// <returns>What was marked.</returns>
    public static IReadOnlyList<string> Lay(IReadOnlyList<string> libraries, string folder, IReadOnlyCollection<string> offered)
    {
        if (IsWhole(libraries, folder)) return MakeFit(folder, offered);
        string attempt = $"{folder}.{Guid.NewGuid():n}";
        Directory.CreateDirectory(attempt);
        foreach (string library in libraries) LinkOrCopy(library, Path.Combine(attempt, Path.GetFileName(library)));
        IReadOnlyList<string> marked = MakeFit(attempt, offered);
        if (Directory.Exists(folder) && !IsWhole(libraries, folder)) Directory.Delete(folder, recursive: true);
        try { Directory.Move(attempt, folder); }
        catch (IOException) when (IsWhole(libraries, folder)) { Directory.Delete(attempt, recursive: true); } // another build was faster
        return marked;
    }

    /// <summary>The C++ library that programs find here, by asking the loader.</summary>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    public static string CppLibrary()
    {
        NativeLibrary.Load(Cpp);
        return File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .First(path => Path.GetFileName(path).StartsWith("libstdc++.so.6", StringComparison.Ordinal));
    }

    private static bool IsWhole(IReadOnlyList<string> libraries, string folder) =>
        libraries.All(library => File.Exists(Path.Combine(folder, Path.GetFileName(library))));

    private static List<string> MakeFit(string folder, IReadOnlyCollection<string> offered)
    {
        var marked = new List<string>();
        foreach (string library in Directory.EnumerateFiles(folder))
        {
            NeededVersion[] lacking =
            [
                .. ElfVersions.Of(library)
                    .Needed.Where(version => version.Library == Cpp && !version.IsWeak && !offered.Contains(version.Name)),
            ];
            if (lacking.Length == 0) continue;
            // The file may be a link to the package's own, which stays as it is.
            string copy = $"{library}.{Guid.NewGuid():n}";
            File.Copy(library, copy);
            foreach (NeededVersion version in lacking) ElfVersions.Weaken(copy, version);
            File.Move(copy, library, overwrite: true);
            marked.AddRange(lacking.Select(version => $"{Path.GetFileName(library)}: {version.Name}"));
        }
        return marked;
    }

    private static void LinkOrCopy(string from, string to)
    {
        if (link(from, to) != 0) File.Copy(from, to);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string from, string to);
}
