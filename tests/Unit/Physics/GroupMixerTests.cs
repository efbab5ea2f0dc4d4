using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>The invariants of data-preparation 4.6.7 on two groups of different size and spectrum.</summary>
public sealed class GroupMixerTests
{
    private static readonly Dictionary<TauClass, double> Ratios = new() { [StandardClasses.Tau] = 1, [StandardClasses.Jet] = 2 };
    private static readonly MixCandidate[] Small = Sample(8_000, seed: 1, jets: 0.3);
    private static readonly MixCandidate[] Large = Sample(40_000, seed: 2, jets: 0.9);

    [Fact]
    public void Accepted_counts_are_flat_over_the_bins_of_each_type_and_group()
    {
        SpectralThinning thinning = Thinning(takeAll: false);

        MixStep[] accepted = [.. Run(thinning).Where(step => step.Copies == 1)];

        foreach (GroupAcceptance acceptance in thinning.Acceptances)
        {
            int group = acceptance.Group == "small" ? 0 : 1;
            double expected = acceptance.Counts[acceptance.BindingBin.AbsEta, acceptance.BindingBin.Pt] * thinning.Share(acceptance.Type);
            for (int bin = 0; bin < 6; bin++)
                ((double)Count(accepted, group, acceptance.Type, bin)).ShouldBe(
                    expected,
                    4 * Math.Sqrt(expected) + 1e-9,
                    $"{acceptance.Group} {acceptance.Type} bin {bin}");
        }
    }

    // The closure of the mixed sample: each bin is a binomial of its count and acceptance.
    [Theory]
    [InlineData(42, false)]
    [InlineData(43, false)]
    [InlineData(44, true)]
    [InlineData(45, true)]
    public void The_mixed_spectrum_is_what_is_expected_of_it(ulong seed, bool takeAll)
    {
        SpectralThinning thinning = Thinning(takeAll);
        MixStep[] accepted = [.. new GroupMixer(thinning, seed, "0").Mix(Sources()).Where(step => step.Copies == 1)];

        (double chi2, int bins) = (0, 0);
        foreach (YieldRow row in YieldTable.Of(thinning).Rows)
        {
            double chance = row.Acceptance * row.Share;
            long found = Count(accepted, row.Group == "small" ? 0 : 1, row.Type, row.AbsEta * 3 + row.Pt);
            if (chance > 1 - 1e-12) found.ShouldBe(row.Count);
            else (chi2, bins) = (chi2 + Math.Pow(found - row.Expected, 2) / (row.Expected * (1 - chance)), bins + 1);
        }

        bins.ShouldBeGreaterThan(15);
        Chi2.Probability(chi2, bins).ShouldBeGreaterThan(1e-3);
        Chi2.Probability(chi2, bins).ShouldBeLessThan(1 - 1e-3); // nor too good
    }

    [Fact]
    public void Mixing_ends_after_the_rows_that_are_wanted()
    {
        MixStep[] all = [.. Run(Thinning(takeAll: false))];

        MixStep[] steps = [.. new RowLimit(Mixer(Thinning(takeAll: false), "0"), 100).Mix(Sources())];

        steps.ShouldBe(all.Take(steps.Length));
        steps.Count(step => step.Copies == 1).ShouldBe(100);
        steps[^1].Copies.ShouldBe(1);
    }

    // The same draws as the original's, cut off where the first of the groups has given its share: to the row.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Mixing_ends_once_a_group_has_given_its_share(double fraction)
    {
        SpectralThinning thinning = Thinning(takeAll: false);
        MixStep[] all = [.. new GroupMixer(thinning, 42, "0", MixEnd.StopAtFirstExhausted).Mix(Sources())];

        MixStep[] steps = [.. new GroupMixer(thinning, 42, "0", MixEnd.StopAtFraction) { Fraction = fraction }.Mix(Sources())];

        steps.ShouldBe(all.Take(steps.Length));
        double[] shares =
        [
            .. Enumerable.Range(0, 2).Select(group => steps.Count(step => step.Group == group && IsWanted(step))
                / (double)thinning.Groups[group].Spectrum.Entries),
        ];
        shares.Max().ShouldBe(fraction, 1e-3);
        shares.ShouldAllBe(share => share < fraction + 2e-4);
        IsWanted(steps[^1]).ShouldBeTrue();
    }

    private static bool IsWanted(MixStep step) => step.Reason != GroupMixer.Reason(MixDecision.TypeNotWanted);

    [Fact]
    public void Types_stand_in_the_wanted_ratio()
    {
        MixStep[] accepted = [.. Run(Thinning(takeAll: false)).Where(step => step.Copies == 1)];

        double taus = accepted.Count(step => step.Candidate.Type == StandardClasses.Tau),
            jets = accepted.Count(step => step.Candidate.Type == StandardClasses.Jet);

        (jets / taus).ShouldBe(2, 4 * 2 * Math.Sqrt(1 / taus + 1 / jets));
    }

    [Fact]
    public void Take_all_keeps_the_last_bin_up_to_the_types_share_and_bounds_the_rest()
    {
        SpectralThinning thinning = Thinning(takeAll: true);
        MixStep[] steps = [.. Run(thinning)], accepted = [.. steps.Where(step => step.Copies == 1)];

        foreach (TauClass type in Types(thinning))
        {
            double all = steps.Count(step => step.Candidate.Type == type && step.Candidate.Pt is >= 40 and < 1000);
            double kept = accepted.Count(step => step.Candidate.Type == type && step.Candidate.Pt >= 40);
            double low = accepted.Count(step => step.Candidate.Type == type && step.Candidate.Pt < 40);
            (kept / all).ShouldBe(thinning.Share(type), 4 / Math.Sqrt(all) + 1e-9);
            (low / kept).ShouldBeLessThan(1 + 4 * Math.Sqrt(1 / low + 1 / kept));
        }
    }

    [Fact]
    public void Probabilities_lie_in_range_and_touch_one()
    {
        SpectralThinning thinning = Thinning(takeAll: true);

        Types(thinning).Select(thinning.Share).Max().ShouldBe(1);
        Types(thinning).ShouldAllBe(type => thinning.Share(type) > 0 && thinning.Share(type) <= 1);
        foreach (GroupAcceptance acceptance in thinning.Acceptances)
        {
            double[] low = [.. Enumerable.Range(0, 6).Where(i => i % 3 < 2).Select(i => acceptance[i / 3, i % 3])];
            low.ShouldAllBe(p => p > 0 && p <= 1);
            CountGrid counts = acceptance.Counts;
            double fewest = Enumerable.Range(0, 6).Where(i => i % 3 < 2).Min(i => counts[i / 3, i % 3]);
            low.Max().ShouldBe(Math.Min(1, (counts[0, 2] + counts[1, 2]) / (4 * fewest)), 1e-15);
        }
    }

    [Fact]
    public void Draining_looks_at_every_entry_once_and_keeps_each_groups_order()
    {
        MixStep[] steps = [.. Run(Thinning(takeAll: false))];

        steps.Where(step => step.Group == 0).Select(step => step.Candidate).ShouldBe(Small);
        steps.Where(step => step.Group == 1).Select(step => step.Candidate).ShouldBe(Large);
        // not one after the other: after a tenth of the steps both groups have had about a tenth
        ((double)steps.Take(4_800).Count(step => step.Group == 0)).ShouldBe(800, 120);
    }

    // With fixed proportions one group is left over for the end by some sqrt(entries), and the last rows are of it alone: over seeds, the
    // share of the small group among the last 60 of 6,000 rows then scatters by far more than 60 rows drawn at random do.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Groups_are_mixed_alike_to_the_last_row(int shards)
    {
        const int trials = 200, last = 60;
        MixCandidate[] small = Small[..(1000 * shards)], large = Large[..(5000 * shards)];
        var thinning = new SpectralThinning([Group("small", small), Group("large", large)], new() { Ratios = Ratios });
        double[] counts =
        [
            .. Enumerable.Range(0, trials).Select(seed => (double)new GroupMixer(thinning, (ulong)seed, "0") { Shards = shards }
                .Mix([small.Take(1000).GetEnumerator(), large.Take(5000).GetEnumerator()]).TakeLast(last).Count(step => step.Group == 0)),
        ];

        // Hypergeometric: 60 of 6,000 rows, a sixth of them of the small group.
        double mean = last / 6.0, variance = mean * 5 / 6 * (6000 - last) / 5999;
        counts.Average().ShouldBe(mean, 4 * Math.Sqrt(variance / trials));
        counts.Average(count => (count - mean) * (count - mean)).ShouldBe(variance, 4 * variance * Math.Sqrt(2.0 / trials));
    }

    [Fact]
    public void Stopping_at_the_first_exhausted_group_leaves_little_of_the_other()
    {
        MixStep[] steps = [.. Mixer(Thinning(takeAll: false), "0", MixEnd.StopAtFirstExhausted).Mix(Sources())];

        steps.Length.ShouldBeLessThan(48_000);
        steps.Length.ShouldBeGreaterThan(48_000 - 4_000);
    }

    [Fact]
    public void A_decision_depends_on_entry_and_job_but_not_on_order()
    {
        SpectralThinning thinning = Thinning(takeAll: false);
        MixStep[] steps = [.. Run(thinning)];
        GroupMixer same = Mixer(thinning, "0"), other = Mixer(thinning, "1");

        steps.Reverse().ShouldAllBe(step => GroupMixer.Reason(same.Decide(step.Group, step.Candidate)) == step.Reason);
        steps.Count(step => GroupMixer.Reason(other.Decide(step.Group, step.Candidate)) != step.Reason)
            .ShouldBeGreaterThan(steps.Length / 10);
    }

    [Fact]
    public void A_type_that_is_not_wanted_does_not_use_up_a_draw()
    {
        var only = new MixGroup("small", Group("small", Small).Spectrum.Only([StandardClasses.Tau]));
        var thinning = new SpectralThinning([only, Group("large", Large)], new() { Ratios = Ratios });

        MixStep[] steps = [.. Mixer(thinning, "0").Mix(Sources())];

        steps.Where(step => step.Reason == GroupMixer.Reason(MixDecision.TypeNotWanted))
            .ShouldAllBe(step => step.Group == 0 && step.Candidate.Type == StandardClasses.Jet);
        steps.Length.ShouldBe(48_000);
    }

    [Fact]
    public void Out_of_range_candidates_are_said_to_be_so()
    {
        Dictionary<TauClass, double> equal = new()
        {
            [StandardClasses.Tau] = ThinningSettings.All,
            [StandardClasses.Jet] = ThinningSettings.All,
        };
        GroupMixer mixer = Mixer(new SpectralThinning([Group("small", Small)], new() { Ratios = equal }), "0");

        mixer.Decide(0, new(1, StandardClasses.Tau, 0.5, 19.99)).ShouldBe(MixDecision.OutsideBins);
        mixer.Decide(0, new(1, StandardClasses.Tau, 2.3, 25)).ShouldBe(MixDecision.OutsideBins);
        mixer.Decide(0, new(1, StandardClasses.Tau, 0.5, 1000)).ShouldBe(MixDecision.OutsideBins);
    }

    [Fact]
    public void A_block_is_permuted_the_same_way_whenever_it_is_asked_for()
    {
        var shuffle = new BlockShuffle(seed: 9, "large");

        int[] order = shuffle.Order(block: 4, rows: 1000);

        order.Order().ShouldBe(Enumerable.Range(0, 1000));
        order.ShouldNotBe(Enumerable.Range(0, 1000));
        new BlockShuffle(seed: 9, "large").Order(4, 1000).ShouldBe(order);
        shuffle.Order(5, 1000).ShouldNotBe(order);
        shuffle.Order(0, 0).ShouldBeEmpty();
    }

    // data-preparation 4.6.2, measured: sizes 5, 3, 7 and 4 shards
    [Fact]
    public void Shards_cut_a_group_as_measured()
    {
        long[] sizes = [5, 3, 7];

        IEnumerable<FileEntries>[] shards = [.. Enumerable.Range(0, 4).Select(shard => EntryRange.OfShard(15, 4, shard).In(sizes))];

        shards[0].ShouldBe([new(0, 0, 3)]);
        shards[1].ShouldBe([new(0, 3, 2), new(1, 0, 1)]);
        shards[2].ShouldBe([new(1, 1, 2), new(2, 0, 1)]);
        shards[3].ShouldBe([new(2, 1, 6)]);
        EntryRange.OfShard(15, 4, 3, lastTakesRemainder: false).In(sizes).ShouldBe([new FileEntries(2, 1, 3)]);
        Should.Throw<Misuse>(() => EntryRange.OfShard(3, 4, 0));
        Should.Throw<Misuse>(() => EntryRange.OfShard(15, 4, 4));
    }

    private static IEnumerable<TauClass> Types(SpectralThinning thinning) => thinning.Acceptances.Select(one => one.Type).Distinct();

    private static long Count(MixStep[] steps, int group, TauClass type, int bin) =>
        steps.Count(step =>
            step.Group == group
            && step.Candidate.Type == type
        && SpectralThinningTests.AbsEta.Find(step.Candidate.AbsEta) == bin / 3
        && SpectralThinningTests.Pt.Find(step.Candidate.Pt) == bin % 3);

    private static MixCandidate[] Sample(int rows, ulong seed, double jets) => [.. Enumerable.Range(0, rows).Select(entry =>
    {
        var random = new CounterRandom(seed, (ulong)entry);
        return new MixCandidate(
            entry,
            random.NextDouble() < jets ? StandardClasses.Jet : StandardClasses.Tau,
            2.5 * random.NextDouble(),
            18 + 10 * random.NextExponential());
    })];

    private static MixGroup Group(string name, MixCandidate[] candidates)
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, SpectralThinningTests.AbsEta, SpectralThinningTests.Pt);
        foreach (MixCandidate candidate in candidates) spectrum.Fill(candidate.Type, candidate.AbsEta, candidate.Pt);
        return new(name, spectrum);
    }

    private static SpectralThinning Thinning(bool takeAll) =>
        new([Group("small", Small), Group("large", Large)], new() { Ratios = Ratios, TakeAllOfLastBin = takeAll });

    private static GroupMixer Mixer(SpectralThinning thinning, string job, MixEnd end = MixEnd.DrainAll) =>
        new(thinning, seed: 42, job, end);

    private static IEnumerator<MixCandidate>[] Sources() => [Small.AsEnumerable().GetEnumerator(), Large.AsEnumerable().GetEnumerator()];

    private static IEnumerable<MixStep> Run(SpectralThinning thinning) => Mixer(thinning, "0").Mix(Sources());
}
