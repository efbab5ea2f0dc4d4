namespace TauPipeline.BuildGraph;

/// <summary>The parent's half of an isolated step: freezes it, has it executed, reads its result.</summary>
internal sealed class IsolatedWork(Workshop shop, IStepExecutor executor)
{
    /// <summary>Does the work of a step in another process; its outputs are then in the attempt's folder.</summary>
    public WorkDone Do(Step step, Verdict verdict, WorkPlace place, IProgress<Progress> progress, CancellationToken cancellation)
    {
        string id = Path.GetFileName(place.Attempt.Root);
        string plan = Path.Combine(shop.Folder.Plans, id + ".json");
        place.Attempt.CreateAside();
        Freeze(step, verdict, place).Write(plan);
        var row = new FrozenRow(step.Id, plan, 0, place.Attempt.Result, shop.Folder.StepLog(step), step.Needs, step.Environment);
        var watch = new RowWatch(child => shop.Log.Append(new AttemptStarted(step.Id, id, ProcessMark.Of(child))), progress);
        RowEnd end = executor.Run(row, watch, cancellation).GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        File.Delete(plan);
        return ChildOutcome.Read(place.Attempt.Result) ?? throw BuildGraphErrors.ChildLost(step, end.How, row.Log, end.Tail);
    }

    private FrozenPlan Freeze(Step step, Verdict verdict, WorkPlace place)
    {
        FrozenInput[] inputs = [.. place.Inputs.Select((input, i) => new FrozenInput(input, verdict.Inputs[i].Frozen()))];
        var row = new FrozenStep(step.Id, [.. verdict.Fingerprint.Parts.Select(part => new FrozenPart(part.Key, part.Value))], inputs, place.Attempt.Root, place.Scratch);
        return new FrozenPlan(shop.Request.Campaign, place.Seed, shop.Request.Code.ToDictionary(code => code.Key, code => code.Value.ToString()),
            executor.IsLocal ? Environment.ProcessId : 0, [row]);
    }
}
