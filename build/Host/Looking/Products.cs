using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>What the file system says of the products of some steps.</summary>
internal static class Products
{
    /// <summary>When the newest of them was written, or <see langword="null"/> if none is there: the log itself has no clock.</summary>
    public static DateTime? Written(string folder, IEnumerable<Step> steps)
    {
        DateTime? newest = null;
        foreach (string place in steps.SelectMany(step => step.Writes).Select(product => Path.Combine(folder, product.Path)))
            if (Path.Exists(place) && File.GetLastWriteTimeUtc(place) is var written && !(newest >= written)) newest = written;
        return newest;
    }
}
