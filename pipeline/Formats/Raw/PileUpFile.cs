using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>A ROOT file with distributions of pile-up: TH1 of any value type, as CMS' pileupCalc and mixing modules write them.</summary>
public sealed class PileUpFile : IProductReader<PileUpFile>
{
    private readonly RootFile _file;
    private readonly string _path;

    private PileUpFile(RootFile file, string path) => (_file, _path) = (file, path);

    /// <inheritdoc/>
    /// <exception cref="StepFailed">It is no ROOT file, or damaged.</exception>
    public static PileUpFile Open(ProductInput from) => new(RootFile.Open(from.Path), from.Path);

    /// <summary>The histogram of that name; what is below and above its axis does not count.</summary>
    /// <exception cref="StepFailed">There is none (names the nearest), or it has more than one axis.</exception>
    public PileUpProfile Profile(string name)
    {
        RootHistogram histogram = _file.Histogram(name);
        if (histogram.Axes.Count != 1) throw FormatErrors.NotAProfile(_path, name, histogram.Axes.Count);
        var bins = new BinEdges(histogram.Axes[0].Edges());
        return new PileUpProfile($"'{name}' in '{_path}'", bins, histogram.Values.Slice(1, bins.Count).ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
