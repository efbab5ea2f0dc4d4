namespace TauPipeline.BuildGraph;

/// <summary>Finds and words a circle of steps that wait for each other.</summary>
internal static class Circle
{
    /// <summary>One circle among steps none of which can be first, as a chain of steps and what they hand on.</summary>
    public static string Describe(IEnumerable<PlannedStep> stuck)
    {
        var among = new HashSet<PlannedStep>(stuck);
        var order = new List<PlannedStep>();
        var place = new Dictionary<PlannedStep, int>();
        // Every stuck step reads from a stuck step, so walking upstream must come back to where it has been.
        PlannedStep at = among.MinBy(step => step.Index)!;
        while (place.TryAdd(at, order.Count))
        {
            order.Add(at);
            at = at.Upstream.First(among.Contains);
        }
        List<PlannedStep> circle = [.. order[place[at]..], at];
        circle.Reverse();
        return "a circle: "
            + string.Join(" -> ", circle.Select((step, i) => i == 0 ? step.Step.Id : $"[{Handed(circle[i - 1], step)}] -> {step.Step.Id}"));
    }

    private static string Handed(PlannedStep maker, PlannedStep reader)
    {
        HashSet<string> made = [.. maker.Step.Outputs().Select(output => output.Path)];
        return reader.Step.Reads.First(input => made.Contains(input.Artifact.Path)).Artifact.Path;
    }
}
