using System.Runtime.InteropServices;

namespace TauPipeline.Foundation;

/// <summary>Finds a native library: a folder named by an environment variable first, then the system's own places.</summary>
/// <param name="Title">What the user knows it by, say <c>Zstandard</c>.</param>
/// <param name="Variable">The variable that may name a file or a prefix, say <c>TAU_ZSTD</c>.</param>
/// <param name="Names">File names to try, in order.</param>
/// <param name="Install">The line that installs it.</param>
public sealed record NativeLibraryProbe(string Title, string Variable, IReadOnlyList<string> Names, string Install)
{
    /// <summary>Opens the first library found.</summary>
    /// <exception cref="StepFailed">None of the names could be loaded; says all that was tried.</exception>
    public nint Load() => TryLoad(out nint library) ? library : throw new StepFailed(new ErrorText(
        $"the {Title} library is missing",
        [("tried", string.Join(", ", Candidates())), ("or name it", $"{Variable}=/path/to/prefix")],
        $"install it with  {Install}"));

    /// <summary>Opens the first library found, or says that there is none.</summary>
    public bool TryLoad(out nint library)
    {
        foreach (string name in Candidates())
            if (NativeLibrary.TryLoad(name, out library)) return true;
        library = 0;
        return false;
    }

    private IEnumerable<string> Candidates()
    {
        string? place = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(place)) return Names;
        if (File.Exists(place)) return [place];
        return Names.SelectMany(name => new[] { Path.Combine(place, "lib", name), Path.Combine(place, name) });
    }
}
