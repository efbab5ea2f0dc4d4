using System.Text.Json;
using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>What a step printed when it last ran, and how that ended.</summary>
internal sealed class LogTool : ITool
{
    public string Name => "Log";

    public string Summary => "what a step printed when it last ran, and how that ended: --step=STEP";

    public int Run(Invocation call)
    {
        Step step = NamedStep.Find(call.Campaign, call.Line.Value(Options.Step) ?? throw CommandErrors.Needed(Options.Step, Name));
        string file = BuildState.LogOf(call.Campaign.Out, step);
        StepState? built = BuildState.Of(call.Campaign.Out).FirstOrDefault(state => state.Id == step.Id);
        (string Journal, JsonElement Step)? last = JournalFolder.LastOf(call.Campaign.Out, step.Id);
        if (call.Line.Has(Options.Json)) call.Terminal.Output.WriteLine(Json(step, file, built, last));
        else foreach (string line in Head(step, file, built, last)) call.Terminal.Output.WriteLine(line);
        if (!File.Exists(file)) return ExitCode.Done;
        foreach (string line in Lines(file))
            call.Terminal.Output.WriteLine(
                call.Line.Has(Options.Json) ? JsonLine.Of(json => json.Write("event", "line").Write("text", line)) : line);
        return ExitCode.Done;
    }

    private static IEnumerable<string> Head(Step step, string file, StepState? built, (string Journal, JsonElement Step)? last)
    {
        if (last is var (journal, ended))
        {
            yield return $"{step.Id}: {Words.Of(Enum.Parse<StepOutcome>(ended.GetProperty("outcome").GetString()!))} after {Words.Of(TimeSpan.FromSeconds(ended.GetProperty("seconds").GetDouble()))}, in the run of {Path.GetFileName(journal)}";
            if (ended.TryGetProperty("title", out JsonElement title)) yield return $"  {title.GetString()}";
        }
        else
            yield return built is null
                ? $"{step.Id}: never built"
                : $"{step.Id}: built in {Words.Of(built.Duration)}; the journal of that run is not kept any more";
        yield return File.Exists(file) ? $"  log {file}"
            : step.Isolated ? "  no log: it did not run here yet" : "  no log: it works inside the engine and prints nothing";
    }

    private static string Json(Step step, string file, StepState? built, (string Journal, JsonElement Step)? last) => JsonLine.Of(line =>
    {
        line.Write("event", "log")
            .Write("step", step.Id)
            .Write("file", File.Exists(file) ? file : null)
            .Write("is_built", built is not null);
        if (last is not var (journal, ended)) return;
        line.Write("journal", journal)
            .Write("outcome", ended.GetProperty("outcome").GetString())
            .Write("seconds", ended.GetProperty("seconds").GetDouble());
        if (ended.TryGetProperty("title", out JsonElement title)) line.Write("title", title.GetString());
    });

    // The step may be running and writing.
    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
