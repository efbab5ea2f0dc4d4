using System.Globalization;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>What a share is a share of, how it was weighted and pooled, in words for captions and tables.</summary>
internal static class ShareText
{
    private const double HeadlineEfficiency = 0.7;

    /// <summary>The place of the rate at 70 % efficiency, or the nearest listed, in a curve's list; -1 without one.</summary>
    public static int Headline(RocEntry curve) =>
        Enumerable.Range(0, curve.Rates.Count)
            .OrderBy(i => Math.Abs(curve.Rates[i].Efficiency - HeadlineEfficiency))
            .DefaultIfEmpty(-1)
            .First();

    /// <summary>"Sample … Selection … Required …": one sentence each.</summary>
    public static string Of(ShareDefinition definition) =>
        $"Sample: {definition.Sample}. Selection: {definition.Selection}. Required in the numerator: {Listed(definition.RequiredInNumerator)}; in the denominator: {Listed(definition.RequiredInDenominator)}.";

    /// <summary>What is required, in a table's cell.</summary>
    public static string Requirements(ShareDefinition definition) =>
        $"numerator: {Listed(definition.RequiredInNumerator)}; denominator: {Listed(definition.RequiredInDenominator)}";

    /// <summary>How rows count.</summary>
    public static string Weighting(string weight) => weight == "none" ? "Every candidate counts 1." : $"Weight: {weight}.";

    /// <summary>How a pooled background is composed, and the rate of each process at one efficiency; empty for a single dataset.</summary>
    public static string Composition(RocEntry curve, int rate)
    {
        if (curve.Processes.Count < 2) return "";
        string head = $"Pooled background, composition: {Words(curve.Composition)}.";
        if (rate < 0) return head;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{head} At {curve.Rates[rate].Efficiency * 100:0.#} % efficiency: {Percent(curve.Rates[rate].Rate)} of all, {PerProcess(curve, rate)}."
        );
    }

    /// <summary>The rate of each process: "0.23 % of QCD, 1.44 % of TT".</summary>
    public static string PerProcess(RocEntry curve, int rate) =>
        string.Join(", ", curve.Processes.Select(process => $"{Percent(process.Rates[rate].Value)} of {process.Dataset}"));

    /// <summary>A composition in words.</summary>
    public static string Words(string composition) => composition switch
    {
        "cross_section" => "by cross section",
        "equal" => "equal shares",
        _ => "by events",
    };

    private static string Listed(IReadOnlyList<string> points) => points.Count == 0 ? "nothing" : string.Join(", ", points);

    private static string Percent(double? rate) =>
        rate is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.###} %") : "no rate";
}
