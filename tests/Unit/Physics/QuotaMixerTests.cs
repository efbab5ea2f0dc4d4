using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>Bins filled by quota (data-preparation 4.3).</summary>
public sealed class QuotaMixerTests
{
    private static readonly BinEdges AbsEta = new(0, 2.3), Pt = new(20, 40, 1000);

    // Measured with the original.
    [Theory]
    [InlineData(new long[] { 10, 100, 1000 }, new double[] { 1, 1, 1 }, 300, new long[] { 10, 100, 190 })]
    [InlineData(new long[] { 10, 100, 1000 }, new double[] { 1, 1, 3 }, 300, new long[] { 10, 72, 218 })]
    [InlineData(new long[] { 7, 7, 7 }, new double[] { 1, 1, 1 }, 10, new long[] { 4, 4, 2 })]
    [InlineData(new long[] { 7, 0, 7 }, new double[] { 1, 5, 1 }, long.MaxValue, new long[] { 7, 0, 7 })]
    public void The_quota_of_a_bin_is_shared_as_measured(long[] sizes, double[] weights, long occupancy, long[] quotas) =>
        QuotaPlan.Shared([.. sizes.Select((size, i) => new QuotaPlan.Source($"{i}", size, weights[i]))], occupancy).ShouldBe(quotas);

    [Fact]
    public void Every_bin_gets_its_quota_exactly_and_evenly_from_the_first_row_to_the_last()
    {
        MixCandidate[] small = Sample(3_000, 1), large = Sample(30_000, 2);
        var plan = new QuotaPlan([Group("large", large), Group("small", small)], [1, 1], occupancy: 2_000);

        IEnumerator<MixCandidate>[] sources = [large.AsEnumerable().GetEnumerator(), small.AsEnumerable().GetEnumerator()];
        MixStep[] steps = [.. new QuotaMixer(plan, 7, "0").Mix(sources)];

        steps.Length.ShouldBe(33_000);
        MixStep[] taken = [.. steps.Where(step => step.Copies == 1)];
        for (int group = 0; group < 2; group++)
            foreach (TauClass type in new[] { StandardClasses.Tau, StandardClasses.Jet })
                for (int bin = 0; bin < 2; bin++)
                {
                    MixStep[] of = [.. taken.Where(step => Is(step, group, type, bin))];
                    long quota = plan.Quota(group, type, 0, bin);
                    ((long)of.Length).ShouldBe(quota);
                    // Hypergeometric: as many in the first half of the sample as in the second.
                    double first = taken.Take(taken.Length / 2).Count(step => Is(step, group, type, bin));
                    first.ShouldBe(quota / 2.0, 5 * Math.Sqrt(quota / 4.0) + 1);
                }
        steps.Where(step => step.Copies == 0).Select(step => step.Reason).Distinct().Order()
            .ShouldBe([QuotaMixer.Reason, GroupMixer.Reason(MixDecision.OutsideBins)]);
    }

    [Fact]
    public void The_yield_table_of_quotas_is_exact()
    {
        var plan = new QuotaPlan([Group("large", Sample(30_000, 2))], [1], occupancy: 100);

        YieldTable table = YieldTable.Of(plan);

        table.Expected(StandardClasses.Tau).ShouldBe(200, 1e-9); // two bins
        table.Rows.ShouldAllBe(row => row.Share == 1 && Math.Abs(row.Expected - 100) < 1e-9);
    }

    private static bool Is(MixStep step, int group, TauClass type, int bin) =>
        step.Group == group && step.Candidate.Type == type && Pt.Find(step.Candidate.Pt) == bin;

    private static MixCandidate[] Sample(int rows, ulong seed) => [.. Enumerable.Range(0, rows).Select(entry =>
    {
        var random = new CounterRandom(seed, (ulong)entry);
        TauClass type = random.NextDouble() < 0.8 ? StandardClasses.Jet : StandardClasses.Tau;
        return new MixCandidate(entry, type, 2 * random.NextDouble(), 18 + 15 * random.NextExponential());
    })];

    private static MixGroup Group(string name, MixCandidate[] candidates)
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, AbsEta, Pt);
        foreach (MixCandidate one in candidates) spectrum.Fill(one.Type, one.AbsEta, one.Pt);
        return new(name, spectrum);
    }
}
