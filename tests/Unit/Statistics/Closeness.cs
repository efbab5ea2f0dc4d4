using Shouldly;

namespace TauPipeline.Tests.Unit.Statistics;

/// <summary>Compares lists of numbers with an absolute tolerance.</summary>
internal static class Closeness
{
    public static void ShouldBeClose(this IEnumerable<double> found, IEnumerable<double> expected, double tolerance)
    {
        double[] left = [.. found], right = [.. expected];
        left.Length.ShouldBe(right.Length);
        for (int i = 0; i < left.Length; i++) left[i].ShouldBe(right[i], tolerance, $"element {i}");
    }
}
