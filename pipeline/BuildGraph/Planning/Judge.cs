using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Decides whether a step is stale, once everything it reads is as it will be. For one thread.</summary>
internal sealed class Judge(BuildPlan plan, BuildLog log, Contents contents, BuildRequest request)
{
    private readonly LineageText _lineage = new(log);
    private readonly FingerprintText _text = new();
    private string _stage = "";
    private ContentHash? _code;

    /// <summary>Steps whose products are missing on purpose and are needed again, and why; see <see cref="NeededAgain"/>.</summary>
    public IReadOnlyDictionary<PlannedStep, StaleReason> Needed { get; set; } = new Dictionary<PlannedStep, StaleReason>();

    /// <summary>The verdict on a step whose makers have all ended.</summary>
    public Verdict Of(PlannedStep planned, CancellationToken cancellation)
    {
        Step step = planned.Step;
        string? lineage = ReadsLineage(step) ? _lineage.Of(planned) : null;
        var inputs = new InputContent[step.Reads.Count];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = Read(step.Reads[i], lineage, cancellation);

        StepRecord? old = log.Step(step.Id);
        _text.Set(step, CodeOf(step.Stage), inputs, old is { Fingerprint.HasSeed: true } ? request.Seed : null);
        // Equal parts need no hash.
        Fingerprint now =
            old is not null && _text.Bytes.SequenceEqual(old.Fingerprint.Text.Span)
                ? old.Fingerprint
                : new Fingerprint(_text.Hash(), _text.Bytes.ToArray());
        StaleReason[] reasons = Reasons(step, old, now, cancellation);
        if (reasons.Length == 0 && Needed.TryGetValue(planned, out StaleReason? needed)) reasons = [needed];
        return reasons.Length == 0 ? Verdict.UpToDate : new Verdict(now, inputs, reasons, lineage);
    }

    /// <summary>A raw file that a step would have to read if it ran, and that is no longer there.</summary>
    public Artifact? Gone(Step step) =>
        step.Reads.FirstOrDefault(input => input.Artifact.Kind == ArtifactKind.Raw && contents.IsGone(input.Artifact))?.Artifact;

    private ContentHash? CodeOf(string stage)
    {
        if (stage == _stage) return _code;
        _stage = stage;
        return _code = request.Code.TryGetValue(stage, out ContentHash known) ? known : null;
    }

    private static bool ReadsLineage(Step step)
    {
        for (int i = 0; i < step.Reads.Count; i++)
            if (step.Reads[i].Artifact.Kind == ArtifactKind.Lineage) return true;
        return false;
    }

    private InputContent Read(StepInput input, string? lineage, CancellationToken cancellation)
    {
        Artifact artifact = input.Artifact;
        if (artifact.Kind == ArtifactKind.Lineage) return InputContent.Whole(ContentHash.Of(lineage!));
        if (artifact.Kind == ArtifactKind.Raw)
            return contents.OfRaw(artifact, cancellation) is { } raw
                ? InputContent.Whole(raw.Hash)
                : throw BuildGraphErrors.RawMissing(artifact);
        OutputRecord? made = log.Step(plan.MakerOf(artifact.Path).Step.Id)?.Output(artifact.Path);
        return made is null ? InputContent.Unknown : InputContent.Of(made, input.Columns);
    }

    private StaleReason[] Reasons(Step step, StepRecord? old, Fingerprint now, CancellationToken cancellation)
    {
        if (old is null)
            return
            [
                log.WasInterrupted(step.Id)
                    ? new StaleReason("last attempt", "interrupted", "again")
                    : new StaleReason("never built", null, "first build"),
            ];
        if (old.Fingerprint.Hash != now.Hash)
            return
            [
                .. now.Since(old.Fingerprint)
                    .Select(reason =>
                        reason.Component == Fingerprint.CodeOf(step) ? WithMembers(reason, step, old.Fingerprint, now) : reason),
            ];
        StaleReason[] edited = [];
        for (int i = 0; i < old.Outputs.Count; i++)
            if (Edited(old.Outputs[i], cancellation) is { } reason) edited = [.. edited, reason];
        return edited;
    }

    private StaleReason WithMembers(StaleReason reason, Step step, Fingerprint before, Fingerprint now)
    {
        string component = Fingerprint.CodeOf(step);
        return
            ContentHash.TryParse(before.Part(component) ?? "", out ContentHash old)
            && ContentHash.TryParse(now.Part(component) ?? "", out ContentHash @new)
            ? reason with { Members = request.CodeChanges(step.Stage, old, @new) }
            : reason;
    }

    private StaleReason? Edited(OutputRecord output, CancellationToken cancellation)
    {
        Content? found = contents.OfProduct(output.Kind, output.Path, cancellation);
        if (found is { } content && content.Hash == output.Hash) return null;
        if (found is null && log.IsReleased(output.Path)) return null;
        return new StaleReason(
            $"output {output.Path}",
            output.Hash.Short + "…",
            found is { } other ? other.Hash.Short + "… (edited outside)" : "missing");
    }
}
