namespace TauPipeline.BuildGraph;

/// <summary>How long the work takes that waits for each step, by the durations of the last build.</summary>
internal static class CriticalPath
{
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(1);

    /// <summary>For each step of the plan, its own duration and the longest chain behind it.</summary>
    public static IReadOnlyList<TimeSpan> Of(BuildPlan plan, BuildLog log)
    {
        var length = new TimeSpan[plan.Steps.Count];
        for (int i = plan.Steps.Count - 1; i >= 0; i--)
        {
            TimeSpan behind = default;
            foreach (PlannedStep reader in plan.Steps[i].Downstream)
                if (length[reader.Index] > behind) behind = length[reader.Index];
            length[i] = behind + (log.Step(plan.Steps[i].Step.Id)?.Duration ?? Unknown);
        }
        return length;
    }
}
