namespace TauPipeline.Plotting;

/// <summary>
/// The transverse momentum's letter with its index: texts write it <c>p_T</c>; figures lower the T, pages set it in a
/// <c>sub</c> element, and where neither can be it is plain pT.
/// </summary>
internal static class Subscript
{
    private const string Written = "p_T";

    /// <summary>Size of the index over that of the text.</summary>
    public const double Size = 0.72;

    /// <summary>How far the index stands below the line, over the size of the text.</summary>
    public const double Drop = 0.22;

    /// <summary>The text before the first index with its letter, and what follows the index; <see langword="null"/> without one.</summary>
    public static (string Before, string Index, string After)? Split(string text)
    {
        int at = text.IndexOf(Written, StringComparison.Ordinal);
        return at < 0 ? null : (text[..(at + 1)], "T", text[(at + Written.Length)..]);
    }

    /// <summary>The text where nothing can be lowered.</summary>
    public static string Plain(string text) => text.Replace(Written, "pT", StringComparison.Ordinal);

    /// <summary>Escaped text of a page.</summary>
    public static string Html(string escaped) => escaped.Replace(Written, "p<sub>T</sub>", StringComparison.Ordinal);
}
