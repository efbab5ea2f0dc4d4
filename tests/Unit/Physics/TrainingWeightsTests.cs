using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using TauPipeline.Tests.Unit.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

public sealed class TrainingWeightsTests
{
    private static readonly BinEdges FineEta = BinEdges.Uniform(4, 0, 0.4);
    private static readonly BinEdges OnePt = new(20, 1000);

    // the toy of training-and-evaluation 2
    [Fact]
    public void Merged_bins_divide_sums()
    {
        Spectrum input = Row(StandardClasses.Jet, 20, 20, 10, 10), target = Row(StandardClasses.Tau, 10, 20, 30, 40);

        var weights = TrainingWeights.From(
            input,
            target,
            new(OnePt, new BinEdges(0, 0.2, 0.4)),
            StandardClasses.Scheme,
            [StandardClasses.Jet]);

        weights.Table(StandardClasses.Jet)[0].ShouldBe([0.75, 3.5]);
        TrainingWeights.From(input, target, new(OnePt, FineEta), StandardClasses.Scheme, [StandardClasses.Jet])
            .Table(StandardClasses.Jet)[0]
            .ShouldBeClose([.5, 1, 3, 4], 1e-15);
    }

    [Fact]
    public void Every_type_gets_the_total_weight_of_the_taus()
    {
        Spectrum sample = RandomSample(out List<(TauClass Type, double AbsEta, double Pt)> rows);
        var binning = new WeightBinning(
            new BinEdges(20, 40, 100, 1000),
            [BinEdges.Uniform(4, 0, 2.4), BinEdges.Uniform(2, 0, 2.4), new(0, 2.4)]);

        var weights = TrainingWeights.From(sample, sample, binning, StandardClasses.Scheme);

        double taus = rows.Count(row => row.Type == StandardClasses.Tau && binning.Find(row.AbsEta, row.Pt) is not null);
        foreach (TauClass type in StandardClasses.Scheme.Trained)
        {
            var inBins = rows.Where(row => row.Type == type && binning.Find(row.AbsEta, row.Pt) is not null);
            double total = OrderedSum.Of([.. inBins.Select(row => weights.Of(row.Type, row.AbsEta, row.Pt, OutsideWeights.Fail))]);
            total.ShouldBe(taus, 1e-9 * taus);
        }
        weights.Table(StandardClasses.Tau).SelectMany(row => row).ShouldAllBe(weight => weight == 1);
    }

    [Fact]
    public void Outside_the_bins_nothing_is_silent()
    {
        Spectrum sample = Row(StandardClasses.Tau, 1, 2, 3, 4);
        var weights = TrainingWeights.From(sample, sample, new(OnePt, FineEta), StandardClasses.Scheme, [StandardClasses.Tau]);

        Should.Throw<StepFailed>(() => weights.Of(StandardClasses.Tau, 0.4, 50, OutsideWeights.Fail));
        Should.Throw<StepFailed>(() => weights.Of(StandardClasses.Tau, 0.1, 1000, OutsideWeights.Fail));
        weights.Of(StandardClasses.Tau, 9, 1, OutsideWeights.Nearest).ShouldBe(1);
        Should.Throw<StepFailed>(() => weights.Of(StandardClasses.Tau, 0.1, 19, OutsideWeights.Fail))
            .Text.Facts.ShouldContain(("pt", "19"));
        Should.Throw<StepFailed>(() => weights.Of(StandardClasses.Jet, 0.1, 50, OutsideWeights.Nearest));
    }

    [Fact]
    public void Empty_bins_are_listed_for_all_types()
    {
        Spectrum sample = Row(StandardClasses.Tau, 1, 0, 3, 4);
        sample.Add(Row(StandardClasses.Jet, 1, 1, 1, 0));

        var error = Should.Throw<StepFailed>(() =>
            TrainingWeights.From(sample, sample, new(OnePt, FineEta), StandardClasses.Scheme, [StandardClasses.Muon, StandardClasses.Jet]));

        error.Text.Facts[0]
            .Value.ShouldBe("target tau, pt 20-1000, abs eta 0.1-0.2\nmu, every bin\njet, pt 20-1000, abs eta 0.30000000000000004-0.4");
    }

    [Fact]
    public void Too_large_a_spread_is_refused()
    {
        Spectrum input = Row(StandardClasses.Tau, 1000, 1, 1, 1);

        Should.Throw<StepFailed>(() =>
            TrainingWeights.From(
                input,
                Row(StandardClasses.Tau, 1, 1, 1, 1),
                new(OnePt, FineEta),
                StandardClasses.Scheme,
                [StandardClasses.Tau],
                largestSpread: 999));
    }

    [Fact]
    public void Edge_lists_must_fit_pt_bins_and_fine_edges()
    {
        Should.Throw<Misuse>(() => new WeightBinning(new BinEdges(20, 30, 40), [FineEta])).Text.Facts.ShouldContain(("pt bins", "2"));
        Should.Throw<Misuse>(() =>
                new WeightBinning(OnePt, new BinEdges(0, 0.15, 0.4)).Sum(Row(StandardClasses.Tau, 1, 1, 1, 1)[StandardClasses.Tau]))
            .Text.Title.ShouldContain("0.15");
    }

    [Fact]
    public void Merged_spectra_are_the_spectrum_of_the_union()
    {
        Spectrum whole = RandomSample(out List<(TauClass Type, double AbsEta, double Pt)> rows);
        Spectrum[] parts =
        [
            .. rows.Chunk(1234)
                .Select(chunk =>
                {
                    var part = new Spectrum(StandardClasses.Scheme.All, whole.AbsEta, whole.Pt);
                    foreach (var row in chunk)
                        part.Fill(row.Type, row.AbsEta, row.Pt);
                    return part;
                }),
        ];

        Spectrum merged = parts.Reverse()
            .Aggregate(new Spectrum(StandardClasses.Scheme.All, whole.AbsEta, whole.Pt), (sum, part) =>
            {
                sum.Add(part);
                return sum;
            });

        merged.Types.ShouldBe(whole.Types);
        foreach (TauClass type in whole.Types) merged[type].Cells.ToArray().ShouldBe(whole[type].Cells.ToArray());
        merged.Entries.ShouldBe(rows.Count);
        Spectrum.HistogramName(StandardClasses.Muon).ShouldBe("eta_pt_hist_mu");
    }

    private static Spectrum Row(TauClass type, params long[] counts)
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, FineEta, OnePt);
        var grid = new CountGrid(FineEta, OnePt);
        for (int i = 0; i < counts.Length; i++) grid.AddTo(i, 0, counts[i]);
        spectrum.Add(type, grid);
        return spectrum;
    }

    private static Spectrum RandomSample(out List<(TauClass Type, double AbsEta, double Pt)> rows)
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, BinEdges.Uniform(24, 0, 2.4), BinEdges.Uniform(98, 20, 1000));
        rows = [];
        for (ulong i = 0; i < 10_000; i++)
        {
            var random = new CounterRandom(3, i);
            (TauClass Type, double AbsEta, double Pt) row = (
                StandardClasses.Scheme.Of(random.NextInt(4)),
                2.5 * random.NextDouble(),
                15 + 60 * random.NextExponential());
            rows.Add(row);
            spectrum.Fill(row.Type, row.AbsEta, row.Pt);
        }
        return spectrum;
    }
}
