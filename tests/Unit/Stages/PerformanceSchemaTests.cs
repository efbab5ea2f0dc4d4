using System.Text.Json.Nodes;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// What performance.json says of samples that have little to say, and that it says nothing that its schema has not: no NaN first of all.
/// </summary>
public sealed class PerformanceSchemaTests
{
    private static readonly SchemaCheck Schema = new(JsonNode.Parse(File.ReadAllText(Checkout.At("docs", "performance.schema.json")))!);

    private static readonly float[] Ones = [1, 1, 1, 1, 1];

    [Fact]
    public void Every_score_the_same_is_a_curve_of_its_ends_and_an_area_of_a_half()
    {
        RocEntry curve = Checked(PerformanceBuilderTests.Build("metrics: { efficiencies: [0.7] }", taus: Ones, jets: Ones)).RocCurve.Single();

        curve.TruePositiveRate.ShouldBe([0, 1]);
        curve.FalsePositiveRate.ShouldBe([0, 1]);
        curve.AucScore.ShouldBe(0.5);
        curve.Rates.Single().Rate.ShouldBe(1); // the one cut that lets taus pass lets all pass
    }

    [Fact]
    public void An_empty_class_in_a_region_has_no_curve_and_a_note()
    {
        Performance performance = Checked(PerformanceBuilderTests.Build("metrics: {}", pairMore: "pt: [[20, 1000], [100, 1000]],"));

        RocEntry empty = performance.RocCurve.Single(curve => curve.Bin.PtMin == 100);
        (empty.Signal, empty.Background, empty.AucScore, empty.TruePositiveRate.Count, empty.Rates.Count).ShouldBe((0L, 0L, null, 0, 0));
        performance.RocWp.Single(point => point.Bin.PtMin == 100).TruePositiveRate.ShouldBe(new IntervalEntry(null, null, null, 0, 0));
        performance.Notes.ShouldContain(note => note.Contains("0 signal and 0 background rows; no curve"));
    }

    [Fact]
    public void One_class_alone_has_no_curve_and_a_note()
    {
        Performance performance = Checked(PerformanceBuilderTests.Build("metrics: {}", background: _ => { }));

        performance.RocCurve.ShouldBeEmpty();
        performance.Notes.ShouldContain(note => note.Contains("no background row is left"));
    }

    [Fact]
    public void Rows_without_a_score_are_left_out_and_counted()
    {
        Performance performance = Checked(PerformanceBuilderTests.Build("metrics: {}", taus: [0.95f, 0.9f, float.NaN, 0.6f, 0.3f]));

        // of the pairs of 4 taus and 5 jets (.85 .6 .4 .2 .1): 5 + 5 + 3.5 + 2
        RocEntry curve = performance.RocCurve.Single();
        (curve.Signal, curve.NoScore).ShouldBe((4L, 1L));
        curve.AucScore!.Value.ShouldBe(15.5 / 20, 1e-12);
        performance.Notes.ShouldContain(note => note.Contains("1 row has no score"));
        Checked(PerformanceBuilderTests.Build("metrics: {}", taus: Nothing, jets: Nothing)).RocCurve.ShouldBeEmpty();
    }

    // Jets weigh 1 1 .5 1 1: the taus beat weights of 4.5, 4.5, 3.5, 3 and 2 of 4.5. No weight on a side leaves no area.
    [Theory]
    [InlineData(new[] { 0f, 1, 1, 1, 1 }, 13 / 18.0)]
    [InlineData(new[] { 0f, 0, 0, 0, 0 }, null)]
    [InlineData(new[] { -1f, -1, 0, 1, 1 }, null)]
    [InlineData(new[] { -1f, 1, 1, 1, 1 }, (-4.5 + 13) / 13.5)]
    public void Weights_of_zero_and_below_count_as_they_are(float[] weights, double? area)
    {
        Performance performance = Checked(PerformanceBuilderTests.Build("metrics: { replicas: 20 }", tauWeights: weights, weight: "event"));

        RocEntry curve = performance.RocCurve.Single();
        if (area is { } expected) curve.AucScore!.Value.ShouldBe(expected, 1e-7);
        else
        {
            curve.AucScore.ShouldBeNull();
            performance.Notes.ShouldContain(note => note.Contains("no curve"));
        }
    }

    [Fact]
    public void An_efficiency_of_zero_is_a_mistake() =>
        Should.Throw<ShouldAssertException>(() => PerformanceBuilderTests.Build("metrics: { efficiencies: [0] }")).Message
            .ShouldContain("efficiencies");

    private static float[] Nothing => [.. Ones.Select(_ => float.NaN)];

    private static Performance Checked(Performance performance)
    {
        using var folder = new TempFolder();
        PerformanceFile.Write(new ProductOutput(folder.At("performance.json")), new PerformanceFile(performance));
        string text = File.ReadAllText(folder.At("performance.json"));
        Schema.Faults(JsonNode.Parse(text)).ShouldBeEmpty();
        return performance;
    }
}
