using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Which stages a stage needs: those that write what it reads. Nothing else connects stages.</summary>
internal static class StageGraph
{
    /// <summary>Name of each stage, and the stages it needs, both in the order of the flow.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Needs(IReadOnlyList<IStage> stages)
    {
        var makers = new Dictionary<string, string>(StringComparer.Ordinal);
        Dictionary<IStage, IReadOnlyList<Step>> steps = stages.ToDictionary(stage => stage, stage => stage.Steps());
        foreach (IStage stage in stages)
            foreach (Step step in steps[stage])
                foreach (Artifact product in step.Writes.Append(step.Ledger)) makers[product.Path] = stage.Name;

        return stages.ToDictionary(stage => stage.Name, IReadOnlyList<string> (stage) =>
        {
            var read = steps[stage]
                .SelectMany(step => step.Reads)
                .Select(input => makers.GetValueOrDefault(input.Artifact.Path))
                .ToHashSet();
            return [.. stages.Select(other => other.Name).Where(name => name != stage.Name && read.Contains(name))];
        }, StringComparer.Ordinal);
    }

    /// <summary>These stages and all that they need, directly or not.</summary>
    public static HashSet<string> WithAllNeeded(IEnumerable<string> stages, IReadOnlyDictionary<string, IReadOnlyList<string>> graph)
    {
        var all = new HashSet<string>();
        var open = new Queue<string>(stages);
        while (open.TryDequeue(out string? stage))
            if (all.Add(stage)) foreach (string need in graph[stage]) open.Enqueue(need);
        return all;
    }
}
