using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>
/// A file of certified luminosity sections: a JSON mask as CMS publishes it, or a Good Runs List in XML as ATLAS does; which of both, its
/// first character says.
/// </summary>
public sealed class LuminosityMaskFile : IProductReader<LuminosityMaskFile>
{
    private LuminosityMaskFile(IReadOnlyList<LumiRange> ranges) => Ranges = ranges;

    /// <summary>The ranges as the file states them.</summary>
    public IReadOnlyList<LumiRange> Ranges { get; }

    /// <inheritdoc/>
    /// <exception cref="StepFailed">It is neither, certifies nothing, or has a range that ends before it begins.</exception>
    public static LuminosityMaskFile Open(ProductInput from)
    {
        string text = File.ReadAllText(from.Path);
        LumiRange[] ranges =
        [
            .. text.TrimStart().StartsWith('<') ? GoodRunsList.Read(text, from.Path) : LumiJson.Read(text, from.Path),
        ];
        if (ranges.Length == 0) throw FormatErrors.NotA(from.Path, LumiJson.Kind, "no certified luminosity section");
        foreach (LumiRange range in ranges)
            if (range.Last < range.First)
                throw FormatErrors.NotA(from.Path, LumiJson.Kind, $"run {range.Run}: a range from {range.First} to {range.Last}");
        return new LuminosityMaskFile(ranges);
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
