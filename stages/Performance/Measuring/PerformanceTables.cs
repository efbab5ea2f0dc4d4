using System.Globalization;
using System.Text;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>performance.json as tables that a spreadsheet opens.</summary>
internal static class PerformanceTables
{
    public static string Summary(Performance performance)
    {
        var text = new StringBuilder(
            "pair,discriminator,vs_type,pt_min,pt_max,abs_eta_min,abs_eta_max,decay_modes,weight,composition,signal,background,no_score,auc,auc_error"
        );
        foreach (RateEntry rate in performance.RocCurve.FirstOrDefault(curve => curve.Rates.Count > 0)?.Rates ?? [])
            text.Append(CultureInfo.InvariantCulture, $",rate_at_{rate.Efficiency}");
        text.Append('\n');
        foreach (RocEntry curve in performance.RocCurve)
        {
            text.Append(Head(curve))
                .Append(
                    CultureInfo.InvariantCulture,
                    $",{Quoted(curve.Weight)},{curve.Composition},{curve.Signal},{curve.Background},{curve.NoScore},{curve.AucScore},{curve.AucError}"
                );
            foreach (RateEntry rate in curve.Rates) text.Append(CultureInfo.InvariantCulture, $",{rate.Rate}");
            text.Append('\n');
        }
        return text.ToString();
    }

    public static string Curves(Performance performance)
    {
        var text = new StringBuilder(
            "pair,discriminator,vs_type,pt_min,pt_max,abs_eta_min,abs_eta_max,decay_modes,threshold,efficiency,misidentification_rate,rate_low,rate_high\n"
        );
        foreach (RocEntry curve in performance.RocCurve)
            for (int i = 0; i < curve.TruePositiveRate.Count; i++)
                text.Append(Head(curve)).Append(CultureInfo.InvariantCulture,
                    $",{curve.Thresholds[i]},{curve.TruePositiveRate[i]},{curve.FalsePositiveRate[i]},{curve.FalsePositiveRateLow[i]},{curve.FalsePositiveRateHigh[i]}\n"
                );
        return text.ToString();
    }

    // A weight is an expression, which may hold commas.
    private static string Quoted(string text) => text.Contains(',', StringComparison.Ordinal) ? $"\"{text}\"" : text;

    private static string Head(RocEntry curve) => string.Create(CultureInfo.InvariantCulture,
        $"{curve.Pair},{curve.Discriminator},{curve.VsType},{curve.Bin.PtMin},{curve.Bin.PtMax},{curve.Bin.EtaMin},{curve.Bin.EtaMax},{string.Join(' ', curve.Bin.DmBin)}"
    );
}
