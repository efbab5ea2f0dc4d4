namespace TauPipeline.Physics;

/// <summary>One comparison of a chunk with all other chunks.</summary>
/// <param name="Level">Rows of what: <c>all</c>, or of one <c>class</c>, <c>group</c> or <c>dataset</c>.</param>
/// <param name="Distribution">What is compared: <c>tau_type</c>, <c>tau_pt of class jet</c>.</param>
/// <param name="Chunk">Which chunk, from 0.</param>
/// <param name="Test"><see cref="Chi2"/> or <see cref="Kolmogorov"/>.</param>
/// <param name="Statistic">chi2, or the scaled Kolmogorov distance.</param>
/// <param name="DegreesOfFreedom">Of chi2, after joining sparse bins; 0 for Kolmogorov.</param>
/// <param name="PValue">Of this test alone.</param>
/// <param name="Adjusted">After Holm's correction over all tests.</param>
public sealed record ChunkTest(
    string Level, string Distribution, int Chunk, string Test, double Statistic, int DegreesOfFreedom, double PValue, double Adjusted)
{
    /// <summary>The test of homogeneity by chi2.</summary>
    public const string Chi2 = "chi2";

    /// <summary>The test by the largest distance of cumulative shares.</summary>
    public const string Kolmogorov = "ks";
}

/// <summary>The counts behind a comparison, for drawing.</summary>
/// <param name="Distribution">What is compared.</param>
/// <param name="Chunk">Which chunk.</param>
/// <param name="Edges">Of the bins; of numbered names half-way between the numbers.</param>
/// <param name="Labels">The names of the bins, if they have names.</param>
/// <param name="Own">Rows of the chunk in each bin.</param>
/// <param name="Others">Rows of all other chunks in each bin.</param>
/// <param name="Outside">Rows of all chunks below, above, or not a number: compared as bins of their own, not drawn.</param>
public sealed record ChunkHistogram(
    string Distribution,
    int Chunk,
    IReadOnlyList<double> Edges,
    IReadOnlyList<string> Labels,
    IReadOnlyList<long> Own,
    IReadOnlyList<long> Others,
    long Outside);
