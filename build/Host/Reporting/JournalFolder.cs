using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The two files of a run's report.</summary>
/// <param name="Folder">The folder that they stand in, named after the time at which the run began.</param>
internal sealed record JournalFiles(string Folder)
{
    /// <summary>For eyes.</summary>
    public string Page => Path.Combine(Folder, "report.html");

    /// <summary>For programs.</summary>
    public string Facts => Path.Combine(Folder, "report.json");
}

/// <summary>
/// Reports of the last runs on an output folder, in <c>runs/</c>: journals, never hashed, locked, cached, or read by a step.
/// </summary>
internal static class JournalFolder
{
    private const int MostKept = 20;
    private const string TimeFormat = "yyyy-MM-ddTHH-mm-ss.fffZ";
    private static readonly Regex TimeName = new(@"^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$");

    /// <summary>Where they are.</summary>
    public static string Of(string outputFolder) => Path.Combine(outputFolder, "runs");

    /// <summary>Where steps note series of numbers.</summary>
    public static string OfSteps(string outputFolder) => Path.Combine(Of(outputFolder), "steps");

    /// <summary>All there are, the oldest first; nothing else that stands beside them is one.</summary>
    public static IReadOnlyList<JournalFiles> All(string outputFolder) => !Directory.Exists(Of(outputFolder)) ? [] :
        [
            .. Directory.EnumerateDirectories(Of(outputFolder))
                .Where(folder => TimeName.IsMatch(Path.GetFileName(folder)))
                .Order(StringComparer.Ordinal)
                .Select(folder => new JournalFiles(folder))
                .Where(files => File.Exists(files.Facts)),
        ];

    /// <summary>That of the last run that did something, or <see langword="null"/>.</summary>
    public static JournalFiles? Latest(string outputFolder) => All(outputFolder) is { Count: > 0 } all ? all[^1] : null;

    /// <summary>What the last kept run in which that step began says of it, or <see langword="null"/>.</summary>
    public static (string Journal, JsonElement Step)? LastOf(string outputFolder, string step)
    {
        foreach (JournalFiles files in All(outputFolder).Reverse())
        {
            using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(files.Facts));
            foreach (JsonElement one in facts.RootElement.GetProperty("steps").EnumerateArray())
                if (one.GetProperty("step").GetString() == step) return (files.Folder, one.Clone());
        }
        return null;
    }

    /// <summary>Writes the report of a run and removes the oldest ones. A report that cannot be written is no failure of the run.</summary>
    public static JournalFiles? Keep(Invocation call, RunJournal journal, BuildSummary summary, TimeSpan wall)
    {
        try
        {
            var facts = RunFacts.Of(call, journal, summary, wall);
            var files = new JournalFiles(
                Path.Combine(Of(call.Campaign.Out), journal.Began.ToString(TimeFormat, CultureInfo.InvariantCulture)));
            Directory.CreateDirectory(files.Folder);
            File.WriteAllText(files.Page, RunReportPage.Of(facts));
            // Last, and whole or not at all: it is what makes the folder a report.
            WholeFile.WriteStream(files.Facts, to => to.Write(Encoding.UTF8.GetBytes(facts.Json() + "\n")));
            foreach (JournalFiles old in All(call.Campaign.Out).SkipLast(MostKept)) Directory.Delete(old.Folder, recursive: true);
            return files;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            call.Terminal.Error.WriteLine($"the report of this run could not be written: {problem.Message}");
            return null;
        }
    }
}
