using System.Text.Json;

namespace TauPipeline.RootIO;

/// <summary>A few lines of a <see cref="BranchDigest"/> as plain text, for people.</summary>
/// <param name="Count">Number of values, or of texts.</param>
/// <param name="Sum">Sum of the finite values in double; 0 for text.</param>
/// <param name="First">The first three values as text.</param>
/// <param name="Last">The last three values as text.</param>
public sealed record BranchValues(long Count, double Sum, IReadOnlyList<string> First, IReadOnlyList<string> Last)
{
    /// <summary>Reads the whole branch, a batch at a time.</summary>
    /// <exception cref="Foundation.StepFailed">The branch is not read, or is damaged.</exception>
    public static BranchValues Of(RootTree tree, RootBranch branch, CancellationToken cancellation = default)
    {
        BranchDigest digest = BranchDigest.Of(tree, branch, cancellation);
        return new BranchValues(digest.Count, digest.Sum ?? 0, [.. digest.First.Select(Plain)], [.. digest.Last.Select(Plain)]);
    }

    private static string Plain(string json)
    {
        using JsonDocument value = JsonDocument.Parse(json);
        return value.RootElement.ToString();
    }
}
