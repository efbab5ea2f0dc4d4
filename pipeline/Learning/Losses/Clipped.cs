namespace TauPipeline.Learning;

/// <summary>A number kept away from 0 and 1 as Keras does, so that its logarithms are finite; flat where it is cut.</summary>
internal readonly struct Clipped
{
    /// <summary>How far.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The number, cut.</summary>
    public Clipped(double value)
    {
        Value = Math.Clamp(value, Epsilon, 1 - Epsilon);
        Slope = value is > Epsilon and < 1 - Epsilon ? 1 : 0;
        if (double.IsNaN(value)) Value = double.NaN;
    }

    /// <summary>Between epsilon and one minus epsilon.</summary>
    public double Value { get; }

    /// <summary>Its derivative by the number: 1, or 0 where it is cut.</summary>
    public double Slope { get; }
}
