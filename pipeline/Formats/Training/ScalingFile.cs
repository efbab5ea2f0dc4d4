using TauPipeline.BuildGraph;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Formats;

/// <summary>Scaling constants of all features, in the order of the campaign.</summary>
public sealed record ScalingFile(FeatureScaling Scaling) : IProduct<ScalingFile>
{
    private sealed record Entry(
        string Feature,
        string Cone,
        string Kind,
        double Mean,
        double Std,
        double Low,
        double High,
        double Pad,
        string NonFinite,
        long Count,
        long NotANumber,
        long Infinite);

    private sealed record Content(IReadOnlyList<Entry> Features);

    /// <inheritdoc/>
    public static ScalingFile Read(ProductInput from) => new(new FeatureScaling(Json.Read<Content>(from).Features.Select(entry =>
        FeatureScale.Stored(
            entry.Feature,
            ScalingNames.ParseCone(entry.Cone),
            ScalingNames.ParseKind(entry.Kind),
            (entry.Mean, entry.Std, entry.Low, entry.High),
            new Moments(entry.Count, entry.Mean, entry.Std * entry.Std * entry.Count, entry.NotANumber, entry.Infinite))
        with
        { Pad = entry.Pad, NonFinite = ScalingNames.ParsePolicy(entry.NonFinite) })));

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ScalingFile value) =>
        Json.Write(
            to,
            new Content([
                .. value.Scaling.Scales.Select(scale => new Entry(
                    scale.Feature,
                    ScalingNames.Of(scale.Cone),
                    ScalingNames.Of(scale.Kind),
                    scale.Mean,
                    scale.Std,
                    scale.Low,
                    scale.High,
                    scale.Pad,
                    ScalingNames.Of(scale.NonFinite),
                    scale.Sample.Count,
                    scale.Sample.NotANumber,
                    scale.Sample.Infinite)),
            ]));
}
