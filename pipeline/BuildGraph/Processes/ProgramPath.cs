namespace TauPipeline.BuildGraph;

/// <summary>Finds programs as a shell would.</summary>
internal static class ProgramPath
{
    /// <summary>
    /// The file of a program: itself where it names a folder, else the first of that name on <c>PATH</c>; <see langword="null"/> if there
    /// is none.
    /// </summary>
    public static string? Find(string program, string? folder = null)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            string full = Path.GetFullPath(program, folder is null ? Environment.CurrentDirectory : Path.GetFullPath(folder));
            return IsExecutable(full) ? full : null;
        }
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(place => place.Length > 0).Select(place => Path.Combine(place, program)).FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (
            OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
