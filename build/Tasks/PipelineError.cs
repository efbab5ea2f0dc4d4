using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TauPipeline.Tasks;

/// <summary>A mistake or failure as MSBuild shows it.</summary>
/// <param name="Code"><c>TAU</c> and the pipeline's exit code: 1 a step failed, 2 misuse, 3 a defect.</param>
/// <param name="File">Where it is, if it is in a file.</param>
/// <param name="Line">The line there, or 0.</param>
/// <param name="Text">What is wrong, with all that is known of it.</param>
internal sealed record PipelineError(string Code, string? File, int Line, string Text)
{
    private const string Further = "\n    ";

    // Mistakes of a campaign that are told together begin with their number.
    private static readonly Regex Head = new(@"^\d+ mistakes ");
    private static readonly Regex Place = new(@"^(?<file>[^\s:][^:]*):(?<line>\d+): (?<text>.*)$", RegexOptions.Singleline);

    /// <summary>The mistakes of a JSON line <c>error</c>: a campaign's are told together, each with its own place.</summary>
    public static IEnumerable<PipelineError> Read(JsonElement line)
    {
        string code = $"TAU{line.GetProperty("code").GetInt32()}";
        var text = new StringBuilder(line.GetProperty("title").GetString());
        foreach (JsonProperty fact in line.GetProperty("facts").EnumerateObject())
            text.Append(CultureInfo.InvariantCulture, $"\n  {fact.Name}  {Indented(fact.Value.ToString())}");
        if (line.GetProperty("advice").GetString() is { } advice) text.Append(CultureInfo.InvariantCulture, $"\n  {Indented(advice)}");
        return Mistakes(text.ToString()).Select(mistake => Place.Match(mistake) is { Success: true } place
            ? new PipelineError(
                code,
                place.Groups["file"].Value,
                int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture),
                place.Groups["text"].Value)
            : new PipelineError(code, null, 0, mistake));
    }

    // Further lines of a fact belong to it, as in the text that people see.
    private static string Indented(string value) => value.Replace("\n", Further, StringComparison.Ordinal);

    // A line that is not indented begins a mistake; the head that counts them is none itself.
    private static List<string> Mistakes(string text)
    {
        if (!Head.IsMatch(text)) return [text];
        var mistakes = new List<string>();
        foreach (string line in text.Split('\n'))
            if (mistakes.Count > 0 && line.StartsWith(' ')) mistakes[^1] += "\n" + line;
            else mistakes.Add(line);
        return mistakes.Count > 1 ? mistakes[1..] : mistakes;
    }
}
