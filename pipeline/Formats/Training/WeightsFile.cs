using TauPipeline.BuildGraph;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>Training weights by class: rows of pt bins, each with its |eta| bins.</summary>
public sealed record WeightsFile(TrainingWeights Weights) : IProduct<WeightsFile>
{
    private sealed record Content(
        IReadOnlyList<double> Pt,
        IReadOnlyList<IReadOnlyList<double>> AbsEtaByPt,
        IReadOnlyList<ClassWeights> Weights);

    private sealed record ClassWeights(int Index, string Class, double[][] Weights);

    /// <inheritdoc/>
    public static WeightsFile Read(ProductInput from)
    {
        Content content = Json.Read<Content>(from);
        var binning = new WeightBinning(new BinEdges([.. content.Pt]), [.. content.AbsEtaByPt.Select(edges => new BinEdges([.. edges]))]);
        return new WeightsFile(
            new TrainingWeights(
                binning,
                content.Weights.Select(one => KeyValuePair.Create(new TauClass(one.Index, one.Class), one.Weights))));
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, WeightsFile value)
    {
        TrainingWeights weights = value.Weights;
        ClassWeights[] tables = [.. weights.Types.Select(one => new ClassWeights(one.Index, one.Name, [.. weights.Table(one)]))];
        Json.Write(to, new Content(weights.Binning.Pt.Edges, [.. weights.Binning.AbsEtaByPt.Select(edges => edges.Edges)], tables));
    }
}
