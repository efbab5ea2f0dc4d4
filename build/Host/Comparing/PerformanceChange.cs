using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>A number with its 68 % interval.</summary>
internal readonly record struct Measured(double Value, double Low, double High)
{
    /// <summary>1/rate, infinite where nothing passes.</summary>
    public static Measured Rejection(double rate, double low, double high) => new(1 / rate, 1 / high, 1 / low);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:G5} [{Low:G5}, {High:G5}]");
}

/// <summary>A number of an evaluation in two performance files; more is better in all of them.</summary>
internal sealed record PerformanceChange(string Curve, string Number, Measured Old, Measured New)
{
    /// <summary><c>better</c> or <c>worse</c> if the intervals do not touch, <c>same</c> if nothing changed.</summary>
    public string Verdict => Old == New ? "same" : New.Low > Old.High ? "better" : New.High < Old.Low ? "worse" : "within errors";

    /// <summary>All numbers that two performance files share, or none if they are not such files.</summary>
    public static IReadOnlyList<PerformanceChange> Between(string old, string @new)
    {
        if (!old.EndsWith(".json", StringComparison.Ordinal) || !@new.EndsWith(".json", StringComparison.Ordinal)) return [];
        try
        {
            var before = Numbers(PerformanceFile.Read(new ProductInput(old)).Performance)
                .DistinctBy(one => one.Key)
                .ToDictionary(one => one.Key, one => one.Value);
            return
            [
                .. Numbers(PerformanceFile.Read(new ProductInput(@new)).Performance)
                    .Where(one => before.ContainsKey(one.Key))
                    .Select(one => new PerformanceChange(one.Key.Curve, one.Key.Number, before[one.Key], one.Value)),
            ];
        }
        catch (StepFailed) { return []; } // some other JSON
    }

    private static IEnumerable<KeyValuePair<(string Curve, string Number), Measured>> Numbers(Performance of)
    {
        foreach (RocEntry curve in of.RocCurve)
        {
            string name = Name(curve.Discriminator, curve.Pair, curve.Bin);
            if (curve is { AucScore: { } area, AucError: { } error })
                yield return new((name, "AUC"), new Measured(area, area - error, area + error));
            foreach (RateEntry rate in curve.Rates)
                yield return new(
                    (name, string.Create(CultureInfo.InvariantCulture, $"rejection at efficiency {rate.Efficiency}")),
                    Measured.Rejection(rate.Rate, rate.Low, rate.High));
        }
        foreach (WorkingPointEntry point in of.RocWp)
        {
            string name = Name(point.Discriminator, point.Pair, point.Bin);
            if (point.TruePositiveRate is { Value: { } efficiency, Low: { } least, High: { } most })
                yield return new((name, $"efficiency of {point.Name}"), new Measured(efficiency, least, most));
            if (point.FalsePositiveRate is { Value: { } rate, Low: { } low, High: { } high })
                yield return new((name, $"rejection of {point.Name}"), Measured.Rejection(rate, low, high));
        }
    }

    private static string Name(string discriminator, string pair, BinEntry bin) => string.Create(CultureInfo.InvariantCulture,
        $"{discriminator}, {pair}, pt {bin.PtMin}-{bin.PtMax}, |eta| {bin.EtaMin}-{bin.EtaMax}{(bin.DmBin.Count > 0 ? $", dm {string.Join('/', bin.DmBin)}" : "")}"
    );
}
