using Shouldly;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Foundation;

/// <summary>Expected texts: python's repr, but for how an exponent is written.</summary>
public sealed class NumberTextTests
{
    [Theory]
    [InlineData(-2.9802322387695312e-08, "-2.9802322387695312E-08")]
    [InlineData(4.1045368012983762e-289, "4.1045368012983762E-289")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e23, "1E+23")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.0, "0")]
    [InlineData(15.0, "15")]
    public void A_number_has_the_shortest_text_that_reads_back(double value, string text) => NumberText.Exact(value).ShouldBe(text);

    [Fact]
    public void A_setting_is_told_from_its_neighbour()
    {
        double value = Math.ScaleB(1, -25);

        SettingsUsed.Canonical(value).ShouldNotBe(SettingsUsed.Canonical(Math.BitDecrement(value)));
        SettingsUsed.Canonical(-0.0).ShouldBe(SettingsUsed.Canonical(0));
    }
}
