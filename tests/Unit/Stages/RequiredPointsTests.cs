using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Which rows an efficiency is a share of, with working points required against the other classes: five rows a side.</summary>
public sealed class RequiredPointsTests
{
    // Against jets and against electrons: passed by A both, B jets alone, C electrons alone, D neither, E both.
    private static readonly (bool Jet, bool Electron)[] Rows = [(true, true), (true, false), (false, true), (false, false), (true, true)];

    // A, B, E of all; A, E of all; A, E of A, C, E.
    [Theory]
    [InlineData("none", 3, 5)]
    [InlineData("numerator", 2, 5)]
    [InlineData("both", 2, 3)]
    public void Points_are_required_where_it_is_said(string require, long passed, long total)
    {
        EfficiencyEntry pt = Measured(require, "none").Efficiencies.Single(entry => entry.Variable == "pt");

        foreach (IntervalEntry bin in new[] { pt.Genuine.Single(), pt.Misidentified.Single() })
        {
            (bin.Passed, bin.Total).ShouldBe((passed, total));
            bin.Value!.Value.ShouldBe((double)passed / total, 1e-12);
        }
        string[] required = ["Loose against e"];
        pt.Definition.RequiredInNumerator.ShouldBe(require == "none" ? [] : required);
        pt.Definition.RequiredInDenominator.ShouldBe(require == "both" ? required : []);
    }

    // Row i weighs i + 1: A and E are 1 + 5 of 1 + 3 + 5.
    [Fact]
    public void Weights_count_in_both() =>
        Measured("both", "event")
            .Efficiencies.Single(entry => entry.Variable == "pt")
            .Genuine.Single()
            .Value!.Value.ShouldBe(6 / 9.0, 1e-12);

    // Where a table of thresholds and the curve of its scores are made of the same weighted rows, each point lies on the curve.
    [Fact]
    public void A_weighted_point_of_the_network_lies_on_the_weighted_curve()
    {
        Performance performance = Measured("none", "event");

        WorkingPointEntry point = performance.RocWp.Single();
        RocEntry curve = performance.RocCurve.Single();
        int at = curve.TruePositiveRate.ToList().FindIndex(rate => Math.Abs(rate - point.TruePositiveRate.Value!.Value) < 1e-12);
        // A, B, E weigh 1 + 2 + 5 of 15.
        point.TruePositiveRate.Value!.Value.ShouldBe(8 / 15.0, 1e-12);
        curve.FalsePositiveRate[at].ShouldBe(point.FalsePositiveRate.Value!.Value, 1e-12);
    }

    private static Performance Measured(string require, string weight)
    {
        ConfigBlock root = Campaigns.Root($$"""
            definitions: { weight: {{weight}} }
            metrics: { require: {{require}}, prune_decimals: 9, variables: { pt: { bins: [20, 40] } } }
            evaluation: [{ name: a, against: jet, signal: { DY: [tau] }, background: { DY: [jet] } }]
            """);
        DiscriminatorSettings discriminators = DiscriminatorSettings.Read(root, ClassSettings.Standard);
        EvaluationSettings evaluation = EvaluationSettings.Read(
            root,
            root.Block("definitions"),
            [Campaigns.Dataset("DY")],
            ClassSettings.Standard);
        MetricsSettings settings = MetricsSettings.Read(root.Block("metrics"), "test", discriminators, evaluation)
            .With(false, new Dictionary<TauClass, WorkingPoint> { [StandardClasses.Electron] = WorkingPoint.Loose }, "test rows");
        Campaigns.MistakesOf(root).ShouldBeEmpty();
        var table = new WorkingPointTable([
            new("jet", WorkingPoint.Medium, 0.5, 0.5, 0.5, []),
            new("e", WorkingPoint.Loose, 0.5, 0.5, 0.5, []),
        ]);
        var builder = new PerformanceBuilder(settings, table);
        builder.Add(evaluation.Pairs.Single(), Side(), Side());
        return builder.Finish([]);

        ScoredRows Side()
        {
            var side = new ScoredRows(StandardClasses.Scheme, discriminators.All, evaluation.Weight, settings.Variables);
            side.Add("DY", Scored());
            return side;
        }
    }

    // 0.4 of tau against 0.1 is 0.8 and passes a threshold of 0.5, against 0.6 it is 0.4 and does not.
    private static Batch Scored() => ScoredBatch.Of([.. Rows.Select(row => (0.4f, Other(row.Jet)))]).With(
        new Column<float>(CandidateColumns.Score(StandardClasses.Electron), Rows.Select(row => Other(row.Electron)).ToArray()),
        new Column<float>(CandidateColumns.Weight, Rows.Select((_, i) => i + 1f).ToArray()));

    private static float Other(bool passes) => passes ? 0.1f : 0.6f;
}
