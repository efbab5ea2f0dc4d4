using Shouldly;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class StoredWorkingPointsTests
{
    private const int Points = 8;

    [Theory]
    [InlineData(WorkingPointEncoding.Bits, new long[] { 0, 1, 15, 255 })]
    [InlineData(WorkingPointEncoding.Ordinal, new long[] { 0, 3, 5, 8 })]
    [InlineData(WorkingPointEncoding.Ordinal, new long[] { 0, 1 })]
    public void Values_tell_a_mask_of_nested_points_from_their_number(WorkingPointEncoding expected, long[] stored) =>
        StoredWorkingPoints.EncodingOf(stored, Points).ShouldBe(expected);

    [Theory]
    [InlineData(new long[] { 0, 1, 3, 7 })]
    [InlineData(new long[] { 5, 15 })]
    public void Values_that_fit_both_or_neither_tell_nothing(long[] stored) =>
        StoredWorkingPoints.EncodingOf(stored, Points).ShouldBeNull();
}
