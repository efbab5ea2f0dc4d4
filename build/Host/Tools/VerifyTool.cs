using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Builds the campaign again in another environment, or its network on another processor, and compares every product.</summary>
internal sealed class VerifyTool : ITool
{
    public string Name => "Verify";

    public string Summary =>
        "build the campaign again in a hostile environment, compare every product with the first build and the lock: [--cpu=Haswell|EPYC|Skylake-Client]";

    public int Run(Invocation call)
    {
        IReadOnlyList<string> targets = CampaignLock.Targets(call);
        string? processor = EmulatedBuild.Processor(call.Line);
        int first = StageRun.Run(call, targets, _ => Task.FromResult(ExitCode.Done)).GetAwaiter().GetResult();
        if (first != ExitCode.Done) return first;

        var place = SecondCheckout.Empty(call.Campaign.Name);
        if (processor is not null)
        {
            EmulatedBuild.Run(call, processor, place);
            return Report(call, EmulatedBuild.StagesOf(call), place, [], $"on {processor}");
        }
        place.Fill();
        HostileBuild.Run(call, targets, place);
        var held = new CampaignLock(call);
        return Report(
            call,
            targets,
            place,
            held.IsThere ? held.Differences(StepsOf(call, targets), call.Campaign.Out) : [],
            held.IsThere ? $"in both builds and as {held.File} has them" : "in both builds");
    }

    private static IEnumerable<Step> StepsOf(Invocation call, IReadOnlyList<string> stages) =>
        call.Campaign.Stages.Where(stage => stages.Contains(stage.Name)).SelectMany(stage => stage.Steps());

    private static int Report(
        Invocation call,
        IReadOnlyList<string> stages,
        SecondCheckout place,
        IReadOnlyList<LockDifference> locked,
        string how)
    {
        IReadOnlyList<Divergence> divergences = Divergence.Between(call.Campaign.Stages, stages, call.Campaign.Out, place.Out);
        bool asJson = call.Line.Has(Options.Json);
        foreach (Divergence one in divergences)
            foreach (string line in asJson ? Json(one, call.Campaign.Out, place.Out) : Text(one, call.Campaign.Out, place.Out))
                call.Terminal.Output.WriteLine(line);
        foreach (LockDifference one in locked)
            call.Terminal.Output.WriteLine(
                asJson
                    ? JsonLine.Of(line => line.Write("event", "lock").Write("stage", one.Stage).Write("product", one.What))
                    : $"lock: {one}");

        bool isSame = divergences.Count == 0 && locked.Count == 0;
        Step[] steps = [.. StepsOf(call, stages)];
        int products = steps.Sum(step => step.Writes.Count + (step.CountsRows ? 1 : 0));
        call.Terminal.Output.WriteLine(
            asJson
                ? JsonLine.Of(line =>
                    line.Write("event", "verified")
                        .Write("same", isSame ? 1 : 0)
                        .Write("products", products)
                        .Write("divergent_steps", divergences.Count))
            : isSame ? $"verified: {Words.Count(products, "product")} of {Words.Count(steps.Length, "step")} are the same bytes {how}"
            : $"not verified: {Words.Count(divergences.Count, "step")} made other bytes from the same inputs; differences from the lock: {locked.Count}"
        );
        if (divergences.Count == 0) place.Delete();
        else call.Terminal.Error.WriteLine($"the second build is kept in {place.Out}");
        return isSame ? ExitCode.Done : ExitCode.StepFailed;
    }

    private static IEnumerable<string> Text(Divergence one, string first, string second)
    {
        yield return $"{one.Step.Stage}: {one.Step.Id} is not reproducible";
        foreach ((string product, FileDifference? difference) in Compare(one, first, second))
            yield return $"  {product}: {(difference is null ? "missing or extra" : $"{difference}")}";
        if (one.Downstream.Count > 0) yield return $"  what follows from it: {string.Join(", ", one.Downstream.Select(step => step.Id))}";
    }

    private static IEnumerable<string> Json(Divergence one, string first, string second) => Compare(one, first, second)
        .Select(found => CompareTool.Json(found.Product, "differs", found.Difference))
        .Prepend(
            JsonLine.Of(line =>
                line.Write("event", "divergent")
            .Write("stage", one.Step.Stage)
            .Write("step", one.Step.Id)
            .Write("products", one.Products)
            .Write("downstream", one.Downstream.Select(step => step.Id))));

    private static IEnumerable<(string Product, FileDifference? Difference)> Compare(Divergence one, string first, string second)
    {
        foreach (string product in one.Products)
        {
            string old = Path.Combine(first, product), @new = Path.Combine(second, product);
            if (Directory.Exists(old) && Directory.Exists(@new))
                foreach ((string file, _, FileDifference? difference) in FolderComparison.Of(old, @new).Take(1))
                    yield return ($"{product}/{file}", difference);
            else yield return (product, File.Exists(old) && File.Exists(@new) ? FileComparison.Of(old, @new) : null);
        }
    }
}
