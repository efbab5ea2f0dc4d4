using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Small networks on two lists, with two heads, and rows for them.</summary>
internal static class SetSamples
{
    private static readonly InputShape s_tracks = new("tracks", 4) { Most = 5 }, s_neutrals = new("neutrals", 3) { Most = 3 };

    /// <summary>A deep set on each list, one of them a mean.</summary>
    public static SetNetworkShape DeepSets(double dropout = 0, string activation = "elu") => Of(
        new DeepSetPart(s_tracks, Stack(dropout, activation, 8, 6), false, Stack(dropout, activation, 5)),
        new DeepSetPart(s_neutrals, Stack(dropout, activation, 7), true, Stack(dropout, activation)));

    /// <summary>A set transformer on each list, of two blocks and of none.</summary>
    public static SetNetworkShape Transformers() =>
        Of(new SetTransformerPart(s_tracks, 20, 2, 3, 2, 2), new SetTransformerPart(s_neutrals, 6, 1, 1, 0, 1));

    /// <summary>Rows with up to as many objects as there may be; every seventh row has none.</summary>
    public static TrainingBatch Rows(SetNetworkShape shape, int rows, ulong seed)
    {
        var random = new CounterRandom(seed, 1);
        var inputs = new List<InputRows> { new(shape.Inputs[0], Normal(rows * shape.TauFeatures, ref random)) };
        foreach (SetPart set in shape.Sets)
        {
            var offsets = new int[rows + 1];
            for (int row = 0; row < rows; row++)
                offsets[row + 1] = offsets[row] + (row % 7 == 6 ? 0 : 1 + (int)(random.NextDouble() * set.Input.Most));
            inputs.Add(new(set.Input, Normal(offsets[^1] * set.Input.Features, ref random)) { Offsets = offsets });
        }
        return new(rows, inputs, [.. Enumerable.Range(0, rows).Select(row => row % shape.Classes)], [.. Enumerable.Repeat(1f, rows)])
        {
            Targets = shape.Heads is { } heads
                ? [.. heads.Select(head => (int[])[.. Enumerable.Range(0, rows).Select(row => row % (head.Values + 1) - 1)])]
                : null,
        };
    }

    /// <summary>Some rows of a batch, in the order given.</summary>
    public static TrainingBatch Only(TrainingBatch batch, IReadOnlyList<int> rows) => new(
        rows.Count, GridSamples.Only(batch, rows), [.. rows.Select(row => batch.Labels[row])], [.. rows.Select(row => batch.Weights[row])])
    {
        Targets = batch.Targets is { } all ? [.. all.Select(head => (int[])[.. rows.Select(row => head[row])])] : null,
    };

    private static SetNetworkShape Of(params IReadOnlyList<SetPart> sets) =>
        new(3, Stack(0, "elu", 6, 5), sets, Stack(0, "prelu", 8), 2) { Heads = [new("mode", 3), new("prongs", 2)] };

    private static LayerStack Stack(double dropout, string activation, params IReadOnlyList<int> widths) =>
        new(widths, activation, dropout) { WithoutNorm = true };

    private static float[] Normal(int count, ref CounterRandom random)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float)random.NextNormal();
        return values;
    }
}
