using System.Globalization;

namespace TauPipeline.Host;

/// <summary>A number with its 68 % interval.</summary>
internal readonly record struct Measured(double Value, double Low, double High)
{
    /// <summary>Its standard deviation towards another value.</summary>
    public double ErrorTowards(double other) => other > Value ? High - Value : Value - Low;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:G5} [{Low:G5}, {High:G5}]");
}
