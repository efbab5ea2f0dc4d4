namespace TauPipeline.Plotting;

/// <summary>About how wide a text is in DejaVu Sans; good to a few per cent, and the same everywhere.</summary>
internal static class TextWidth
{
    public static double Regular(string text, double size) => Math.Round(size * text.Sum(Em));

    public static double Bold(string text, double size) => Math.Round(size * 1.13 * text.Sum(Em));

    // Advance widths of the font in units of its size, averaged over letters alike.
    private static double Em(char letter) => letter switch
    {
        'i' or 'j' or 'l' => 0.28,
        ' ' or '.' or ',' or ':' or 'I' or '|' => 0.32,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' => 0.39,
        'm' or 'w' or 'M' or 'W' or '>' or '<' or '=' or '+' => 0.88,
        >= '⁰' and <= 'ₜ' => 0.42,
        >= '0' and <= '9' => 0.64,
        '≤' or '≥' => 0.84,
        _ when char.IsUpper(letter) => 0.68,
        _ => 0.61,
    };
}
