using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The mistakes that can be seen before anything runs; each is one line, and all are told at once.</summary>
internal static class PlanChecks
{
    /// <summary>The stages asked for.</summary>
    public static HashSet<string> Targets(IReadOnlyList<IStage> stages, IReadOnlyList<string> targets, List<string> mistakes)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (IStage stage in stages)
            if (!known.Add(stage.Name)) mistakes.Add($"two stages are named {stage.Name}");
        foreach (string target in targets)
            if (!known.Contains(target))
                mistakes.Add(
                    $"this campaign has no stage '{target}'; nearest: {ErrorText.Nearest(target, known)}; it has: {string.Join(", ", stages.Select(stage => stage.Name))}"
                );
        return new(targets, StringComparer.Ordinal);
    }

    /// <summary>The steps of a stage.</summary>
    public static IReadOnlyList<Step> StepsOf(IStage stage, List<string> mistakes)
    {
        IReadOnlyList<Step> steps = stage.Steps();
        foreach (Step step in steps)
        {
            if (step.Stage != stage.Name) mistakes.Add($"step {step.Id} is declared by stage {stage.Name}");
            if (LogicalPath.Fault(step.Id) is { } fault) mistakes.Add($"the name of step '{LogicalPath.Shown(step.Id)}' {fault}");
            for (int i = 0; i < step.Reads.Count; i++)
                if (LogicalPath.Fault(step.Reads[i].Artifact.Path) is { } wrong)
                    mistakes.Add($"{step.Id} reads '{LogicalPath.Shown(step.Reads[i].Artifact.Path)}', which {wrong}");
        }
        return steps;
    }

    /// <summary>A logical path stands for one raw file: what a step is given would else depend on which of them was named last.</summary>
    public static void RawFiles(IReadOnlyList<PlannedStep> all, List<string> mistakes)
    {
        var places = new Dictionary<string, string>(all.Count, StringComparer.Ordinal);
        foreach (PlannedStep planned in all)
            for (int i = 0; i < planned.Step.Reads.Count; i++)
                if (
                    planned.Step.Reads[i].Artifact is { Kind: ArtifactKind.Raw, Source: { } source } raw
                    && !places.TryAdd(raw.Path, source.Location)
                    && places[raw.Path] != source.Location)
                    mistakes.Add($"{raw.Path} stands for two raw files: {places[raw.Path]} and {source.Location}");
    }

    /// <summary>Logical path of every product, and the step that makes it.</summary>
    public static Dictionary<string, PlannedStep> Makers(IReadOnlyList<PlannedStep> all, List<string> mistakes)
    {
        var ids = new HashSet<string>(all.Count, StringComparer.Ordinal);
        var makers = new Dictionary<string, PlannedStep>(all.Count, StringComparer.Ordinal);
        var spellings = new HashSet<string>(all.Count, StringComparer.OrdinalIgnoreCase);
        foreach (PlannedStep planned in all)
        {
            Step step = planned.Step;
            if (!ids.Add(step.Id)) mistakes.Add($"two steps are named {step.Id}");
            IReadOnlyList<Artifact> outputs = step.Outputs();
            for (int i = 0; i < outputs.Count; i++)
            {
                Artifact output = outputs[i];
                string path = output.Path;
                if (output.Kind is not (ArtifactKind.Product or ArtifactKind.Folder))
                    mistakes.Add($"{step.Id} writes {path}, which is no product");
                else if (LogicalPath.ProductFault(path) is { } fault)
                    mistakes.Add($"{step.Id} writes '{LogicalPath.Shown(path)}', which {fault}");
                else if (makers.TryGetValue(path, out PlannedStep? other))
                    mistakes.Add($"{path} is made by two steps: {other.Step.Id} and {step.Id}");
                else if (!spellings.Add(path))
                    mistakes.Add(
                        $"{path} and {(spellings.TryGetValue(path, out string? spelt) ? spelt : path)} differ only in case: on some disks they are one file"
                    );
                else makers.Add(path, planned);
            }
        }
        string last = "";
        foreach ((string path, PlannedStep maker) in makers)
        {
            // Neighbours stand in the same folder.
            int end = path.LastIndexOf('/');
            if (end < 0 || last.Length == end && path.StartsWith(last, StringComparison.Ordinal)) continue;
            int before = mistakes.Count;
            foreach (string above in LogicalPath.Above(path))
                if (makers.TryGetValue(above, out PlannedStep? owner))
                    mistakes.Add($"{path} of {maker.Step.Id} is inside {above} of {owner.Step.Id}");
            if (mistakes.Count == before) last = path[..end];
        }
        return makers;
    }
}
