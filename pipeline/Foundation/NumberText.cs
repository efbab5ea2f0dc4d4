using System.Globalization;

namespace TauPipeline.Foundation;

/// <summary>The text of a number that every reader takes for just that number: what JSON and settings are written with.</summary>
public static class NumberText
{
    /// <summary>The shortest text of a finite number that reads back to the same bits.</summary>
    public static string Exact(double value)
    {
        // Readers that tell whole numbers from others lose the sign of a "-0".
        if (value == 0) return double.IsNegative(value) ? "-0.0" : "0";
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        // Of two powers of two (2^-25, 2^-958) .NET's shortest text is that of the double below.
        return double.Parse(shortest, CultureInfo.InvariantCulture).Equals(value)
            ? shortest
            : value.ToString("G17", CultureInfo.InvariantCulture);
    }
}
