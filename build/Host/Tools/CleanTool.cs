using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// Removes what this program made in the campaign's output folder: only what the log has recorded, and nothing that was edited since.
/// </summary>
internal sealed class CleanTool : ITool
{
    public string Name => "Clean";

    public string Summary =>
        "remove the campaign's products and state; --orphans: only what no step makes any more; --keep=TARGET: only what is on the way to it; --cache: the run cache; --all: the whole folder; --dryrun lists";

    public int Run(Invocation call)
    {
        Check(call.Line);
        if (call.Line.Has(Options.Cache)) return CacheClean.Run(call);
        if (call.Line.Has(Options.Keep)) return KeepingClean.Run(call, call.Line.All(Options.Keep));
        string folder = call.Campaign.Out;
        if (!IsOurs(folder))
        {
            Tell(call, $"{folder} is not there", line => line.Write("event", "cleaned").Write("folder", folder).Write("removed", 0L));
            return ExitCode.Done;
        }
        CleanPlan plan;
        using (
            var claim = FolderClaim.Take(
                BuildRequests.Of(call, [], new LineReporter(call.Terminal.Error.WriteLine, isExplaining: false)),
                call.Cancellation))
        {
            plan = CleanPlan.Of(call);
            foreach (
                string line in Lines(plan, call.Line.Has(Options.Json), "removed")
                    .Where(_ => call.Line.Has(Options.Json) || call.Line.Has(Options.Orphans)))
                call.Terminal.Output.WriteLine(line);
            plan.Remove(folder, claim);
        }
        Tell(
            call,
            Directory.Exists(folder)
                ? $"removed {Words.Count(plan.Products.Count, "product")}, {Words.Size(plan.Products.Sum(product => product.Size))}, from {folder}"
                : $"removed {folder}",
            line =>
                line.Write("event", "cleaned")
                    .Write("folder", folder)
                    .Write("removed", plan.Products.Count)
                    .Write("size", plan.Products.Sum(product => product.Size))
                    .Write("kept", plan.Edited.Count));
        if (Directory.Exists(folder) && plan.Whole.Count > 0 && plan.Edited.Count == 0 && !call.Line.Has(Options.Json))
            call.Terminal.Output.WriteLine("what is left there the log does not know: --all takes that, too");
        return plan.Edited.Count == 0 ? ExitCode.Done : throw CommandErrors.Kept([.. plan.Edited.Select(product => product.Path)]);
    }

    public void Pretend(Invocation call)
    {
        Check(call.Line);
        if (call.Line.Has(Options.Cache)) CacheClean.Pretend(call);
        else if (!IsOurs(call.Campaign.Out)) return;
        else if (call.Line.Has(Options.Keep)) KeepingClean.Pretend(call, call.Line.All(Options.Keep));
        else
            foreach (string line in Lines(CleanPlan.Of(call), call.Line.Has(Options.Json), "would remove"))
                call.Terminal.Output.WriteLine(line);
    }

    /// <summary>Options that say different things of what goes, or that one of them takes no notice of, are a mistake.</summary>
    internal static void Check(CommandLine line)
    {
        Option[] wanted = [.. new[] { Options.Cache, Options.Keep, Options.Orphans, Options.Everything }.Where(line.Has)];
        if (wanted.Length > 1) throw CommandErrors.NotTogether(wanted[0], wanted[1]);
        if (line.Has(Options.Force) && wanted is [var one] && (one == Options.Cache || one == Options.Keep))
            throw CommandErrors.NotTogether(Options.Force, one);
    }

    private static IEnumerable<string> Lines(CleanPlan plan, bool asJson, string verb)
    {
        IEnumerable<(string How, string Path, long? Size, string? Step)> all =
            [
                .. plan.Products.Select(product => (verb, product.Path, (long?)product.Size, (string?)product.Step)),
                .. plan.Whole.Where(Directory.Exists).Select(whole => (verb, whole + "/", (long?)null, (string?)null)),
             .. plan.Edited.Select(product => ("edited, kept", product.Path, (long?)product.Size, (string?)product.Step))];
        return all.Select(one =>
            !asJson
                ? $"   {one.How}  {one.Path}{(one.Size is { } bytes ? $"  {Words.Size(bytes)}" : "")}"
                : JsonLine.Of(line =>
        {
            line.Write("event", one.How.Replace(", ", "_", StringComparison.Ordinal).Replace(' ', '_')).Write("path", one.Path);
            if (one.Size is { } size) line.Write("size", size).Write("step", one.Step);
        }));
    }

    private static void Tell(Invocation call, string text, Action<JsonLine> write) =>
        call.Terminal.Output.WriteLine(call.Line.Has(Options.Json) ? JsonLine.Of(write) : text);

    // A run writes its report when it has given the folder back: that may be all there is.
    private static bool IsOurs(string folder) => Directory.Exists(folder)
        && (
            Directory.Exists(Path.Combine(folder, ".tau")) || JournalFolder.All(folder).Count > 0
                ? true
                : throw new Misuse(new ErrorText($"'{folder}' was not made by this program", [("expected in it", ".tau")])));
}
