using System.Globalization;
using System.Text.Json;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace TauPipeline.Tasks;

/// <summary>
/// The pipeline as an MSBuild task: starts <c>dotnet cake --target=… --json</c> and tells MSBuild what it says, mistakes with
/// file and line. No second host: every decision is the launcher's, and its exit code is kept.
/// </summary>
public sealed class RunPipeline : ToolTask
{
    /// <summary>The checkout: where the launcher stands.</summary>
    [Required] public string Root { get; set; } = "";

    /// <summary>What to bring up to date, or the tool to run.</summary>
    [Required] public string Target { get; set; } = "";

    /// <summary>The campaign; the launcher's default if empty.</summary>
    public string Config { get; set; } = "";

    /// <summary>Where products go; the launcher's default if empty.</summary>
    public string Out { get; set; } = "";

    /// <summary>Settings to override, <c>a.b=VALUE</c> each.</summary>
    public string[] Set { get; set; } = [];

    /// <summary>Files instead of the manifests.</summary>
    public string[] Input { get; set; } = [];

    /// <summary>Processors to use; all if empty.</summary>
    public string Jobs { get; set; } = "";

    /// <summary>Only names what would run.</summary>
    public bool DryRun { get; set; }

    /// <summary>Goes on after a failure with what does not depend on it.</summary>
    public bool KeepGoing { get; set; }

    /// <inheritdoc/>
    protected override string ToolName => "dotnet";

    // What the launcher prints while it builds the host goes to standard error, and is worth no more than a detailed log.
    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Low;

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.Low;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? ToolName;

    /// <inheritdoc/>
    protected override string GetWorkingDirectory() => Root;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendSwitch("cake");
        line.AppendSwitch("--json");
        line.AppendSwitchIfNotNull("--target=", Target);
        if (Config.Length > 0) line.AppendSwitchIfNotNull("--config=", Config);
        if (Out.Length > 0) line.AppendSwitchIfNotNull("--out=", Out);
        if (Jobs.Length > 0) line.AppendSwitchIfNotNull("--jobs=", Jobs);
        foreach (string one in Split(Set)) line.AppendSwitchIfNotNull("--set=", one);
        foreach (string one in Split(Input)) line.AppendSwitchIfNotNull("--input=", one);
        if (DryRun) line.AppendSwitch("--dryrun");
        if (KeepGoing) line.AppendSwitch("--keep-going");
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (!singleLine.StartsWith('{')) { Log.LogMessage(messageImportance, "{0}", singleLine); return; }
        JsonDocument document;
        try { document = JsonDocument.Parse(singleLine); }
        catch (JsonException) { Log.LogMessage(messageImportance, "{0}", singleLine); return; }
        using (document) Tell(document.RootElement, singleLine);
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
            Log.LogError(
                null,
                $"TAU{ExitCode}",
                null,
                null,
                0,
                0,
                0,
                0,
                "the pipeline ended with exit code {0} and said nothing",
                ExitCode);
        return false;
    }

    private void Tell(JsonElement line, string text)
    {
        switch (Text(line, "event"))
        {
            case "started": Say(MessageImportance.Normal, $"{Text(line, "step")} runs because {Reasons(line)}"); break;
            case "ended": Ended(line); break;
            case "forecast" when Text(line, "forecast") != "UpToDate":
                Say(
                    MessageImportance.High,
                    $"{Text(line, "step")} {(Text(line, "forecast") == "WouldRun" ? "would run" : "may run")}: {Reasons(line)}");
                break;
            case "note": Log.LogWarning("{0}", Text(line, "text")); break;
            case "error":
                foreach (PipelineError error in PipelineError.Read(line))
                    Log.LogError(null, error.Code, null, error.File, error.Line, 0, 0, 0, "{0}", error.Text);
                break;
            case "summary": Say(MessageImportance.High, RunWords.Summary(line)); break;
            default: Say(MessageImportance.Low, text); break;
        }
    }

    // A step that failed is told of by the error that ends the run, or here when the run goes on.
    private void Ended(JsonElement line)
    {
        string outcome = Text(line, "outcome"), step = Text(line, "step");
        string time = line.GetProperty("seconds").GetDouble().ToString("0.0", CultureInfo.InvariantCulture);
        if (outcome == "Failed") Say(MessageImportance.High, $"{step} failed after {time} s: {Text(line, "title")}");
        else Say(RunWords.IsNews(outcome) ? MessageImportance.High : MessageImportance.Low, $"{step} {outcome}, {time} s");
    }

    // Semicolons that came through the command line are still one text.
    private static IEnumerable<string> Split(string[] given) =>
        given.SelectMany(one => one.Split(';', StringSplitOptions.RemoveEmptyEntries));

    private static string Reasons(JsonElement line) => string.Join("; ", line.GetProperty("reasons").EnumerateArray().Select(reason =>
        Text(reason, "members") is { Length: > 0 } members
            ? $"{Text(reason, "component")} changed: {members}"
            : $"{Text(reason, "component")}: {Text(reason, "old", "none")} -> {Text(reason, "new", "none")}"));

    private static string Text(JsonElement of, string name, string otherwise = "") =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : otherwise;

    private void Say(MessageImportance importance, string text) => Log.LogMessage(importance, "{0}", text);
}
