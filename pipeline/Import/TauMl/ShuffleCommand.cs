using System.Text.RegularExpressions;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>A command line of ShuffleMergeSpectral out of a script: options as <c>--name value</c> or <c>--name=value</c>.</summary>
internal sealed class ShuffleCommand
{
    private const string Program = "ShuffleMergeSpectral";

    private static readonly Regex Call = new(
        $@"^[^#\n]*\b{Program}\b([^\n]*|\s*\\\s*\n\s*)--", RegexOptions.CultureInvariant | RegexOptions.Multiline);
    private static readonly Regex Words = new("""(?:"(?<in>[^"]*)"|'(?<in>[^']*)'|(?<in>[^\s"']+))+""", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, (string Value, string Where)> _options = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private ShuffleCommand(string where) => Where = where;

    /// <summary>Its place, <c>file:line</c>.</summary>
    public string Where { get; }

    /// <summary>Whether a file has such a call.</summary>
    public static bool IsOne(ForeignFile file) => Call.IsMatch(file.Text);

    /// <summary>Reads the first call of a script.</summary>
    /// <exception cref="Misuse">A word of it is no option, or an option has no value.</exception>
    public static ShuffleCommand Read(ForeignFile file)
    {
        (string Word, int Line)[] words = [.. CallOf(file.Text)];
        var command = new ShuffleCommand($"{file.Path}:{words[0].Line}");
        for (int at = 1; at < words.Length; at++)
        {
            string where = $"{file.Path}:{words[at].Line}";
            if (!words[at].Word.StartsWith("--", StringComparison.Ordinal))
                throw new Misuse(new ErrorText($"{where}: an option is expected here", [("found", words[at].Word)]));
            string[] parts = words[at].Word[2..].Split('=', 2);
            if (parts.Length == 1 && at + 1 == words.Length) throw new Misuse($"{where}: --{parts[0]} has no value");
            command._options[parts[0]] = (parts.Length == 2 ? parts[1] : words[++at].Word, where);
        }
        return command;
    }

    /// <summary>The value of an option, which is taken from then on; <see langword="null"/> if it is not given.</summary>
    public string? Value(string option)
    {
        _taken.Add(option);
        return _options.TryGetValue(option, out (string Value, string) found) ? found.Value : null;
    }

    /// <summary>The value of an option that stands for yes or no.</summary>
    public bool Flag(string option, bool fallback = false) => Value(option)?.ToUpperInvariant() switch
    {
        null => fallback,
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => throw Wrong(option, "true or false"),
    };

    /// <summary>The value of an option that is a number.</summary>
    public double? Number(string option) => Value(option) is not { } text ? null
        : ForeignNode.TryNumber(text) ?? throw Wrong(option, "a number");

    /// <summary>A list of numbers between commas or blanks; none if it is not given.</summary>
    public IReadOnlyList<double> Numbers(string option) =>
    [
        .. (Value(option) ?? "").Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => ForeignNode.TryNumber(text) ?? throw Wrong(option, "numbers")),
    ];

    /// <summary>The place of an option, or of the call.</summary>
    public string At(string option) => _options.TryGetValue(option, out (string, string Where) found) ? found.Where : Where;

    /// <summary>Whether an option is given; it is not taken by asking.</summary>
    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>Options that nobody has taken.</summary>
    public IEnumerable<(string Where, string Option)> Left() =>
        _options.Where(one => !_taken.Contains(one.Key)).Select(one => (one.Value.Where, $"--{one.Key}"));

    /// <summary>An error of an option's value.</summary>
    public Misuse Wrong(string option, string expected) => new(new ErrorText(
        $"{At(option)}: --{option} takes {expected}", [("found", _options.GetValueOrDefault(option, ("nothing", "")).Item1)]));

    // From the program's name to the end of the command; a backslash at the end of a line joins the next.
    private static IEnumerable<(string Word, int Line)> CallOf(string text)
    {
        int number = 0;
        bool inside = false;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string part = line.TrimEnd();
            bool goesOn = part.EndsWith('\\');
            if (goesOn) part = part[..^1];
            if (!inside && part.TrimStart().StartsWith('#')) continue;
            foreach (Match match in Words.Matches(part))
            {
                string word = string.Concat(match.Groups["in"].Captures.Select(capture => capture.Value));
                bool isProgram = !inside && (word == Program || word.EndsWith($"/{Program}", StringComparison.Ordinal));
                if (inside && word is ";" or "&&" or "|" or ">" or "2>&1") yield break;
                if (inside || isProgram) yield return (word, number);
                inside |= isProgram;
            }
            if (inside && !goesOn) yield break;
        }
    }
}
