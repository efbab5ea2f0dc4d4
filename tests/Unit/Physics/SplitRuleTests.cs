using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class SplitRuleTests
{
    private static readonly (string, double)[] Parts = [("train", 0.6), ("validation", 0.1), ("calibration", 0.1), ("test", 0.2)];

    [Fact]
    public void Splits_have_their_fractions()
    {
        var rule = new SplitRule(Parts, seed: 1);
        var counts = new int[4];

        for (uint evt = 0; evt < 50_000; evt++) counts[rule.Of(1, evt / 100, evt)]++;

        counts.Select((count, split) => (count - 50_000 * Parts[split].Item2) / Math.Sqrt(50_000 * Parts[split].Item2))
            .ShouldAllBe(pull => Math.Abs(pull) < 4);
    }

    [Fact]
    public void An_event_goes_one_way_and_run_lumi_event_and_seed_all_matter()
    {
        var rule = new SplitRule(Parts, seed: 1);
        double here = rule.Fraction(3, 14, 159);

        new SplitRule([("a", 0.5), ("b", 0.5)], seed: 1).Fraction(3, 14, 159).ShouldBe(here);
        double[] others =
        [
            rule.Fraction(4, 14, 159),
            rule.Fraction(3, 15, 159),
            rule.Fraction(14, 3, 159),
            rule.Fraction(3, 14, 160),
            new SplitRule(Parts, seed: 2).Fraction(3, 14, 159),
        ];
        others.ShouldAllBe(fraction => Math.Abs(fraction - here) > 1e-9);
        here.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void Neighbouring_events_are_independent()
    {
        var rule = new SplitRule([("fold0", 0.5), ("fold1", 0.5)], seed: 5);

        int same = Enumerable.Range(0, 20_000).Count(evt => rule.Of(1, 1, (ulong)evt) == rule.Of(1, 1, (ulong)evt + 1));

        // binomial(20000, .5): 10000 +- 71
        same.ShouldBeInRange(9_700, 10_300);
        rule.Names.ShouldBe(["fold0", "fold1"]);
    }

    [Fact]
    public void Fractions_that_do_not_add_up_and_repeated_names_are_refused()
    {
        Should.Throw<Misuse>(() => new SplitRule([("train", 0.6), ("test", 0.3)], 1));
        Should.Throw<Misuse>(() => new SplitRule([("train", 1.1), ("test", -0.1)], 1));
        Should.Throw<Misuse>(() => new SplitRule([("train", 0.5), ("train", 0.5)], 1)).Text.Title.ShouldContain("'train'");
    }
}
