using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Physics;
using TauPipeline.Plotting;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class SpectrumFiguresTests
{
    private static readonly SpectrumSettings Binning =
        SpectrumSettings.Read(Campaigns.Root("pt: [20, 30, 50 GeV]\nabs_eta: [0, 1, 2]"), ClassSettings.Standard);

    private static readonly TauClass Tau = StandardClasses.Tau, Jet = StandardClasses.Jet;

    // Taus: 3 below 30 GeV, 1 above before mixing; 1 and 1 mixed; with weights 1 and 3. One jet lies outside the bins of eta, one of pt.
    [Fact]
    public void Every_class_is_normalised_inside_the_bins_before_mixing_after_it_and_with_weights()
    {
        Spectrum before = Binning.Empty();
        foreach ((double eta, double pt) in new[] { (0.5, 20.0), (0.5, 25), (1.5, 29), (0.1, 30), (2, 25), (0.5, 50) })
            before.Fill(Tau, eta, pt);
        var figures = new SpectrumFigures(Binning, before);
        figures.Fill(
            Rows((Tau, 25, -0.5f), (Tau, 30, 1), (Jet, 25, -2), (Jet, 10, 0), (Jet, 20, 0)), [1, 3, 100, 100, 2]);

        var drawn = figures.Of(PlotSettings.Read(Campaigns.Root("plot: {}").Block("plot")))
            .ToDictionary(figure => figure.Name, figure => (HistogramFigure)figure.Figure);

        drawn.Keys.Order(StringComparer.Ordinal).ShouldBe(
            ["spectrum_abs_eta_before", "spectrum_abs_eta_mixed", "spectrum_abs_eta_weighted",
             "spectrum_pt_before", "spectrum_pt_mixed", "spectrum_pt_weighted"]);
        Densities("spectrum_pt_before").ShouldBe([[0.75 / 10, 0.25 / 20]]);
        Densities("spectrum_abs_eta_before").ShouldBe([[0.75, 0.25]]);
        Densities("spectrum_pt_mixed").ShouldBe([[0.5 / 10, 0.5 / 20], [1.0 / 10, 0]]);
        Densities("spectrum_pt_weighted").ShouldBe([[0.25 / 10, 0.75 / 20], [1.0 / 10, 0]]);
        Densities("spectrum_abs_eta_weighted").ShouldBe([[0.25, 0.75], [1, 0]]);
        drawn["spectrum_pt_weighted"].Series[0].Errors.ShouldBe([0.25 / 10, 0.75 / 20]); // one row each: sqrt(w^2)
        drawn["spectrum_pt_before"].Series[0].Errors![0].ShouldBe(Math.Sqrt(3) / 4 / 10, 1e-15);

        double[][] Densities(string name) => [.. drawn[name].Series.Select(series => series.Densities)];
    }

    // Training may keep negative weights; a class that weighs nothing is not drawn with weights, one that weighs less than nothing is flat.
    [Theory]
    [InlineData(3, -1, new[] { 1.5 / 10, -0.5 / 20 })]
    [InlineData(0, 0, null)]
    [InlineData(1, -3, new[] { 0.0, 0.0 })]
    public void Weights_may_be_negative_or_nothing(float low, float high, double[]? expected)
    {
        var figures = new SpectrumFigures(Binning, Binning.Empty());
        figures.Fill(Rows((Tau, 25, 0), (Tau, 40, 0)), [low, high]);

        HistogramFigure drawn = (HistogramFigure)figures.Of(PlotSettings.Read(Campaigns.Root("plot: {}").Block("plot")))
            .Single(figure => figure.Name == "spectrum_pt_weighted").Figure;

        drawn.Series.Select(series => series.Densities).ShouldBe(expected is null ? [] : [expected]);
    }

    [Fact]
    public void Spectra_are_a_step_of_their_own_that_a_campaign_can_leave_out()
    {
        string[] others = ["roc", "distributions", "efficiencies", "training"];
        Keys("plot.spectra=no").ShouldBe(others);
        Keys("plot.spectra=yes").ShouldBe([.. others, "spectra"]);

        static string[] Keys(string set) =>
            [.. Campaigns.Smoke(set).Single(stage => stage.Name == "Plot").Steps().Select(step => step.Key ?? "")];
    }

    private static Batch Rows(params (TauClass Class, float Pt, float Eta)[] rows) => new(
    [
        new Column<int>(CandidateColumns.Type, rows.Select(row => row.Class.Index).ToArray()),
        new Column<float>(CandidateColumns.Pt, rows.Select(row => row.Pt).ToArray()),
        new Column<float>(CandidateColumns.Eta, rows.Select(row => row.Eta).ToArray()),
    ]);
}
