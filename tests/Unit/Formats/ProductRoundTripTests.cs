using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Formats;

/// <summary>What is read back and written again gives the same bytes, with numbers that have no short decimal form.</summary>
public sealed class ProductRoundTripTests : IDisposable
{
    private static readonly BinEdges Pt = new([20, 40.5, 1000]), AbsEta = new([0, 1.2, 2.3]);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Spectrum()
    {
        var spectrum = new Spectrum(StandardClasses.Scheme.All, AbsEta, Pt);
        spectrum.Fill(StandardClasses.Tau, 0.5, 30, mode: 10);
        spectrum.Fill(StandardClasses.Jet, 3, 5000); // overflow in both

        SpectrumFile back = RoundTrip(new SpectrumFile(spectrum));

        back.Spectrum.Types.ShouldBe([StandardClasses.Tau, StandardClasses.Jet]);
        back.Spectrum[StandardClasses.Tau][0, 0].ShouldBe(1);
        back.Spectrum.ModesOf(StandardClasses.Tau).ShouldBe([10]);
        back.Spectrum.ModesOf(StandardClasses.Jet).ShouldBe([TauPipeline.Physics.Spectrum.NoMode]);
        back.Spectrum[StandardClasses.Jet].Entries.ShouldBe(1);
        back.Spectrum[StandardClasses.Jet][0, 0].ShouldBe(0);
    }

    [Fact]
    public void Weights()
    {
        var binning = new WeightBinning(Pt, [AbsEta, new BinEdges([0, 2.3])]);

        WeightsFile back = RoundTrip(new WeightsFile(new TrainingWeights(binning, [new(StandardClasses.Jet, [[1.0 / 3, 2], [0.1]])])));

        back.Weights.Of(StandardClasses.Jet, 0.5, 30, OutsideWeights.Fail).ShouldBe(1.0 / 3);
        back.Weights.Of(StandardClasses.Jet, 2.0, 50, OutsideWeights.Fail).ShouldBe(0.1);
    }

    [Fact]
    public void Numbers_whose_shortest_text_is_that_of_their_neighbour()
    {
        double[] values = [Math.ScaleB(1, -25), Math.ScaleB(1, -958)];
        var binning = new WeightBinning(new BinEdges([20, 40, 1000]), [new BinEdges([0, 2.3]), new BinEdges([0, 2.3])]);

        WeightsFile back = RoundTrip(new WeightsFile(new TrainingWeights(binning, [new(StandardClasses.Jet, [[values[0]], [values[1]]])])));

        back.Weights.Of(StandardClasses.Jet, 1, 30, OutsideWeights.Fail).ShouldBe(values[0]);
        back.Weights.Of(StandardClasses.Jet, 1, 50, OutsideWeights.Fail).ShouldBe(values[1]);
    }

    [Fact]
    public void Scaling()
    {
        Moments moments = Moments.Of([1, 2, 4.1, double.NaN]);

        ScalingFile back = RoundTrip(new ScalingFile(new FeatureScaling(
        [
            FeatureScale.Normal("a", ConstituentCone.Global, moments, (-5, 5), largestNotFinite: 1),
            FeatureScale.Linear("b", ConstituentCone.Inner, 0, 3),
            FeatureScale.Identity("c", ScalingKind.Categorical),
        ])));

        FeatureScale normal = back.Scaling.Of("a");
        (normal.Mean, normal.Std, normal.Sample.Count, normal.Sample.NotANumber).ShouldBe((moments.Mean, moments.StandardDeviation, 3, 1));
        back.Scaling.Of("b", ConstituentCone.Inner).Kind.ShouldBe(ScalingKind.Linear);
        double.IsNegativeInfinity(back.Scaling.Of("c").Low).ShouldBeTrue();
    }

    [Fact]
    public void History()
    {
        HistoryFile back = RoundTrip(new HistoryFile(new TrainingHistory(
        [
            new(1, 0.7, 1.0 / 3, 0.8, 1e-3, [0.1, null, 0.3, double.NaN]), new(2, 0.6, 0.4, 0.81, 1e-3, [0.1, null, 0.3, 0.2]),
        ])));

        back.History.BestEpoch.ShouldBe(1);
        back.History.Epochs[0].ClassLosses.ShouldBe([0.1, null, 0.3, double.NaN]);
    }

    [Fact]
    public void Working_points()
    {
        WorkingPointRow row = new("jet", WorkingPoint.Tight, 0.6, 2.0 / 3, 0.6001, [0.5, 2.0 / 3])
        {
            Uncertainty = new Interval(0.6, 0.7),
            OneTau = 1e-4,
        };

        WorkingPointsFile back = RoundTrip(new WorkingPointsFile(new WorkingPointTable([row]) { Ending = SearchEnding.BestVisited })
        {
            Definitions = new Dictionary<string, ShareDefinition>
            {
                ["jet"] = ShareDefinition.Plain("calibration rows of tau", "tau_pt > 20"),
            },
        });

        back.Table.Ending.ShouldBe(SearchEnding.BestVisited);
        WorkingPointRow read = back.Table.Rows.Single();
        (read.Against, read.Point, read.Threshold).ShouldBe(("jet", WorkingPoint.Tight, 2.0 / 3));
        (read.Uncertainty, read.OneTau).ShouldBe((new Interval(0.6, 0.7), 1e-4));
        read.History.ShouldBe([0.5, 2.0 / 3]);
        back.Definitions["jet"].Selection.ShouldBe("tau_pt > 20");
    }

    [Fact]
    public void Performance()
    {
        var bin = new BinEntry(20, 40, 0, 2.3, [0, 1]);
        ShareDefinition plain = ShareDefinition.Plain("test rows", "tau_pt > 20");

        PerformanceFile back = RoundTrip(new PerformanceFile(new Performance("p")
        {
            QuickLook = true,
            RocCurve =
            [
                new("net", "Net", "a", "jet", bin)
                {
                    Signal = 5,
                    Background = 4,
                    SignalTitle = "taus",
                    BackgroundTitle = "jets",
                    Denominator = plain,
                    NoScore = 1,
                    Processes = [new("QCD", 4, 1, [new(0.1, 0.05, 0.2, 1, 4)])],
                    AucScore = 1.0 / 3,
                    Thresholds = [null, 0.5],
                    Rates = [new(0.5, 0.1, 0.05, 0.2)],
                },
                new("net", "Net", "b", "e", bin)
                {
                    Signal = 0,
                    Background = 4,
                    SignalTitle = "taus",
                    BackgroundTitle = "jets",
                    Denominator = plain,
                },
            ],
            RocWp =
            [
                new("net", "a", "jet", bin, "Tight", null, new(0.5, 0.4, 0.6, 5, 10), new(null, null, null, 0, 0))
                {
                    Definition = plain,
                },
            ],
            Efficiencies =
            [
                new("net", "a", "jet", "pt", "Tight", [20, 40], [new(0.5, 0.4, 0.6, 5, 10)], [new(null, null, null, 0, 0)])
                {
                    Definition = plain with { RequiredInNumerator = ["Loose against e"] },
                    Categories = ["0", "7, 10"],
                },
            ],
            Confusion = [new("all", ["e", "mu"], [[1, 2], [3, 4]])],
            Notes = ["a note with τ"],
        }));

        back.Performance.RocCurve[0].Thresholds.ShouldBe([null, 0.5]);
        back.Performance.RocCurve[1].AucScore.ShouldBeNull();
        back.Performance.RocCurve[0].Processes.Single().Rates.Single().Passed.ShouldBe(1);
        back.Performance.Efficiencies[0].Definition.RequiredInNumerator.ShouldBe(["Loose against e"]);
        back.Performance.Confusion[0].Rows[1].ShouldBe([3L, 4L]);
    }

    [Fact]
    public void Yields()
    {
        YieldFile back = RoundTrip(new YieldFile([new("signal", "tau", 0, 1, 100, 1.0 / 3, 0.5, 50.0 / 3, true)]));

        back.NoTraining.ShouldBeNull();
        File.ReadAllText(_folder.At("one.json")).ShouldNotContain("no_training");
        RoundTrip(new YieldFile([]) { NoTraining = "no row" }).NoTraining.ShouldBe("no row");
        back.Bins.ShouldBe([new YieldEntry("signal", "tau", 0, 1, 100, 1.0 / 3, 0.5, 50.0 / 3, true)]);
    }

    [Fact]
    public void Validation()
    {
        ValidationFile back = RoundTrip(
            new ValidationFile(
                [new("train", "DY", "test", "TT", 1, 5, ulong.MaxValue)],
                [new("all", "tau_type", 3, "chi2", 1234.5, 7, 1e-300, double.Epsilon)],
                [new("tau_type", 3, [-0.5, 0.5], ["e"], [5], [long.MaxValue], 2)],
                0.001));

        back.Leaks.ShouldBe([new Leak("train", "DY", "test", "TT", 1, 5, ulong.MaxValue)]);
        back.Tests.ShouldBe([new ChunkTest("all", "tau_type", 3, "chi2", 1234.5, 7, 1e-300, double.Epsilon)]);
        ChunkHistogram worst = back.Worst.ShouldHaveSingleItem();
        (worst.Distribution, worst.Chunk, worst.Outside).ShouldBe(("tau_type", 3, 2));
        (worst.Edges[1], worst.Labels[0], worst.Own[0], worst.Others[0]).ShouldBe((0.5, "e", 5, long.MaxValue));
    }

    private T RoundTrip<T>(T value) where T : IProduct<T>
    {
        T.Write(new ProductOutput(_folder.At("one.json")), value);
        T back = T.Read(new ProductInput(_folder.At("one.json")));
        T.Write(new ProductOutput(_folder.At("two.json")), back);

        File.ReadAllText(_folder.At("two.json")).ShouldBe(File.ReadAllText(_folder.At("one.json")));
        return back;
    }
}
