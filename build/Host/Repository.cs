using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Places of this checkout.</summary>
internal static class Repository
{
    /// <summary>The folder of <c>TauPipeline.sln</c>: above the host's own folder, wherever one calls it from.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>A place below the root.</summary>
    public static string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TauPipeline.sln"))) return folder.FullName;
        throw new Defect(new ErrorText("the host stands outside its checkout", [("host", from), ("expected above it", "TauPipeline.sln")]));
    }
}
