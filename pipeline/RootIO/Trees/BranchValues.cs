namespace TauPipeline.RootIO;

/// <summary>All values of one branch in short: counts, sum, ends and hashes, comparable with what other readers find.</summary>
/// <param name="Kind"><c>fixed</c>, <c>jagged1</c> or <c>string</c>.</param>
/// <param name="DataType"><c>bool</c>, <c>i8</c> to <c>u64</c>, <c>f32</c>, <c>f64</c>, or <c>utf8</c>.</param>
/// <param name="Count">Number of values, or of texts.</param>
/// <param name="NonFinite">NaN and infinite values.</param>
/// <param name="Sum">Sum of the finite values in double; 0 for text.</param>
/// <param name="First">The first three values as text.</param>
/// <param name="Last">The last three values as text.</param>
/// <param name="Sha256">Hash of all values end to end, little-endian (bool as 0 and 1, text as its bytes).</param>
/// <param name="OffsetsSha256">Hash of the offsets as int64, little-endian, from 0; null for fixed.</param>
/// <param name="OffsetsCount">Number of offsets; 0 for fixed.</param>
public sealed record BranchValues(
    string Kind, string DataType, long Count, long NonFinite, double Sum, IReadOnlyList<string> First, IReadOnlyList<string> Last,
    string Sha256, string? OffsetsSha256, long OffsetsCount)
{
    private const int BatchRows = 16384;

    /// <summary>Reads the whole branch, a batch at a time.</summary>
    /// <exception cref="Foundation.StepFailed">The branch is not read, or is damaged.</exception>
    public static BranchValues Of(RootTree tree, RootBranch branch, CancellationToken cancellation = default)
    {
        using var values = new BranchValuesBuilder(branch);
        foreach (Columns.Batch batch in tree.Read([branch], 0, branch.Entries, BatchRows, cancellation)) batch.Columns[0].Accept(values);
        return values.Finish();
    }
}
