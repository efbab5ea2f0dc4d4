using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Every message of this room that a user can see.</summary>
internal static class BuildGraphErrors
{
    private const int MostMistakes = 40;

    public static Misuse WrongGraph(IReadOnlyList<string> mistakes) => mistakes.Count == 1
        ? new Misuse(mistakes[0])
        : new Misuse(new ErrorText($"the build graph has {mistakes.Count} mistakes",
            [
                .. mistakes.Take(MostMistakes).Select((mistake, i) => ($"{i + 1}", mistake)),
                .. mistakes.Count > MostMistakes
                    ? [("…", $"and {mistakes.Count - MostMistakes} more")]
                    : Array.Empty<(string, string)>(),
            ]));

    public static Misuse WrongRawFiles(IReadOnlyList<Misuse> mistakes) => mistakes.Count == 1
        ? mistakes[0]
        : new Misuse(new ErrorText($"{mistakes.Count} raw files are not what the campaign says",
            [
                .. mistakes.Take(MostMistakes).Select((mistake, i) => ($"{i + 1}", mistake.Text.ToString())),
                .. mistakes.Count > MostMistakes
                    ? [("…", $"and {mistakes.Count - MostMistakes} more")]
                    : Array.Empty<(string, string)>(),
            ]));

    public static Misuse RawMissing(Artifact raw) => new(new ErrorText($"the raw file of {raw.Path} is missing",
        [("expected at", raw.Source!.Location), .. Stated(raw.Source)]));

    public static Misuse RawDiffers(Artifact raw, Content found)
    {
        string expected = raw.Source!.Hash is { } hash ? $"sha256 {hash}" : "";
        if (raw.Source.Size is { } size) expected += $"{(expected.Length > 0 ? ", " : "")}{size} bytes";
        return new Misuse(new ErrorText($"'{raw.Path}' is not the file that was stated",
            [
                ("expected", expected),
                ("found", $"sha256 {found.Hash}, {found.Size} bytes"),
                ("at", raw.Source.Location),
                .. Stated(raw.Source),
            ]));
    }

    public static StepFailed InputChanged(Step step, Artifact input) =>
        new(
            new ErrorText(
                $"{step.Id}: {input.Path} changed while the step was running",
        [("file", input.Source?.Location ?? input.Path)], "its outputs were not taken; run again once the file holds still"));

    public static StepFailed Overwritten(IReadOnlyList<(string Path, string Step, string Suspects)> products) => new(new ErrorText(
        $"{products.Count} {(products.Count == 1 ? "product was" : "products were")} changed during this run after the step that makes it had ended",
        [.. products.Take(MostMistakes).SelectMany(one => new[] { (one.Path, $"made by {one.Step}"), ("may have done it", one.Suspects) })],
        "a step may write into its own outputs only; what was changed counts as edited and is made again by the next run"));

    public static StepFailed ChangesWhileRead(string path) => new(new ErrorText("a file changes while it is being read", [("file", path)]));

    public static StepFailed Unreadable(string path, Exception problem) =>
        new(new ErrorText("a file cannot be read", [("file", path), ("reason", problem.Message)]), problem);

    public static StepFailed Unlistable(string folder, Exception problem) =>
        new(new ErrorText("a folder cannot be read", [("folder", folder), ("reason", problem.Message)]), problem);

    public static StepFailed FolderBusy(string folder, string holder) =>
        new(new ErrorText($"another run works on {folder}", [("holder", holder)], "wait for it, or leave out --no-wait"));

    public static Misuse FolderUnwritable(string folder, Exception problem) =>
        new(
            new ErrorText(
                "the output folder cannot be written",
                [("folder", folder), ("reason", problem.Message)],
                "name another with  --out=DIR"),
            problem);

    public static Misuse LogIsNewer(string path, int format, int known) => new(new ErrorText("the build log was written by a newer version",
        [("log", path), ("format", $"{format}; this version knows {known}")],
        "use that version here, or name another folder with  --out=DIR; without the log every step counts as never built"));

    public static StepFailed DiskProblem(string what, Exception problem) =>
        new(
            new ErrorText(
                $"{what}: the disk refused",
                [("reason", problem.Message)],
                "free some space or mend the permissions, then run again"),
            problem);

    public static Defect Undeclared(Step step, string what, Artifact artifact, IEnumerable<string> declared) =>
        new(new ErrorText($"{step.Id} {what} {artifact.Path}, which it does not declare", [("declared", string.Join(", ", declared))]));

    public static Defect WrittenTwice(Step step, Artifact artifact) => new($"{step.Id} writes {artifact.Path} twice");

    public static Defect LeftUnwritten(Step step, IEnumerable<string> paths) =>
        new($"{step.Id} declares but did not write {string.Join(", ", paths)}");

    public static Defect StrayFiles(Step step, IEnumerable<string> paths) =>
        new($"{step.Id} wrote what it does not declare: {string.Join(", ", paths)}");

    public static Defect CountsUndeclared(Step step) =>
        new($"{step.Id} counts rows, but its CountsRows is false: its ledger would be lost");

    public static StepFailed RowsLost(Step step, RowLedger rows) => new(new ErrorText($"{step.Id}: the row ledger does not close",
        [.. Enum.GetValues<RowFate>().Select(fate => (fate.ToString().ToLowerInvariant(), $"{rows.Total(fate)} rows")),
         .. rows.Gaps.Select(gap =>
             ("missing", FormattableString.Invariant($"{gap.Rows} rows, weight {gap.Weight:g6}, of class '{gap.Class}'"))),
     ]));

    public static StepFailed TimedOut(Step step, TimeSpan limit, string? log) =>
        new(new ErrorText($"{step.Id} did not end within {limit}", log is null ? [] : Printed(log, StepLog.TailOf(log))));

    public static StepFailed NotFinished(IReadOnlyList<string> stale) =>
        new(
            new ErrorText(
                $"{stale.Count} {(stale.Count == 1 ? "step is" : "steps are")} not up to date, so nothing is deleted",
        [.. stale.Take(MostMistakes).Select(step => ("stale", step))], "build what is to be kept first"));

    public static StepFailed StaleElsewhere(Step step, IReadOnlyList<StaleReason> reasons) =>
        new(
            new ErrorText(
                $"{step.Id} is stale, and --exclusive forbids to run it",
        [.. reasons.Take(MostMistakes).Select(reason => ("because", reason.ToString()))]));

    public static Defect Broke(Step step, Exception problem) =>
        new(new ErrorText($"{step.Id}: {problem.GetType().Name}: {problem.Message}"), problem);

    public static StepFailed CannotStart(string program, string reason) =>
        new(new ErrorText($"'{program}' cannot be started", [("reason", reason)]));

    public static StepFailed ChildLost(Step step, RowEnd end, string log) =>
        new(new ErrorText($"{step.Id}: its process ended without a result", [("ended", end.How), .. Printed(log, end.Tail)]))
        { WasKilled = end.WasKilled, WasLost = end.WasLost };

    public static StepFailed Killed(StepFailed killed, long had, long peak) => new(killed.Text with
    {
        Facts = [.. killed.Text.Facts, ("memory", $"{had >> 20} MiB declared{(peak > 0 ? $", at least {peak >> 20} MiB taken" : "")}")],
        Advice = killed.Text.Advice ?? "as the kernel does when memory runs out: give the step more, or run fewer at once (--jobs)",
    }, killed)
    { WasKilled = true };

    public static Defect PlanDiffers(Step step, IReadOnlyList<StaleReason> differences) =>
        new(
            new ErrorText(
                $"{step.Id} is another step here than in the frozen plan",
        [.. differences.Take(MostMistakes).Select(reason => ("differs", reason.ToString()))]));

    public static Defect NotInPlan(string id) => new($"the frozen plan names step {id}, which this campaign does not have");

    private static (string, string)[] Printed(string log, string tail) =>
        tail.Length > 0 ? [("log", log), ("last lines", tail)] : [("log", log)];

    private static (string, string)[] Stated(RawSource source) => source.StatedAt is { } place ? [("stated at", place)] : [];
}
