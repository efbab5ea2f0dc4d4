using System.Text.RegularExpressions;
using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>
/// Expressions of weaver, which are Python over numpy, in our language: the variables that it makes stand in for their names, and
/// functions have our names.
/// </summary>
internal sealed class WeaverExpressions
{
    private const int Deepest = 20;

    private static readonly Regex Module = new(@"\b(?:np|numpy|math|awkward|ak)\.", RegexOptions.CultureInvariant);
    private static readonly Regex Attribute = new(@"[A-Za-z_)]\.[A-Za-z_]", RegexOptions.CultureInvariant);
    private static readonly Regex Name = new(@"(?<![\w.])[A-Za-z_]\w*(?![\w.]*\()", RegexOptions.CultureInvariant);
    private static readonly Regex Call = new(@"(?<![\w.])(?<name>[A-Za-z_]\w*)\s*\(", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["minimum"] = "min",
        ["maximum"] = "max",
        ["arctan2"] = "atan2",
        ["isnan"] = "ismissing",
        ["fabs"] = "abs",
        ["clip"] = "clamp",
        ["absolute"] = "abs",
    };

    private static readonly string[] Known =
    [
        "abs", "sqrt", "exp", "log", "log10", "log1p", "sin", "cos", "sinh", "cosh", "tanh", "floor", "isfinite", "ismissing", "atan2",
        "hypot", "min", "max", "clamp", "where", "sum", "count", "any", "all",
    ];

    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _wrong = new(StringComparer.Ordinal);

    /// <summary>Reads the block <c>new_variables</c>; those that cannot be said here are noted.</summary>
    public WeaverExpressions(ForeignNode? variables, ImportNotes notes)
    {
        foreach (string name in variables?.Keys ?? [])
            if (variables!.Find(name)?.Text is { } text)
                if (Translated(text) is { } ours) _made[name] = ours;
                else
                {
                    _wrong[name] = text;
                    notes.Add(variables.At(name), $"new_variables.{name}", $"has functions that are not known here: {text}");
                }
    }

    /// <summary>Whether a name is, or is made with, something that cannot be said here.</summary>
    public bool IsLost(string expression) => Names(Of(expression)).Any(_wrong.ContainsKey);

    /// <summary>An expression with all names that are made replaced.</summary>
    public string Of(string expression)
    {
        for (int depth = 0; depth < Deepest; depth++)
        {
            string next = Name.Replace(expression, match => _made.TryGetValue(match.Value, out string? made) && made != match.Value
                ? $"({made})" : match.Value);
            if (next == expression) break;
            expression = next;
        }
        return expression;
    }

    /// <summary>An expression of weaver's in our words, or <see langword="null"/> if it has functions that are not known here.</summary>
    public static string? Translated(string text)
    {
        string ours = Regex.Replace(Module.Replace(text, ""), @"\s+", " ").Trim().Replace("~", "!", StringComparison.Ordinal);
        ours = Call.Replace(ours, match =>
            match.Value.Replace(match.Groups["name"].Value, Renamed.GetValueOrDefault(match.Groups["name"].Value, match.Groups["name"].Value),
                StringComparison.Ordinal));
        // Attributes, slices and texts are Python's; a point between digits is a number's.
        return Call.Matches(ours).All(match => Known.Contains(match.Groups["name"].Value))
            && !ours.AsSpan().ContainsAny("[]:'\"") && !Attribute.IsMatch(ours)
            ? ours
            : null;
    }

    /// <summary>The names that stand in an expression.</summary>
    public static IEnumerable<string> Names(string expression) =>
        Name.Matches(expression).Select(match => match.Value).Except(["and", "or", "not", "in"]).Distinct();
}
