namespace TauPipeline.Foundation;

/// <summary>Native libraries of packages, which the build lays out once for all programs: <c>.artifacts/native/PACKAGE/</c>.</summary>
public static class LaidPackage
{
    /// <summary>The folder of a package, looked for from this program's own folder upwards; <see langword="null"/> if there is none.</summary>
    /// <param name="package">Its name, with the version.</param>
    /// <param name="library">A file that has to be in it.</param>
    public static string? Find(string package, string library)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, ".artifacts", "native", package) is var folder && File.Exists(Path.Combine(folder, library)))
                return folder;
        return null;
    }
}
