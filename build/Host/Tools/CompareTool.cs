using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// Shows where two products, or two folders of products, first differ; ends with 0 if they do not, with 1 if they do. With
/// <c>--margin</c> it is a gate for performance files: it ends with 1 only if a number got significantly worse by more than that.
/// </summary>
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
        double? margin = call.Line.Margin;
        int compared = 0;
        var lost = new List<PerformanceChange>();
        foreach ((string file, string how, FileDifference? what) in found)
        {
            call.Terminal.Output.WriteLine(
                call.Line.Has(Options.Json) ? Json(file, how, what) : $"{how,-8} {file}{(what is null ? "" : $": {what}")}");
            (string Old, string New) pair = Directory.Exists(old) ? (Path.Combine(old, file), Path.Combine(@new, file)) : (old, @new);
            if (what is null) continue;
            IReadOnlyList<PerformanceChange> changes = PerformanceChange.Between(pair.Old, pair.New);
            compared += changes.Count;
            var report = new PerformanceReport(changes, margin);
            foreach (string line in report.Lines(call.Line.Has(Options.Json))) call.Terminal.Output.WriteLine(line);
            lost.AddRange(report.Lost);
        }
        if (margin is not null) return Gate(call, lost, compared, found.Count == 0);
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

    private static int Gate(Invocation call, List<PerformanceChange> lost, int compared, bool isSame)
    {
        if (compared == 0 && !isSame)
            throw new Misuse(new ErrorText("--margin is for performance files, and these have no number in common that could be compared", []));
        if (!call.Line.Has(Options.Json))
            call.Terminal.Output.WriteLine(
                isSame ? "the same bytes" : lost.Count == 0 ? "nothing lost" : $"{Words.Count(lost.Count, "number")} lost more than the margin");
        return lost.Count == 0 ? ExitCode.Done : ExitCode.StepFailed;
    }
}
