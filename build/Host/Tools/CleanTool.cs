using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Removes what this program made in the campaign's output folder: only what the log has recorded, and nothing that was edited since.</summary>
internal sealed class CleanTool : ITool
{
    public string Name => "Clean";

    public string Summary => "remove the campaign's products and state; --orphans: only what no step makes any more; --keep=TARGET: only what is on the way to it; --cache: the run cache; --all: the whole folder; --dryrun lists";

    public int Run(Invocation call)
    {
        if (call.Line.Has(Options.Cache)) return CacheClean.Run(call);
        if (call.Line.Has(Options.Keep)) return KeepingClean.Run(call, call.Line.All(Options.Keep));
        string folder = call.Campaign.Out;
        if (!IsOurs(folder))
        {
            Tell(call, $"{folder} is not there", line => line.Write("event", "cleaned").Write("folder", folder).Write("removed", 0L));
            return ExitCode.Done;
        }
        CleanPlan plan;
        using (HoldLock(folder))
        {
            plan = CleanPlan.Of(call);
            foreach (string line in Lines(plan, call.Line.Has(Options.Json), "removed").Where(_ => call.Line.Has(Options.Json) || call.Line.Has(Options.Orphans))) call.Terminal.Output.WriteLine(line);
            plan.Remove(folder);
        }
        Tell(call, Directory.Exists(folder) ? $"removed {Words.Count(plan.Products.Count, "product")}, {Words.Size(plan.Products.Sum(product => product.Size))}, from {folder}" : $"removed {folder}",
            line => line.Write("event", "cleaned").Write("folder", folder).Write("removed", plan.Products.Count).Write("size", plan.Products.Sum(product => product.Size)).Write("kept", plan.Edited.Count));
        if (Directory.Exists(folder) && plan.Whole.Count > 0 && plan.Edited.Count == 0 && !call.Line.Has(Options.Json)) call.Terminal.Output.WriteLine("what is left there the log does not know: --all takes that, too");
        return plan.Edited.Count == 0 ? ExitCode.Done : throw CommandErrors.Kept([.. plan.Edited.Select(product => product.Path)]);
    }

    public void Pretend(Invocation call)
    {
        if (!IsOurs(call.Campaign.Out)) return;
        foreach (string line in Lines(CleanPlan.Of(call), call.Line.Has(Options.Json), "would remove")) call.Terminal.Output.WriteLine(line);
    }

    private static IEnumerable<string> Lines(CleanPlan plan, bool asJson, string verb)
    {
        IEnumerable<(string How, string Path, long? Size, string? Step)> all =
            [.. plan.Products.Select(product => (verb, product.Path, (long?)product.Size, (string?)product.Step)), .. plan.Whole.Where(Directory.Exists).Select(whole => (verb, whole + "/", (long?)null, (string?)null)),
             .. plan.Edited.Select(product => ("edited, kept", product.Path, (long?)product.Size, (string?)product.Step))];
        return all.Select(one => !asJson ? $"   {one.How}  {one.Path}{(one.Size is { } bytes ? $"  {Words.Size(bytes)}" : "")}" : JsonLine.Of(line =>
        {
            line.Write("event", one.How.Replace(", ", "_", StringComparison.Ordinal).Replace(' ', '_')).Write("path", one.Path);
            if (one.Size is { } size) line.Write("size", size).Write("step", one.Step);
        }));
    }

    private static void Tell(Invocation call, string text, Action<JsonLine> write) => call.Terminal.Output.WriteLine(call.Line.Has(Options.Json) ? JsonLine.Of(write) : text);

    private static bool IsOurs(string folder) => Directory.Exists(folder)
        && (Directory.Exists(Path.Combine(folder, ".tau")) ? true : throw new Misuse(new ErrorText($"'{folder}' was not made by this program", [("expected in it", ".tau")])));

    // The engine holds this file open alone while it works.
    private static FileStream HoldLock(string folder)
    {
        string file = Path.Combine(folder, ".tau", "lock");
        try { return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException busy) { throw new StepFailed(new ErrorText($"another run uses '{folder}'", [("lock", file)]), busy); }
    }
}
