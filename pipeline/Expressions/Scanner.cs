using System.Globalization;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Expressions;

/// <summary>Words, signs and numbers of an expression's text, read from left to right.</summary>
internal sealed class Scanner(string text, string where)
{
    private static readonly string[] Words = ["and", "or", "in", "not"];

    /// <summary>How far it has come; may be set back.</summary>
    public int At { get; set; }

    public bool AtEnd
    {
        get
        {
            Skip();
            return At == text.Length;
        }
    }

    public bool AtNumber
    {
        get
        {
            Skip();
            return At < text.Length && (char.IsAsciiDigit(text[At]) || text[At] == '.');
        }
    }

    /// <summary>
    /// A number, perhaps with a unit as settings have it: <c>20</c>, <c>1e-3</c>, <c>30 GeV</c>, <c>200 um</c>; in GeV, cm, ns, s or bytes.
    /// Digits alone are a whole number, exact whatever their size.
    /// </summary>
    public Value Number()
    {
        Skip();
        int start = At;
        bool whole = Digits();
        if (At < text.Length && text[At] == '.')
        {
            At++;
            Digits();
            whole = false;
        }
        if (At > start && Exponent()) whole = false;
        ReadOnlySpan<char> digits = text.AsSpan(start, At - start);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            At = start;
            throw Wrong("a number");
        }
        (long times, long over) = Unit();
        return (times, over) == (1, 1) && whole && Whole.TryParse(digits, out Int128 exact)
            ? Value.Constant(exact)
            : Value.Constant(number * times / over);
    }

    public string? Name()
    {
        Skip();
        int start = At;
        if (At < text.Length && (char.IsAsciiLetter(text[At]) || text[At] == '_'))
            while (At < text.Length && (char.IsAsciiLetterOrDigit(text[At]) || text[At] is '_' or '.')) At++;
        return At > start ? text[start..At] : null;
    }

    /// <summary>A column's name between backquotes, whatever is in it; <see langword="null"/> if none stands here.</summary>
    public string? Quoted()
    {
        if (!Sign("`")) return null;
        int start = At, end = text.IndexOf('`', start);
        if (end <= start) throw Wrong("a name and '`'");
        At = end + 1;
        return text[start..end];
    }

    public bool Word(string word)
    {
        int start = At;
        if (Name() == word) return true;
        At = start;
        return false;
    }

    public bool Sign(string sign)
    {
        if (!Peek(sign)) return false;
        At += sign.Length;
        return true;
    }

    public bool Peek(string sign)
    {
        Skip();
        return string.CompareOrdinal(text, At, sign, 0, sign.Length) == 0;
    }

    public Misuse Wrong(string expected) => ExpressionErrors.Syntax(where, text, At, expected);

    private (long Times, long Over) Unit()
    {
        int end = At;
        if (Name() is not { } unit || Words.Contains(unit))
        {
            At = end;
            return (1, 1);
        }
        return Units.TryScale(unit, out (long, long) scale) ? scale : throw ExpressionErrors.NoUnit(where, text, unit);
    }

    private bool Digits()
    {
        int start = At;
        while (At < text.Length && char.IsAsciiDigit(text[At])) At++;
        return At > start;
    }

    private bool Exponent()
    {
        int start = At;
        if (At < text.Length && text[At] is 'e' or 'E')
        {
            At++;
            if (At < text.Length && text[At] is '+' or '-') At++;
            if (Digits()) return true;
        }
        At = start;
        return false;
    }

    private void Skip()
    {
        while (At < text.Length && char.IsWhiteSpace(text[At])) At++;
    }
}
