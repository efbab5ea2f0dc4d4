using System.Text.RegularExpressions;
using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>A cut of ATLAS flavour tagging, <c>[variable, operator, value]</c> or the three in one text, as an expression.</summary>
internal static class UppCut
{
    private static readonly Regex Modulo = new("^%([0-9]+)(==|!=|<=|>=)$", RegexOptions.CultureInvariant);
    private static readonly Regex Words = new(@"^\s*(\S+)\s+(\S+)\s+(.+?)\s*$", RegexOptions.CultureInvariant);

    /// <summary>All cuts of a list, one after another; empty if there are none.</summary>
    public static string All(ForeignNode cuts) => string.Join(" and ", Each(cuts).Distinct());

    /// <summary>Each cut of a list.</summary>
    public static IEnumerable<string> Each(ForeignNode cuts) => cuts.Items.Select(One);

    private static string One(ForeignNode cut)
    {
        if (cut.Text is { } text)
        {
            Match words = Words.Match(text);
            if (!words.Success) throw cut.Wrong("a cut 'variable operator value'");
            string value = words.Groups[3].Value;
            string[] values = value is ['(' or '[', .. var inside, ')' or ']']
                ? inside.Split(',', StringSplitOptions.TrimEntries)
                : [value];
            return Of(cut, words.Groups[1].Value, words.Groups[2].Value, values);
        }
        if (cut.Items is not [{ Text: { } variable }, { Text: { } operation }, { } bound])
            throw cut.Wrong("a cut [variable, operator, value]");
        return Of(cut, variable, operation, [.. bound.Texts()]);
    }

    private static string Of(ForeignNode cut, string variable, string operation, string[] values)
    {
        if (operation is "in" or "notin")
            return $"{variable} {(operation == "in" ? "in" : "not in")} {{{string.Join(", ", values.Select(value => Number(cut, value)))}}}";
        if (values is not [var one]) throw cut.Wrong("one value");
        string word = one.ToUpperInvariant();
        if (word == "NAN" && operation is "==" or "!=") return $"{(operation == "==" ? "" : "not ")}ismissing({variable})";
        if (Modulo.Match(operation) is { Success: true } modulo)
            return $"{variable} % {modulo.Groups[1].Value} {modulo.Groups[2].Value} {Number(cut, one)}";
        // No number is beyond: a comparison of an infinite one with 1e308 tells it.
        if (word is "INF" or "+INF" or "-INF")
        {
            string infinite = word == "-INF" ? $"{variable} < -1e308" : $"{variable} > 1e308";
            return operation switch { "==" => infinite, "!=" => $"not ({infinite})", _ => throw cut.Wrong("== or != beside inf") };
        }
        return operation is "==" or "!=" or ">=" or "<=" or ">" or "<"
            ? $"{variable} {operation} {Number(cut, one)}"
            : throw cut.Wrong("one of == != >= <= > < in notin %i== %i!= %i<= %i>=");
    }

    private static string Number(ForeignNode cut, string text) =>
        ForeignNode.TryNumber(text) is null ? throw cut.Wrong("a number") : text.Replace("_", "", StringComparison.Ordinal).TrimStart('+');
}
