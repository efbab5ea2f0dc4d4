using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Makes the sheet of an exported model, and the short texts that stand in its graphs themselves.</summary>
internal sealed class ModelSheetMaker(ExportSources sources, FeatureSettings features, FeatureScaling scaling, NetworkShape shape)
{
    private const string Score = "s / (s + p), 0 where s is 0: s of the signals together, p of the class";

    /// <summary>What a graph says of itself where its sheet is lost.</summary>
    public IReadOnlyDictionary<string, string> Texts => new Dictionary<string, string>
    {
        ["classes"] = string.Join(",", sources.Classes.Trained.Select(one => one.Name)),
        ["features"] = string.Join(",", features.Inputs.Select(feature => feature.Name)),
    };

    /// <summary>The sheet.</summary>
    public ModelSheet Sheet(
        bool scalesInside,
        IEnumerable<(ExportedGraph Graph, byte[] Bytes)> graphs,
        WorkingPointTable? points,
        SortedDictionary<string, string> madeOf) => new(
        sources.Takes switch { ConstituentForm.Grids => "grids", ConstituentForm.Lists => "sets", _ => "flat" },
        ExportedGraph.Opset,
        scalesInside ? "inside" : "beside",
        [.. shape.Inputs.Select(Input)],
        ExportedGraph.Probabilities,
        [.. sources.Classes.Trained.Select(one => one.Name)],
        [.. sources.Classes.Signals.Select(one => one.Name)],
        Score,
        [.. (points?.Rows ?? []).Select(row => new ModelSheetPoint(row.Against, $"{row.Point}", row.Threshold))],
        [.. graphs.Select(one => Graph(one.Graph, one.Bytes))],
        madeOf);

    private static ModelSheetGraph Graph(ExportedGraph graph, byte[] bytes) =>
        new($"{graph.Name}.onnx", $"{ContentHash.Of(bytes)}", graph.Inputs, graph.Outputs, graph.EmptyCell);

    private ModelSheetInput Input(InputShape input)
    {
        if (!input.IsGrid) return new(input.Name, 0, 0, [.. features.Inputs.Select(one => Feature(one, ConstituentCone.Global))]);
        (GridLocation location, GridComponent component) = (
            from place in features.Grids!.Locations
            from part in features.Grids.Components
            where $"{place.Name}_{part.Name}" == input.Name
            select (place, part)).Single();
        return new(input.Name, input.EtaCells, input.PhiCells, [.. component.Features.Select(one => Feature(one, location.Cone))]);
    }

    private ModelSheetFeature Feature(Feature feature, ConstituentCone cone)
    {
        FeatureScale scale = scaling.Of(feature.Name, cone);
        return new(
            feature.Name,
            feature.Value?.Text ?? feature.Name,
            feature.When?.Text,
            scale.Mean,
            scale.Std,
            double.IsFinite(scale.Low) ? scale.Low : null,
            double.IsFinite(scale.High) ? scale.High : null,
            scale.Pad,
            ScalingNames.Of(scale.NonFinite));
    }
}
