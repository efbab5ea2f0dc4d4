using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The child's half of an isolated step.</summary>
public static class StepChild
{
    private const int Interrupted = 130;

    /// <summary>
    /// Runs one row of a frozen plan: composes the catalogue, finds the step, compares the fingerprint, works, writes <c>result.json</c>.
    /// Prints progress, one JSON a line, on standard output.
    /// </summary>
    /// <param name="plan">Path of the frozen plan.</param>
    /// <param name="row">Which step.</param>
    /// <param name="compose">Makes the stages from the campaign text of the plan.</param>
    /// <param name="cancellation">Asks it to stop.</param>
    /// <param name="code">Code fingerprints of those stages in this program, to be compared with the plan's; the plan's are taken at
    /// their word if <see langword="null"/>.</param>
    /// <returns>The exit code; what went wrong is in the result, for the parent to tell.</returns>
    public static int Execute(
        string plan,
        int row,
        Func<string, IReadOnlyList<IStage>> compose,
        CancellationToken cancellation,
        Func<IReadOnlyList<IStage>, IReadOnlyDictionary<string, ContentHash>>? code = null)
    {
        var frozen = FrozenPlan.Read(plan);
        FrozenStep expected = frozen.Rows[row];
        using var watch = new ParentWatch(frozen.Parent);
        var attempt = new Attempt(expected.Attempt);
        try
        {
            IReadOnlyList<IStage> stages = compose(frozen.Campaign);
            Step step = Find(stages, expected, frozen, code?.Invoke(stages) ?? CodeOf(frozen));
            var place = new WorkPlace(
                [.. expected.Inputs.Select(input => new WorkInput(input.Place, InputContent.Thaw(input.Content)))],
                attempt,
                expected.Scratch,
                frozen.Seed,
                expected.Memory,
                expected.Journal);
            ChildOutcome.WriteDone(attempt.Result, Work(step, place, cancellation));
            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { return Interrupted; }
        catch (PipelineException failure)
        {
            ChildOutcome.WriteFailed(attempt.Result, failure);
            return failure switch { StepFailed => 1, Misuse => 2, _ => 3 };
        }
    }

    private static WorkDone Work(Step step, WorkPlace place, CancellationToken cancellation)
    {
        try { return new StepWork(step, place).Do(new ProgressPrinter(Console.Out), cancellation); }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw StepFailure.Of(step, problem);
        }
    }

    private static Dictionary<string, ContentHash> CodeOf(FrozenPlan plan) =>
        plan.Code.ToDictionary(
            stage => stage.Key,
            stage =>
                ContentHash.TryParse(stage.Value, out ContentHash hash)
                    ? hash
                    : throw new Defect($"the frozen plan has '{stage.Value}' as the code of {stage.Key}"));

    private static Step Find(
        IReadOnlyList<IStage> stages,
        FrozenStep expected,
        FrozenPlan plan,
        IReadOnlyDictionary<string, ContentHash> code)
    {
        Step step = stages.SelectMany(stage => stage.Steps()).FirstOrDefault(step => step.Id == expected.Id)
            ?? throw BuildGraphErrors.NotInPlan(expected.Id);
        InputContent[] inputs = [.. expected.Inputs.Take(step.Reads.Count).Select(input => InputContent.Thaw(input.Content))];
        var there = new Fingerprint(expected.Parts.Select(part => KeyValuePair.Create(part.Name, part.Value)));
        var here = Fingerprint.Of(
            step,
            code.TryGetValue(step.Stage, out ContentHash known) ? known : null,
            inputs,
            there.HasSeed ? plan.Seed : null);
        return here.Hash == there.Hash && step.Reads.Count == expected.Inputs.Count
            ? step
            : throw BuildGraphErrors.PlanDiffers(step, here.Since(there));
    }
}
