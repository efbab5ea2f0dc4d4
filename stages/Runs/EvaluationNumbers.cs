using System.Globalization;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>The numbers of an evaluation by which trainings are compared; parts of a name with <c>/</c> between them.</summary>
internal static class EvaluationNumbers
{
    public static IEnumerable<(string Name, double Value)> Of(Performance performance)
    {
        foreach (RocEntry curve in performance.RocCurve)
        {
            string place = Place(curve.Discriminator, curve.Pair, curve.Bin);
            if (curve.AucScore is { } area) yield return ($"auc/{place}", area);
            foreach (RateEntry rate in curve.Rates)
                yield return (string.Create(CultureInfo.InvariantCulture, $"misidentification at {rate.Efficiency}/{place}"), rate.Rate);
        }
        foreach (WorkingPointEntry point in performance.RocWp)
        {
            string place = Place(point.Discriminator, point.Pair, point.Bin);
            if (point.TruePositiveRate.Value is { } efficiency) yield return ($"efficiency of {point.Name}/{place}", efficiency);
            if (point.FalsePositiveRate.Value is { } rate) yield return ($"misidentification of {point.Name}/{place}", rate);
        }
    }

    private static string Place(string discriminator, string pair, BinEntry bin) => string.Create(
        CultureInfo.InvariantCulture,
        $"{discriminator}/{pair}/pt {bin.PtMin}-{bin.PtMax} eta {bin.EtaMin}-{bin.EtaMax}{(bin.DmBin.Count == 0 ? "" : $" dm {string.Join('-', bin.DmBin)}")}");
}
