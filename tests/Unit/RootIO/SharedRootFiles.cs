using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>The public test files beside the repository, and where they are.</summary>
internal static class SharedRootFiles
{
    public static string? Folder { get; } = Find();

    public static string Path(string source, string file) => System.IO.Path.Combine(Folder!, source, file);

    public static string Path(string file) => Directory.GetFiles(Folder!, file, SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = System.IO.Path.Combine(at.FullName, "shared", "data", "root");
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}

/// <summary>A fact about the public test files: skipped, and counted as such, where they are absent.</summary>
internal sealed class SharedRootFilesFactAttribute : FactAttribute
{
    public SharedRootFilesFactAttribute()
    {
        if (SharedRootFiles.Folder is null) Skip = "needs ../shared/data/root";
    }
}
