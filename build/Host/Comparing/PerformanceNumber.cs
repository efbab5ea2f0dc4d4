using System.Globalization;
using TauPipeline.Formats;

namespace TauPipeline.Host;

/// <summary>A number of an evaluation that campaigns are compared by. Curves of few rows have none.</summary>
/// <param name="Curve">Discriminator, pair and region.</param>
/// <param name="Name">What of it.</param>
/// <param name="Value">The number.</param>
internal sealed record PerformanceNumber(string Curve, string Name, Measured Value)
{
    /// <summary>Whether less of it is better, as of misidentification rates.</summary>
    public bool LessIsBetter { get; init; }

    /// <summary>Of which rows it is, if replicas of it were stored.</summary>
    public string Sample { get; init; } = "";

    /// <summary>The number in each replica of the events; that of the same number has the same events in another file.</summary>
    public IReadOnlyList<double?> Replicas { get; init; } = [];

    /// <summary>All numbers of a performance file.</summary>
    public static IEnumerable<PerformanceNumber> Of(Performance of)
    {
        HashSet<string> few = [.. of.RocCurve.Where(curve => curve.HasFewRows()).Select(Region)];
        foreach (RocEntry curve in of.RocCurve.Where(curve => !few.Contains(Region(curve))))
        {
            if (curve is { AucScore: { } area, AucError: { } error })
                yield return new(Region(curve), "AUC", new(area, area - error, area + error))
                {
                    Sample = curve.Replicas?.Sample ?? "",
                    Replicas = curve.Replicas?.Area ?? [],
                };
            for (int i = 0; i < curve.Rates.Count; i++)
                yield return new(
                    Region(curve),
                    string.Create(CultureInfo.InvariantCulture, $"misidentification rate at efficiency {curve.Rates[i].Efficiency}"),
                    new(curve.Rates[i].Rate, curve.Rates[i].Low, curve.Rates[i].High))
                {
                    LessIsBetter = true,
                    Sample = curve.Replicas?.Sample ?? "",
                    Replicas = curve.Replicas?.Rates.ElementAtOrDefault(i) ?? [],
                };
        }
        foreach (WorkingPointEntry point in of.RocWp)
        {
            string name = Region(point.Discriminator, point.Pair, point.Bin);
            if (few.Contains(name)) continue;
            if (point.TruePositiveRate is { Value: { } efficiency, Low: { } least, High: { } most })
                yield return new(name, $"efficiency of {point.Name}", new(efficiency, least, most));
            if (point.FalsePositiveRate is { Value: { } rate, Low: { } low, High: { } high })
                yield return new(name, $"misidentification rate of {point.Name}", new(rate, low, high)) { LessIsBetter = true };
        }
    }

    private static string Region(RocEntry curve) => Region(curve.Discriminator, curve.Pair, curve.Bin);

    private static string Region(string discriminator, string pair, BinEntry bin) => string.Create(CultureInfo.InvariantCulture,
        $"{discriminator}, {pair}, pt {bin.PtMin}-{bin.PtMax}, |eta| {bin.EtaMin}-{bin.EtaMax}{(bin.DmBin.Count > 0 ? $", dm {string.Join('/', bin.DmBin)}" : "")}"
    );
}
