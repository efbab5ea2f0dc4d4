using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The parent's half of an isolated step: freezes it, has it executed, reads its result.</summary>
internal sealed class IsolatedWork(Workshop shop)
{
    /// <summary>Does the work of a step in another process; its outputs are then in the attempt's folder.</summary>
    public async Task<WorkDone> Do(
        PlannedStep planned,
        Verdict verdict,
        WorkPlace place,
        IStepExecutor executor,
        IProgress<Progress> progress,
        CancellationToken cancellation)
    {
        bool isHere = executor.Slots is null;
        Step step = planned.Step;
        string id = Path.GetFileName(place.Attempt.Root);
        string plan = Path.Combine(shop.Folder.Plans, id + ".json");
        // An attempt that a run before us left with the executor is frozen already.
        if (!executor.Keeps(id))
        {
            place.Attempt.CreateAside();
            Freeze(step, verdict, place, isHere).Write(plan);
        }
        var environment = new Dictionary<string, string>(step.Environment) { [AttemptProcesses.Mark] = place.Attempt.Root };
        var row = new FrozenRow(
            step.Id,
            verdict.Fingerprint.Hash,
            plan,
            0,
            place.Attempt.Root,
            place.Attempt.Result,
            shop.Folder.LogOf(step),
            planned.Needs,
            environment)
        {
            Attempt = planned.Attempt,
        };
        var watch = new RowWatch(child => shop.Log.Append(new AttemptStarted(step.Id, id, ProcessMark.Of(child))), progress);
        RowEnd end;
        try { end = await executor.Run(row, watch, cancellation); }
        finally
        {
            if (isHere) AttemptProcesses.End(place.Attempt.Root);
            if (!executor.Keeps(id)) File.Delete(plan);
        }
        planned.PeakMemory = Math.Max(planned.PeakMemory, end.PeakMemory);
        cancellation.ThrowIfCancellationRequested();
        try { return ChildOutcome.Read(place.Attempt.Result) ?? throw BuildGraphErrors.ChildLost(step, end, row.Log); }
        catch (StepFailed killed) when (killed.WasKilled) { throw BuildGraphErrors.Killed(killed, planned.Needs.Memory, end.PeakMemory); }
    }

    private FrozenPlan Freeze(Step step, Verdict verdict, WorkPlace place, bool isHere)
    {
        FrozenInput[] inputs = [.. place.Inputs.Select((input, i) => new FrozenInput(input.Place, verdict.Inputs[i].Frozen()))];
        var row = new FrozenStep(
            step.Id,
            [.. verdict.Fingerprint.Parts.Select(part => new FrozenPart(part.Key, part.Value))],
            inputs,
            place.Attempt.Root,
            place.Scratch,
            place.Memory,
            place.Journal);
        return new FrozenPlan(
            shop.Request.Campaign,
            place.Seed,
            shop.Request.Code.ToDictionary(code => code.Key, code => code.Value.ToString()),
            isHere ? Environment.ProcessId : 0,
            [row]);
    }
}
