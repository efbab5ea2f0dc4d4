using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>The block <c>train: loss:</c>.</summary>
internal static class LossSettings
{
    // Of DeepTau (training specification, sections 5 and 17).
    private static readonly Dictionary<string, (double Factor, double[] Thresholds)> DeepTau = new()
    {
        ["tau"] = (5, []),
        ["e"] = (1, [.0630386, .1686942, .3628130, .681543, .8847544, .9675541, .9859251, .9928449]),
        ["mu"] = (2.5, [.1058354, .2158633, .5551894, .8754835]),
        ["jet"] = (1.5, [.2599605, .4249705, .5983682, .7848675, .8834768, .930868, .9573137, .9733927]),
    };

    /// <summary>Reads the block, and what of it counts.</summary>
    public static (LossPlan Plan, SettingsUsed Used) Read(ConfigBlock block, ClassSettings classes)
    {
        ConfigBlock thresholds = block.Block("thresholds");
        ClassScheme scheme = classes.Scheme;
        string[] names = [.. scheme.Trained.Select(one => one.Name)];
        var loss = new LossPlan
        {
            Name = block.Choice("name", LossPlan.Names, "cross_entropy"),
            Smoothing = block.Number("smoothing", 0, "", 0, 0.999),
            Gamma = block.Number("gamma", 2, "", 0, 100),
        };
        string signal = block.Choice("signal", names, scheme.Signals is [{ } only, ..] ? only.Name : names[0]);
        if (loss.HasSignal && scheme.Signals.Count != 1 && !block.Has("signal"))
            block.Wrong("signal", "the class that the others are fakes of", "none, of several signals");
        if (loss.Smoothing > 0 && loss.Name != "cross_entropy")
            block.Wrong("smoothing", "0 with another loss than cross_entropy", $"{loss.Smoothing}");
        loss = loss with
        {
            Signal = Array.IndexOf(names, signal),
            Factors = Factors(block, loss, names),
            Thresholds = Thresholds(thresholds, loss, names, signal),
        };
        return (loss, block.Used().And(thresholds.Used()));
    }

    private static double[] Factors(ConfigBlock block, LossPlan loss, string[] names)
    {
        IReadOnlyList<(string Name, double Value)> stated = block.NumberMap("factors", 0, 1e6);
        foreach (string name in stated.Select(one => one.Name).Except(names))
            block.Wrong("factors", $"factors of {string.Join(", ", names)}", name);
        if (stated.Count > 0 && loss.Name is "cross_entropy" or "binary_cross_entropy")
            block.Wrong("factors", "none with this loss: the block 'weights' has those of classes", loss.Name);
        Dictionary<string, double> factors = stated.ToDictionary(one => one.Name, one => one.Value);
        if (stated.Count == 0 && !loss.HasSignal) return [];
        double[] all =
        [
            .. names.Select(name => factors.TryGetValue(name, out double factor) ? factor : loss.HasSignal ? Own(name).Factor : 1),
        ];
        if (!(all.Sum() > 0)) block.Wrong("factors", "one above 0", "none");
        return all;
    }

    private static IReadOnlyList<double>[] Thresholds(ConfigBlock stated, LossPlan loss, string[] names, string signal) =>
        loss.Name is "wp_loss" or "wp_loss2"
            ? [.. names.Select(name => name == signal ? [] : stated.Numbers(name, Own(name).Thresholds))]
            : [];

    // Of another class than DeepTau's, thresholds are to be stated.
    private static (double Factor, double[]? Thresholds) Own(string name) =>
        DeepTau.TryGetValue(name, out (double Factor, double[] Thresholds) own) ? own : (1, null);
}
