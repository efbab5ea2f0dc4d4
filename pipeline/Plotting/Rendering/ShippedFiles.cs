using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>The scripts, style sheet and package lists of this room, as they stand beside the program.</summary>
internal static class ShippedFiles
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "plotting");

    /// <summary>Full path of a shipped file.</summary>
    /// <exception cref="Defect">It was not shipped.</exception>
    public static string At(string name)
    {
        string path = Path.Combine(Folder, name);
        return File.Exists(path) ? path : throw PlottingErrors.NoFile(path, name);
    }

    /// <summary>Names the folder of the packages: another lock file means other packages.</summary>
    public static string LockHash => ContentHash.Of(LockBytes()).Short;

    /// <summary>The list of the packages, out of the program itself.</summary>
    public static byte[] LockBytes()
    {
        using Stream from = typeof(ShippedFiles).Assembly.GetManifestResourceStream("package-lock.json")!;
        var bytes = new byte[from.Length];
        from.ReadExactly(bytes);
        return bytes;
    }
}
