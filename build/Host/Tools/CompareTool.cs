using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Shows where two products, or two folders of products, first differ; ends with 0 if they do not, with 1 if they do.</summary>
internal sealed class CompareTool : ITool
{
    public string Name => "Compare";

    public string Summary =>
        "first difference of two products or folders: --old=A --new=B; of performance files also what got better or worse";

    public int Run(Invocation call)
    {
        string old = Existing(call, Options.Old), @new = Existing(call, Options.New);
        if (Directory.Exists(old) != Directory.Exists(@new))
            throw new Misuse(new ErrorText("a file and a folder cannot be compared", [("--old", old), ("--new", @new)]));
        var found = Directory.Exists(old) ? FolderComparison.Of(old, @new).ToList()
            : FileComparison.Of(old, @new) is { } difference ? [(@new, "differs", difference)] : [];
        foreach ((string file, string how, FileDifference? what) in found)
        {
            call.Terminal.Output.WriteLine(
                call.Line.Has(Options.Json) ? Json(file, how, what) : $"{how,-8} {file}{(what is null ? "" : $": {what}")}");
            (string Old, string New) pair = Directory.Exists(old) ? (Path.Combine(old, file), Path.Combine(@new, file)) : (old, @new);
            if (what is not null) PrintPerformance(call, PerformanceChange.Between(pair.Old, pair.New));
        }
        if (!call.Line.Has(Options.Json))
            call.Terminal.Output.WriteLine(found.Count == 0 ? "the same bytes" : $"{Words.Count(found.Count, "difference")}");
        return found.Count == 0 ? ExitCode.Done : ExitCode.StepFailed;
    }

    /// <summary>A difference as JSON.</summary>
    public static string Json(string file, string how, FileDifference? what) => JsonLine.Of(line =>
    {
        line.Write("event", "difference").Write("file", file).Write("how", how);
        if (what is null) return;
        line.Write("offset", what.Offset).Write("old_size", what.OldSize).Write("new_size", what.NewSize).Write("format", what.Format);
        if (what.First is not { } first) return;
        line.Write("column", first.Column);
        if (first.Row is { } row) line.Write("row", row);
        line.Write("old", first.Old).Write("new", first.New);
    });

    private string Existing(Invocation call, Option option)
    {
        string path = call.Line.Value(option) ?? throw CommandErrors.Needed(option, Name);
        return Path.Exists(path) ? path : throw new Misuse($"there is no file or folder '{path}'");
    }

    private static void PrintPerformance(Invocation call, IReadOnlyList<PerformanceChange> changes)
    {
        foreach (PerformanceChange change in changes.Where(change => change.Verdict != "same"))
            call.Terminal.Output.WriteLine(call.Line.Has(Options.Json)
                ? JsonLine.Of(line =>
                    line.Write("event", "performance")
                        .Write("verdict", change.Verdict)
                        .Write("curve", change.Curve)
                        .Write("number", change.Number)
                    .Write("old", $"{change.Old}").Write("new", $"{change.New}"))
                : $"  {change.Verdict,-13}  {change.Curve}: {change.Number} {change.Old} -> {change.New}");
    }
}
