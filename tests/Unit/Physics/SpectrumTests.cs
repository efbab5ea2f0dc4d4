using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>The invariants of data-preparation 4.5.</summary>
public sealed class SpectrumTests
{
    private static readonly BinEdges FineEta = BinEdges.Uniform(23, 0, 2.3), FinePt = BinEdges.Uniform(200, 0, 1000),
        Eta = new(0, 1.2, 2.2), Pt = new(20, 30, 100, 500);

    [Fact]
    public void A_fine_spectrum_in_coarse_bins_is_the_spectrum_filled_coarse()
    {
        Spectrum fine = Filled(FineEta, FinePt, 0, 5000), coarse = Filled(Eta, Pt, 0, 5000);

        Spectrum rebinned = fine.In(Eta, Pt);

        ShouldBeEqual(rebinned, coarse);
        coarse.Entries.ShouldBe(5000);
        coarse[StandardClasses.Jet].Entries.ShouldBeGreaterThan(InRange(coarse[StandardClasses.Jet])); // some lie outside
    }

    [Fact]
    public void A_bin_is_never_cut() =>
        Should.Throw<Misuse>(() => Filled(FineEta, FinePt, 0, 10).In(Eta, new BinEdges(22, 30))).Text.Title.ShouldContain("22");

    [Fact]
    public void The_sum_of_two_samples_is_the_spectrum_of_both_in_any_order()
    {
        Spectrum first = Filled(Eta, Pt, 0, 700), second = Filled(Eta, Pt, 700, 2000), backwards = Filled(Eta, Pt, 700, 2000);
        first.Add(second);
        backwards.Add(Filled(Eta, Pt, 0, 700));

        ShouldBeEqual(first, Filled(Eta, Pt, 0, 2000));
        ShouldBeEqual(first, backwards);
    }

    [Fact]
    public void Decay_modes_are_counted_by_themselves_and_sum_up_to_their_type()
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, Eta, Pt);
        foreach ((int mode, int times) in new[] { (0, 3), (1, 5), (10, 2), (-1, 1), (int.MinValue, 1), (1_000_000, 1) })
            for (int i = 0; i < times; i++) spectrum.Fill(StandardClasses.Tau, 1, 25, mode);

        spectrum.ModesOf(StandardClasses.Tau).ShouldBe([Spectrum.NoMode, 0, 1, 10]);
        new[] { Spectrum.NoMode, 0, 1, 10, 11 }.Select(mode => spectrum[StandardClasses.Tau, mode][0, 0]).ShouldBe([3, 3, 5, 2, 0]);
        spectrum[StandardClasses.Tau][0, 0].ShouldBe(13);
        spectrum.Only([StandardClasses.Jet]).Types.ShouldBeEmpty();
    }

    [Fact]
    public void Counts_beyond_32_bits_stay_exact()
    {
        var counts = new CountGrid(Eta, Pt);
        counts.AddTo(0, 0, (1L << 53) + 1); // what a double cannot hold
        var spectrum = new Spectrum(StandardClasses.Scheme.All, Eta, Pt);
        spectrum.Add(StandardClasses.Tau, counts);
        spectrum.Add(StandardClasses.Tau, counts);

        spectrum.Entries.ShouldBe((1L << 54) + 2);
    }

    private static long InRange(CountGrid counts) =>
        Enumerable.Range(0, counts.X.Count).Sum(x => Enumerable.Range(0, counts.Y.Count).Sum(y => counts[x, y]));

    private static void ShouldBeEqual(Spectrum one, Spectrum other)
    {
        one.Types.ShouldBe(other.Types);
        foreach (TauClass type in one.Types)
        {
            one.ModesOf(type).ShouldBe(other.ModesOf(type));
            foreach (int mode in one.ModesOf(type)) one[type, mode].Cells.ToArray().ShouldBe(other[type, mode].Cells.ToArray());
        }
    }

    private static Spectrum Filled(BinEdges absEta, BinEdges pt, int from, int to)
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, absEta, pt);
        for (int entry = from; entry < to; entry++)
        {
            var random = new CounterRandom(5, (ulong)entry);
            TauClass type = random.NextDouble() < 0.7 ? StandardClasses.Jet : StandardClasses.Tau;
            spectrum.Fill(type, 2.5 * random.NextDouble(), 15 + 40 * random.NextExponential(), random.NextInt(12));
        }
        return spectrum;
    }
}
