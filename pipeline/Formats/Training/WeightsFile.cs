using TauPipeline.BuildGraph;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>Training weights by type: rows of pt bins, each with its |eta| bins.</summary>
public sealed record WeightsFile(TrainingWeights Weights) : IProduct<WeightsFile>
{
    private sealed record Content(IReadOnlyList<double> Pt, IReadOnlyList<IReadOnlyList<double>> AbsEtaByPt, SortedDictionary<string, double[][]> Weights);

    /// <inheritdoc/>
    public static WeightsFile Read(ProductInput from)
    {
        Content content = Json.Read<Content>(from);
        var binning = new WeightBinning(new BinEdges([.. content.Pt]), [.. content.AbsEtaByPt.Select(edges => new BinEdges([.. edges]))]);
        return new WeightsFile(new TrainingWeights(binning, content.Weights.Select(type => KeyValuePair.Create(TauTypes.Parse(type.Key), type.Value))));
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, WeightsFile value)
    {
        TrainingWeights weights = value.Weights;
        var tables = new SortedDictionary<string, double[][]>(weights.Types.ToDictionary(TauTypes.Name, type => weights.Table(type).ToArray()), StringComparer.Ordinal);
        Json.Write(to, new Content(weights.Binning.Pt.Edges, [.. weights.Binning.AbsEtaByPt.Select(edges => edges.Edges)], tables));
    }
}
