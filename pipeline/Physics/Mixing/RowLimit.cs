namespace TauPipeline.Physics;

/// <summary>Ends another way of mixing once it has taken so many candidates (data-preparation 4.6.1, <c>max-entries</c>).</summary>
public sealed class RowLimit(IMixing mixing, long most) : IMixing
{
    /// <inheritdoc/>
    public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups)
    {
        long taken = 0;
        foreach (MixStep step in mixing.Mix(groups))
        {
            yield return step;
            if (step.Copies > 0 && ++taken == most) yield break;
        }
    }
}
