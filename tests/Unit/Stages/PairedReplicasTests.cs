using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class PairedReplicasTests
{
    private const int Replicas = 40;

    private static readonly double[] Efficiencies = [0.5, 0.8];

    // Every event once, in whatever order rows come: sample and replicas are those of the events.
    [Fact]
    public void The_same_events_give_the_same_replicas_in_any_order()
    {
        int[] rows = [.. Enumerable.Range(0, 60)];

        ReplicaEntry one = Of(rows), other = Of([.. rows.Reverse()]);

        other.Sample.ShouldBe(one.Sample);
        other.Area.ShouldBe(one.Area);
        other.Rates.Select(rates => rates.Count).ShouldBe([Replicas, Replicas]);
        other.Rates[1].ShouldBe(one.Rates[1]);
    }

    [Fact]
    public void Another_event_or_weight_is_another_sample()
    {
        int[] rows = [.. Enumerable.Range(0, 60)];
        string sample = Of(rows).Sample;

        Of([.. rows.Skip(1), 60]).Sample.ShouldNotBe(sample);
        Of(rows, weight: 2).Sample.ShouldNotBe(sample);
        sample.ShouldStartWith("60 and 60 rows, ");
    }

    // A score and its double differ in no replica, though each of both spreads.
    [Fact]
    public void What_two_scores_of_the_same_rows_share_cancels()
    {
        int[] rows = [.. Enumerable.Range(0, 60)];
        ReplicaEntry one = Of(rows), doubled = Of(rows, scale: 2);

        doubled.Area.Zip(one.Area, (a, b) => a - b).ShouldAllBe(difference => difference == 0);
        one.Area.Distinct().Count().ShouldBeGreaterThan(Replicas / 2);
    }

    private static ReplicaEntry Of(int[] rows, double weight = 1, double scale = 1) =>
        PairedReplicas.Of(Side(rows, 0.3, weight, scale), Side(rows, 0, weight, scale), Efficiencies, Replicas);

    private static (Sample, double[]) Side(int[] rows, double better, double weight, double scale)
    {
        var side = new ScoredRows(StandardClasses.Scheme, [], RowWeight.None, []);
        side.Add("DY", ScoredBatch.Of([.. rows.Select(_ => (0.5f, 0.5f))]).With(
            new Column<ulong>(CandidateColumns.Evt, rows.Select(row => (ulong)row).ToArray())));
        double[] scores = [.. rows.Select(row => scale * (row * 37 % 60 / 60.0 + better))];
        return (new Sample(side, [.. rows.Select((_, i) => i)], [.. rows.Select(_ => weight)]), scores);
    }
}
