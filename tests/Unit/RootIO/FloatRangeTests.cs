using Shouldly;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>How comments and titles say the packing of Double32_t and Float16_t (guide section 4.5).</summary>
public sealed class FloatRangeTests
{
    [Theory]
    [InlineData("[0.9,1.0,16] V0 cosine of pointing angle", 0.9, 1.0, 16)]
    [InlineData("[-1.28,1.28,8]", -1.28, 1.28, 8)]
    [InlineData("x[n][3][0, 10]", 0, 10, 32)]
    [InlineData("[-pi,pi,12] azimuth", -Math.PI, Math.PI, 12)]
    [InlineData("[0,twopi]", 0, 2 * Math.PI, 32)]
    [InlineData("[-pi/2,2*pi,31]", -Math.PI / 2, 2 * Math.PI, 31)]
    [InlineData("[0,0,14]", 0, 0, 14)]
    [InlineData("[0,1,40]", 0, 1, 32)]
    public void A_range_is_the_first_bracket_with_a_comma(string comment, double minimum, double maximum, int bits) =>
        FloatRange.Find(comment).ShouldBe(new FloatRange(minimum, maximum, bits));

    [Theory]
    [InlineData("no range")]
    [InlineData("arr[3][4]")]
    [InlineData("[a,b] names of two things")]
    [InlineData("[0,1")]
    public void Other_texts_have_none(string comment) => FloatRange.Find(comment).ShouldBeNull();
}
