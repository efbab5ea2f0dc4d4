using System.Globalization;
using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The headline: for each pair's inclusive bin the rate at 70 % efficiency (or the next larger listed) of the first discriminator.</summary>
internal static class ReportCards
{
    private const double Headline = 0.7;

    public static IEnumerable<ReportCard> Of(Performance performance) =>
        from pair in performance.RocCurve.GroupBy(curve => curve.Pair)
        let curve = pair.First()
        let rate = curve.Rates.OrderBy(rate => Math.Abs(rate.Efficiency - Headline)).FirstOrDefault()
        where rate is not null
        select new ReportCard(string.Create(CultureInfo.InvariantCulture, $"{Words(curve.VsType)} at {rate.Efficiency * 100:0} % efficiency"),
            string.Create(CultureInfo.InvariantCulture, $"{rate.Rate * 100:0.###} %"),
            string.Create(CultureInfo.InvariantCulture, $"{rate.Low * 100:0.###} to {rate.High * 100:0.###} %, {curve.Title}"));

    private static string Words(string type) => type switch { "e" => "Electrons", "mu" => "Muons", _ => "Jets" };
}
