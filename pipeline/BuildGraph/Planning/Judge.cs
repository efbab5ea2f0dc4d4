using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Decides whether a step is stale, once everything it reads is as it will be.</summary>
internal sealed class Judge(BuildPlan plan, BuildFolder folder, BuildLog log, Contents contents, BuildRequest request)
{
    private readonly Lineage _lineage = new(log);

    /// <summary>The verdict on a step whose makers have all ended.</summary>
    public Verdict Of(PlannedStep planned, CancellationToken cancellation)
    {
        Step step = planned.Step;
        string? lineage = step.Reads.Any(input => input.Artifact.Kind == ArtifactKind.Lineage) ? _lineage.Of(planned) : null;
        InputContent[] inputs = [.. step.Reads.Select(input => Read(input, lineage, cancellation))];
        var now = Fingerprint.Of(step, request.Code.TryGetValue(step.Stage, out ContentHash known) ? known : null, inputs);
        if (log.Step(step.Id) is { Fingerprint.HasSeed: true }) now = now.With(request.Seed);
        return new Verdict(now, inputs, Reasons(step, now, cancellation), lineage);
    }

    private InputContent Read(StepInput input, string? lineage, CancellationToken cancellation)
    {
        Artifact artifact = input.Artifact;
        if (artifact.Kind == ArtifactKind.Lineage) return InputContent.Whole(ContentHash.Of(lineage!));
        if (artifact.Kind == ArtifactKind.Raw)
            return contents.OfFile(artifact.Source!.Location, cancellation) is { } raw ? InputContent.Whole(raw.Hash) : throw BuildGraphErrors.RawMissing(artifact);
        OutputRecord? made = log.Step(plan.MakerOf(artifact.Path).Step.Id)?.Output(artifact.Path);
        return made is null ? InputContent.Unknown : InputContent.Of(made, input.Columns);
    }

    private IReadOnlyList<StaleReason> Reasons(Step step, Fingerprint now, CancellationToken cancellation)
    {
        if (log.Step(step.Id) is not { } old)
            return [log.WasInterrupted(step.Id) ? new StaleReason("last attempt", "interrupted", "again") : new StaleReason("never built", null, "first build")];
        if (old.Fingerprint.Hash != now.Hash) return [.. now.Since(old.Fingerprint).Select(reason => reason.Component == Fingerprint.CodeOf(step) ? WithMembers(reason, step, old.Fingerprint, now) : reason)];
        return [.. old.Outputs.Select(output => Edited(output, cancellation)).OfType<StaleReason>()];
    }

    private StaleReason WithMembers(StaleReason reason, Step step, Fingerprint before, Fingerprint now)
    {
        string component = Fingerprint.CodeOf(step);
        return ContentHash.TryParse(before.Components.GetValueOrDefault(component, ""), out ContentHash old) && ContentHash.TryParse(now.Components.GetValueOrDefault(component, ""), out ContentHash @new)
            ? reason with { Members = request.CodeChanges(step.Stage, old, @new) }
            : reason;
    }

    private StaleReason? Edited(OutputRecord output, CancellationToken cancellation)
    {
        Content? found = contents.OfProduct(output.Kind, folder.Product(output.Path), cancellation);
        if (found is { } content && content.Hash == output.Hash) return null;
        return new StaleReason($"output {output.Path}", output.Hash.Short + "…", found is { } other ? other.Hash.Short + "… (edited outside)" : "missing");
    }
}
