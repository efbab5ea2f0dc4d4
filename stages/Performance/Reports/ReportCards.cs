using System.Globalization;
using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>
/// The headline: for each pair's inclusive bin the rate at 70 % efficiency (or the nearest listed) of the first discriminator, and of
/// what mixture. A curve of few rows has none.
/// </summary>
internal static class ReportCards
{
    public static IEnumerable<ReportCard> Of(Performance performance) =>
        from pair in performance.RocCurve.GroupBy(curve => curve.Pair)
        let curve = pair.First()
        where !curve.HasFewRows()
        let at = ShareText.Headline(curve)
        where at >= 0
        let rate = curve.Rates[at]
        select new ReportCard(
            string.Create(CultureInfo.InvariantCulture, $"{Heading(curve.BackgroundTitle)} at {rate.Efficiency * 100:0} % efficiency"),
            string.Create(CultureInfo.InvariantCulture, $"{rate.Rate * 100:0.###} %"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rate.Low * 100:0.###} to {rate.High * 100:0.###} %, {curve.Title}{Mixture(curve, at)}"));

    private static string Mixture(RocEntry curve, int rate) => curve.Processes.Count < 2
        ? ""
        : $"; pooled {ShareText.Words(curve.Composition)}: {ShareText.PerProcess(curve, rate)}";

    private static string Heading(string title) => title.Length == 0 ? title : char.ToUpperInvariant(title[0]) + title[1..];
}
