namespace TauPipeline.RootIO;

/// <summary>Descriptions of classes by name and version: the file's own, else those that are known here.</summary>
internal sealed class ClassDescriptions(StreamerInfos infos)
{
    private readonly Lazy<List<StreamerInfo>> _known = new(() => [.. KnownClasses.All(), .. HistogramClasses.All()]);

    /// <summary>
    /// The members of that version of a class; null if it is not described. A class without a version is told by its checksum.
    /// </summary>
    public StreamerInfo? Find(string className, int version, uint? checksum = null)
    {
        bool Fits(StreamerInfo info) =>
            info.ClassName == className && (checksum is { } sum ? info.Checksum == sum : info.ClassVersion == version);
        return infos.All.LastOrDefault(Fits) ?? _known.Value.Find(Fits);
    }

    public IEnumerable<int> Versions(string className) =>
        infos.All.Where(info => info.ClassName == className).Select(info => info.ClassVersion).Distinct();
}
