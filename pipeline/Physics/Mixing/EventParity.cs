using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// Keeps, of what another way of mixing takes, the rows of even or of odd event numbers (data-preparation 4.6.1, <c>parity</c>): the
/// decisions of the other are the same with and without.
/// </summary>
public sealed class EventParity(IMixing mixing, ulong parity) : IMixing
{
    /// <summary>Why the others are left out, fit for the row ledger.</summary>
    public const string Reason = "event number of the other parity";

    /// <inheritdoc/>
    public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups)
    {
        foreach (MixStep step in mixing.Mix(groups))
        {
            BatchRow row = step.Candidate.Row;
            bool leftOut = step.Copies > 0 && row.Batch.Flat<ulong>(CandidateColumns.Evt)[row.Index] % 2 != parity;
            yield return leftOut ? step with { Copies = 0, Reason = Reason } : step;
        }
    }
}
