using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>The worked examples of the specification, sections 4.2 and 4.3.</summary>
public sealed class LayerWidthsTests
{
    [Theory]
    [InlineData(104, 52, 1.4, null, null, "104 74 52")]
    [InlineData(207, 104, 1.6, null, null, "207 129 104")]
    [InlineData(200, 200, 1, 4, null, "200 200 200 200")]
    [InlineData(100, 10, 2, null, null, "100 50 25 12 10")]
    [InlineData(100, 10, 2, null, 3, "100 50 10")]
    [InlineData(50, 64, 1.6, null, null, "50")]
    [InlineData(64, 64, 1.6, 3, null, "64 64 64")]
    public void Widths_fall_by_the_rate_to_the_last_one(int first, int last, double rate, int? least, int? most, string widths) =>
        string.Join(' ', new LayerWidths(first, last, rate) { AtLeast = least, AtMost = most }.All()).ShouldBe(widths);

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void A_rate_that_never_comes_to_the_last_width_is_refused(double rate) =>
        Should.Throw<Misuse>(() => new LayerWidths(10, 5, rate).All()).Message.ShouldContain("above 1");

    [Theory]
    [InlineData(11, 3, null, 0, "3 3 3 3 3")]
    [InlineData(21, 3, null, 0, "3 3 3 3 3 3 3 3 3 3")]
    [InlineData(25, 3, null, 3, "3 3 p3 3 3 3")]
    [InlineData(6, 3, null, 1, "p2 3")]
    [InlineData(4, 3, null, 1, "p3")]
    [InlineData(4, 3, null, 0, "3 2")]
    [InlineData(1, 3, null, 0, "")]
    public void A_grid_becomes_one_cell(int cells, int window, double? rate, int pooling, string steps) =>
        string.Join(' ', GridReduction.DeepTau(cells, 64, window, rate, pooling).Select(one => (one.IsPooling ? "p" : "") + one.Window))
            .ShouldBe(steps);

    [Fact]
    public void Filters_follow_the_rate_by_which_a_grid_s_numbers_become_fewer()
    {
        GridReduction.DeepTau(11, 64, 3, 1.6)[0].Filters.ShouldBe(60);
        GridReduction.DeepTau(3, 64, 3, 1.6)[0].Filters.ShouldBe(360);
        GridReduction.DeepTau(7, 64, 3).ShouldAllBe(step => step.Filters == 64);
    }

    [Fact]
    public void A_window_of_one_cell_would_never_end() =>
        Should.Throw<Misuse>(() => GridReduction.DeepTau(11, 64, 1)).Message.ShouldContain("at least 2");
}
