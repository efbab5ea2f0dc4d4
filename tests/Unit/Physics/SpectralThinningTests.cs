using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using TauPipeline.Tests.Unit.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>The measured vector of data-preparation 4.6.8: eta bins 2, pt bins 20, 30, 40, 1000, one group.</summary>
public sealed class SpectralThinningTests
{
    private static readonly Dictionary<TauClass, double> OneToOne = new() { [StandardClasses.Tau] = 1, [StandardClasses.Jet] = 1 };
    private static readonly Dictionary<TauClass, double> OneToTwo = new() { [StandardClasses.Tau] = 1, [StandardClasses.Jet] = 2 };

    [Fact]
    public void Without_take_all_every_bin_is_thinned_to_the_smallest()
    {
        var thinning = new SpectralThinning([Vector()], new() { Ratios = OneToOne });

        Row(thinning, StandardClasses.Tau).ShouldBeClose([.1, .2, 1, .05, .25, 1], 1e-15);
        Row(thinning, StandardClasses.Jet).ShouldBeClose([.005, .01, 1, .00625, .0125, 1], 1e-15);
        Expected(thinning).ShouldBeClose([60, 30], 1e-12);
        Shares(OneToOne, new() { Ratios = OneToOne }).ShouldBeClose([0.5, 1], 1e-15);
        Shares(OneToTwo, new() { Ratios = OneToOne }).ShouldBeClose([0.25, 1], 1e-15);
    }

    [Fact]
    public void Take_all_bounds_the_low_region_by_the_last_bin()
    {
        ThinningSettings settings = new() { Ratios = OneToOne, TakeAllOfLastBin = true, Disbalance = 1 };
        var thinning = new SpectralThinning([Vector()], settings);

        Row(thinning, StandardClasses.Tau).ShouldBeClose([.05, .1, 1, .025, .125, 1], 1e-15);
        Row(thinning, StandardClasses.Jet).ShouldBeClose([.0025, .005, 1, .003125, .00625, 1], 1e-15);
        Expected(thinning).ShouldBeClose([40, 20], 1e-12);
        Shares(OneToOne, settings).ShouldBeClose([0.5, 1], 1e-15);
        Shares(OneToTwo, settings).ShouldBeClose([0.25, 1], 1e-15);
    }

    [Fact]
    public void The_original_reference_of_two_bins_can_be_chosen()
    {
        ThinningSettings settings = new()
        {
            Ratios = OneToOne,
            TakeAllOfLastBin = true,
            Disbalance = 1,
            Reference = DisbalanceReference.LastTwoBins,
        };
        var thinning = new SpectralThinning([Vector()], settings);

        Row(thinning, StandardClasses.Tau).ShouldBeClose([.275, .55, 1, .1375, .6875, 1], 1e-15);
        Row(thinning, StandardClasses.Jet).ShouldBeClose([.2275, .455, 1, .284375, .56875, 1], 1e-15);
        Expected(thinning).ShouldBeClose([130, 920], 1e-12);
        Shares(OneToOne, settings).ShouldBeClose([1, 0.141304], 5e-7);
        Shares(OneToTwo, settings).ShouldBeClose([1, 0.282609], 5e-7);
    }

    // measured with the original, so with its two bins: from the last bin alone jets are bounded to 100 * 10 / (4 * 400) = 0.625
    [Fact]
    public void A_large_disbalance_leaves_the_low_region_flat_at_one()
    {
        ThinningSettings settings = new()
        {
            Ratios = OneToOne,
            TakeAllOfLastBin = true,
            Disbalance = 100,
            Reference = DisbalanceReference.LastTwoBins,
        };
        var thinning = new SpectralThinning([Vector()], settings);

        Row(thinning, StandardClasses.Tau).ShouldBeClose([.4, .8, 1, .2, 1, 1], 1e-15);
        Row(thinning, StandardClasses.Jet).ShouldBeClose([.4, .8, 1, .5, 1, 1], 1e-15);
        var bounded = new SpectralThinning([Vector()], settings with { Reference = DisbalanceReference.LastBin });
        new[] { 0, 1, 3, 4 }.Max(lowBin => Row(bounded, StandardClasses.Jet)[lowBin]).ShouldBe(0.625, 1e-15);
        Expected(thinning).ShouldBeClose([180, 1610], 1e-12);
        Shares(OneToOne, settings).ShouldBeClose([1, 0.111801], 5e-7);
        Shares(OneToTwo, settings).ShouldBeClose([1, 0.223602], 5e-7);
    }

    [Fact]
    public void A_ratio_of_all_keeps_every_flattened_candidate()
    {
        Dictionary<TauClass, double> ratios = new() { [StandardClasses.Tau] = ThinningSettings.All, [StandardClasses.Jet] = 1 };

        Shares(ratios, new() { Ratios = ratios }).ShouldBe([1, 1]);
    }

    [Fact]
    public void The_yield_table_tells_the_outcome_without_tuples()
    {
        YieldTable table = YieldTable.Of(new SpectralThinning([Vector()], new() { Ratios = OneToTwo }));

        table.Rows.Count.ShouldBe(12);
        table.Expected(StandardClasses.Tau).ShouldBe(15, 1e-12);
        table.Expected(StandardClasses.Jet).ShouldBe(30, 1e-12);
        table.Rows.Single(row => row.Type == StandardClasses.Jet && row is { AbsEta: 0, Pt: 0 }).Expected.ShouldBe(5, 1e-12);
        table.Rows.Where(row => row.IsBinding).Select(row => (row.Type, row.AbsEta, row.Pt, row.Count))
            .ShouldBe([(StandardClasses.Tau, 0, 2, 10), (StandardClasses.Jet, 0, 2, 5)]);
    }

    [Theory]
    [InlineData(4, 5, 1, null)]
    [InlineData(0, 0, 9, "no row is left to train on")]
    [InlineData(0, 5, 9, "all rows to train on are of class jet")]
    [InlineData(4, 0, 9, "all rows to train on are of class tau")]
    [InlineData(4, 5, 0, "no validation row is left to end the training by")]
    public void The_yield_table_tells_why_nothing_can_be_learned(long taus, long jets, long validation, string? why)
    {
        YieldTable.WhyNoTraining(Yields(taus, jets), Yields(validation, 0)).ShouldBe(why);

        static YieldTable Yields(long taus, long jets)
        {
            var spectrum = new Spectrum(StandardClasses.Scheme.All, AbsEta, Pt);
            if (taus > 0) spectrum.Add(StandardClasses.Tau, Counts([taus, 0, 0], [0, 0, 0]));
            if (jets > 0) spectrum.Add(StandardClasses.Jet, Counts([0, 0, jets], [0, 0, 0]));
            var all = new Dictionary<TauClass, double>
            {
                [StandardClasses.Tau] = ThinningSettings.All,
                [StandardClasses.Jet] = ThinningSettings.All,
            };
            return YieldTable.Of(new SpectralThinning([new("all", spectrum)], new()
            {
                Ratios = all.Where(ratio => spectrum[ratio.Key].Entries > 0).ToDictionary(),
                Flatten = false,
                AllowEmptyBins = true,
            }));
        }
    }

    [Fact]
    public void Every_empty_bin_is_named_at_once()
    {
        Spectrum holes = Vector().Spectrum.Only([StandardClasses.Tau]);
        holes.Add(StandardClasses.Jet, Counts([1000, 0, 5], [800, 0, 5]));

        var error = Should.Throw<StepFailed>(() => new SpectralThinning([new("QCD", holes)], new() { Ratios = OneToOne }));

        error.Text.Title.ShouldBe("2 spectrum bins are empty");
        error.Text.Facts[0].Value.ShouldBe("QCD, jet, pt 30-40, abs eta 0-1.2\nQCD, jet, pt 30-40, abs eta 1.2-2.3");
    }

    [Fact]
    public void Bins_that_leave_none_empty_and_ratios_that_thin_no_type_are_suggested()
    {
        Spectrum holes = Vector().Spectrum.Only([StandardClasses.Tau]);
        holes.Add(StandardClasses.Jet, Counts([1000, 0, 5], [800, 0, 5]));

        BinSuggestion bins = BinSuggestion.Of([new("QCD", holes)]).ShouldNotBeNull();

        bins.ToString().ShouldBe("pt: [20, 30, 1000], abs_eta: [0, 1.2, 2.3]"); // the empty bin joins its smaller neighbour
        var error = Should.Throw<StepFailed>(() => new SpectralThinning([new("QCD", holes)], new() { Ratios = OneToOne }));
        error.Text.Facts[1].Value.ShouldBe(bins.ToString());
        BinSuggestion.Of([Vector()])!.Pt.ShouldBe(Pt);
        BinSuggestion.Of([Vector()], least: 1_000_000).ShouldBeNull();

        // 60 taus and 30 jets are left after flattening (4.6.8): at 2 to 1 none has to be left out.
        IReadOnlyDictionary<TauClass, double> ratios = new SpectralThinning([Vector()], new() { Ratios = OneToTwo }).RatiosOfAll;
        ratios[StandardClasses.Tau].ShouldBe(2, 1e-14);
        ratios[StandardClasses.Jet].ShouldBe(1, 1e-14);
        Shares(ratios.ToDictionary(), new() { Ratios = OneToOne }).ShouldBeClose([1, 1], 1e-14);
        MixGroup nobody = new("nobody", new Spectrum([], AbsEta, Pt));
        new SpectralThinning([nobody], new() { Ratios = new Dictionary<TauClass, double>() }).RatiosOfAll.ShouldBeEmpty();
    }

    [Fact]
    public void Yields_by_decay_mode_sum_up_to_those_of_the_bins()
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, AbsEta, Pt);
        spectrum.Add(StandardClasses.Tau, Counts([60, 50, 4], [200, 30, 10]), mode: 0);
        spectrum.Add(StandardClasses.Tau, Counts([40, 0, 6], [0, 10, 0]), mode: 10);
        var outside = new CountGrid(AbsEta, Pt);
        outside.AddTo(0, -1, 3);
        spectrum.Add(StandardClasses.Tau, outside, mode: 10);
        Dictionary<TauClass, double> taus = new() { [StandardClasses.Tau] = 1 };
        var thinning = new SpectralThinning([new("all", spectrum)], new() { Ratios = taus });

        SourceYield[] yields = [.. SourceYield.Of("all", "DY", spectrum, (type, x, y) => thinning.Acceptance("all", type)![x, y])];

        yields.Select(of => (of.Mode, of.Count, of.Outside)).ShouldBe([(0, 354L, 0L), (10, 59L, 3L)]);
        yields[0].Expected.ShouldBe(60 * .1 + 50 * .2 + 4 + 200 * .05 + 30 * .25 + 10, 1e-12); // p of the vector's taus
        yields[1].Expected.ShouldBe(40 * .1 + 6 + 10 * .25, 1e-12);
        yields.Sum(of => of.Expected).ShouldBe(60, 1e-12);
    }

    [Fact]
    public void Allowed_empty_bins_are_listed_and_left_out()
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, AbsEta, Pt);
        spectrum.Add(StandardClasses.Tau, Counts([100, 0, 10], [200, 40, 10]));

        var thinning = new SpectralThinning(
            [new("DY", spectrum)],
            new()
            {
                Ratios = new Dictionary<TauClass, double> { [StandardClasses.Tau] = 1 },
                AllowEmptyBins = true,
            });

        Row(thinning, StandardClasses.Tau).ShouldBeClose([.1, 0, 1, .05, .25, 1], 1e-15);
        YieldTable.Of(thinning).Rows.Single(row => row.Count == 0).Pt.ShouldBe(1);
    }

    [Fact]
    public void Groups_and_ratios_must_fit()
    {
        Dictionary<TauClass, double> only = new() { [StandardClasses.Tau] = 1 },
            more = new(OneToOne) { [StandardClasses.Muon] = 1 },
            negative = new(OneToOne) { [StandardClasses.Jet] = -2 };

        Should.Throw<Misuse>(() => new SpectralThinning([Vector()], new() { Ratios = only })).Text.Title.ShouldContain("delivers jet");
        Should.Throw<StepFailed>(() => new SpectralThinning([Vector()], new() { Ratios = more })).Text.Title.ShouldContain("mu");
        Should.Throw<Misuse>(() => new SpectralThinning([Vector()], new() { Ratios = negative }));
        Should.Throw<Misuse>(() => new SpectralThinning([], new() { Ratios = OneToOne }));
    }

    internal static BinEdges AbsEta { get; } = new(0, 1.2, 2.3);

    internal static BinEdges Pt { get; } = new(20, 30, 40, 1000);

    internal static MixGroup Vector()
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, AbsEta, Pt);
        spectrum.Add(StandardClasses.Tau, Counts([100, 50, 10], [200, 40, 10]));
        spectrum.Add(StandardClasses.Jet, Counts([1000, 500, 5], [800, 400, 5]));
        return new("all", spectrum);
    }

    internal static CountGrid Counts(params long[][] rows)
    {
        var grid = new CountGrid(AbsEta, Pt);
        for (int x = 0; x < rows.Length; x++)
            for (int y = 0; y < rows[x].Length; y++) grid.AddTo(x, y, rows[x][y]);
        return grid;
    }

    private static double[] Row(SpectralThinning thinning, TauClass type) =>
        [
            .. Enumerable.Range(0, 6)
                .Select(i =>
                    thinning.Acceptance("all", type) is GroupAcceptance found
                        ? found[i / 3, i % 3]
                        : thinning.Acceptance("DY", type)![i / 3, i % 3]),
        ];

    private static double[] Expected(SpectralThinning thinning) =>
        [
            .. new[] { StandardClasses.Tau, StandardClasses.Jet }
                .Select(type => thinning.Acceptances.Where(one => one.Type == type).Sum(one => one.Expected)),
        ];

    private static double[] Shares(Dictionary<TauClass, double> ratios, ThinningSettings settings)
    {
        var thinning = new SpectralThinning([Vector()], settings with { Ratios = ratios });
        return [thinning.Share(StandardClasses.Tau), thinning.Share(StandardClasses.Jet)];
    }
}
