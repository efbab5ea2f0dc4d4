using Shouldly;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>That thresholds are always found, on 1,000 random samples, with efficiencies counted again row by row.</summary>
public sealed class WorkingPointSearchTests
{
    private const int Cases = 1000;

    private static readonly Lazy<(RandomTaus Taus, WorkingPointTable Table)[]> Searches = new(() =>
        [
            .. Enumerable.Range(0, Cases)
                .Select(i => new RandomTaus((ulong)i))
                .Select(taus => (taus, new WorkingPointFinder(taus.Settings).Find(taus.Scores, taus.Weights))),
        ]);

    [Fact]
    public void Targets_are_met_within_one_tau_in_at_least_95_of_100_samples()
    {
        int met = Searches.Value.Count(search => search.Taus.Miss([.. search.Table.Rows.Select(row => row.Threshold)]) == (0, 0));

        met.ShouldBeGreaterThanOrEqualTo(Cases * 95 / 100);
    }

    [Fact]
    public void Where_they_are_not_no_visited_state_is_better()
    {
        foreach ((RandomTaus taus, WorkingPointTable table) in Searches.Value)
        {
            (double, double) miss = taus.Miss([.. table.Rows.Select(row => row.Threshold)]);
            if (miss == (0, 0)) continue;
            table.Ending.ShouldBe(SearchEnding.BestVisited, $"sample {taus.Seed}");
            for (int visited = 0; visited < table.Iterations; visited++)
                taus.Miss([.. table.Rows.Select(row => row.History[visited])])
                    .CompareTo(miss)
                    .ShouldBeGreaterThanOrEqualTo(0, $"sample {taus.Seed}, state {visited}");
        }
    }

    // 20,000 taus crowd within 1e-4 below 1: a step of the tolerance of 1e-5 passes some 2,000 of them.
    [Fact]
    public void Where_scores_stand_densely_a_small_step_is_no_rest()
    {
        double[] crowd = [.. Enumerable.Range(0, 20_000).Select(i => 1 - 1e-4 * (i + 1) / 20_000)];
        double[] other = [.. Enumerable.Range(0, crowd.Length).Select(i => (i * 7919 % crowd.Length + 0.5 + 0.3 * i) / crowd.Length)];

        WorkingPointTable table = new WorkingPointFinder(new WorkingPointSettings
        {
            Targets = [new("e", WorkingPoint.Loose, 0.9), new("jet", WorkingPoint.Loose, 0.8)],
            Required = new Dictionary<string, WorkingPoint> { ["e"] = WorkingPoint.Loose, ["jet"] = WorkingPoint.Loose },
            Decimals = 12,
        }).Find(new Dictionary<string, double[]> { ["e"] = crowd, ["jet"] = other });

        // float32 thresholds, 6e-8 apart, stand for some ten of the crowd
        table.Rows.ShouldAllBe(row => Math.Abs(row.Remains) <= 15 / (0.8 * crowd.Length));
    }

    [Fact]
    public void All_three_endings_are_seen() =>
        Searches.Value.Select(search => search.Table.Ending).Distinct().Count().ShouldBe(3);

    [Fact]
    public void The_achieved_efficiencies_are_those_counted_row_by_row()
    {
        foreach ((RandomTaus taus, WorkingPointTable table) in Searches.Value.Take(100))
        {
            double[] thresholds = [.. table.Rows.Select(row => row.Threshold)];
            for (int i = 0; i < thresholds.Length; i++)
                table.Rows[i].Achieved.ShouldBe(taus.Efficiency(i, thresholds).Share, 1e-10, $"sample {taus.Seed}");
        }
    }
}
