using TauPipeline.Onnx;
using TauPipeline.Physics;

namespace TauPipeline.Learning;

/// <summary>
/// The scaling of features inside a graph: what is NaN (missing, or does not count) becomes the pad value, all else min(max((x - mean) /
/// std, low), high) in float32, as <see cref="FeatureScale"/> does.
/// </summary>
internal static class GraphScaling
{
    /// <summary>Adds it.</summary>
    /// <returns>The name of the scaled features.</returns>
    public static string Add(OnnxGraph graph, string from, IReadOnlyList<FeatureScale> scales)
    {
        var zero = new float[scales.Count];
        string nothing = graph.Constant("scaling/zero", zero, zero.Length);
        string missing = graph.Node("IsNaN", "scaling/missing", [from]);
        string infinite = graph.Node("IsInf", "scaling/infinite", [from]);

        // Infinities that are no extreme values: of these features they are padded like missing values, or are 0 before scaling.
        string isPadded = Mask("padded", scale => scale.NonFinite == NonFinite.Pad);
        string isZeroed = Mask("zeroed", scale => scale.NonFinite == NonFinite.Zero);
        string padded = graph.Node("Or", "scaling/padded", [missing, graph.Node("And", "scaling/infinite padded", [infinite, isPadded])]);
        string zeroed = graph.Node("Or", "scaling/no value", [padded, graph.Node("And", "scaling/infinite zeroed", [infinite, isZeroed])]);

        string value = graph.Node("Where", "scaling/value", [zeroed, nothing, from]);
        string centred = graph.Node("Sub", "scaling/centred", [value, Constant("mean", scale => scale.Mean)]);
        string divided = graph.Node("Div", "scaling/divided", [centred, Constant("std", scale => scale.Std == 0 ? 1 : scale.Std)]);
        // A feature that never varies is 0.
        string raised = graph.Node("Max", "scaling/raised", [divided, Constant("low", scale => scale.Std == 0 ? 0 : scale.Low)]);
        string cut = graph.Node("Min", "scaling/cut", [raised, Constant("high", scale => scale.Std == 0 ? 0 : scale.High)]);
        return graph.Node("Where", "scaled", [padded, Constant("pad", scale => scale.Pad), cut]);

        string Constant(string name, Func<FeatureScale, double> of) =>
            graph.Constant($"scaling/{name}", [.. scales.Select(scale => (float)of(scale))], scales.Count);

        string Mask(string name, Func<FeatureScale, bool> of)
        {
            string flags = graph.Constant($"scaling/{name} flag", [.. scales.Select(scale => of(scale) ? 1f : 0f)], scales.Count);
            return graph.Node("Greater", $"scaling/is {name}", [flags, nothing]);
        }
    }
}
