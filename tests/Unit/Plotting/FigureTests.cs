using System.Text.Json.Nodes;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Plotting;
using Xunit;

namespace TauPipeline.Tests.Unit.Plotting;

public sealed class FigureTests
{
    private static readonly PlotTheme Theme = new();

    [Fact]
    public void A_ROC_figure_has_bands_lines_points_and_a_ratio_panel() => Approved(SampleFigures.Roc(points: 8));

    [Fact]
    public void A_histogram_has_steps_areas_and_points() => Approved(SampleFigures.Histogram(log: true));

    [Fact]
    public void Boxes_have_whiskers_and_a_guide_and_are_left_out_where_they_have_no_place() => Approved(SampleFigures.Boxes());

    [Fact]
    public void A_history_marks_the_epoch_that_was_kept() => Approved(SampleFigures.History());

    [Fact]
    public void An_efficiency_figure_has_two_frames_and_one_legend() => Approved(SampleFigures.Efficiency());

    [Fact]
    public void No_header_is_drawn_unless_the_theme_has_one()
    {
        string plain = SampleFigures.History().VegaLite(Theme);
        string headed = SampleFigures.History().VegaLite(Theme with { Header = "CMS" });

        plain.ShouldNotContain("CMS");
        headed.ShouldContain("\"text\":\"CMS\"");
    }

    [Fact]
    public void Only_a_figure_for_a_page_answers_the_pointer()
    {
        SampleFigures.Roc(8).VegaLite(Theme).ShouldNotContain("pointermove");
        SampleFigures.Roc(8).VegaLite(Theme with { Hover = true }).ShouldContain("pointermove");
    }

    // The piece from the first point to the first that is not thin is dotted, and no gap is left.
    [Fact]
    public void A_thin_piece_of_a_curve_is_dotted_up_to_the_first_point_that_is_not()
    {
        var curve = new Curve("a", [0, 0.25, 0.5, 1], [0.1, 0.2, 0.4, 1]) { ThinBelow = 0.5 };
        var figure = new RocFigure { Title = "t", Curves = [curve] };

        Data(figure.VegaLite(Theme), "curves").Select(row => row!["thin"]?.GetValue<bool>()).ShouldBe([true, true, false, null]);
        figure.VegaLite(Theme).ShouldContain("isDefined(datum.thin)");
        (figure with { Curves = [curve with { ThinBelow = 0 }] }).VegaLite(Theme).ShouldNotContain("thin");
    }

    [Fact]
    public void A_working_point_s_bins_may_have_edges_of_their_own()
    {
        EfficiencyFigure figure = SampleFigures.Efficiency();
        EfficiencySeries merged = new("merged", [0.5], [0.4], [0.6]) { Edges = [figure.Edges[0], figure.Edges[2]] };

        JsonNode row = Data((figure with { Genuine = figure.Genuine with { Series = [merged] } }).VegaLite(Theme), "genuine").Single()!;

        row["from"]!.GetValue<double>().ShouldBe(figure.Edges[0]);
        row["to"]!.GetValue<double>().ShouldBe(figure.Edges[2]);
    }

    [Fact]
    public void Zero_has_no_place_on_a_logarithmic_axis_and_a_band_ends_at_the_frame()
    {
        var figure = new RocFigure
        {
            Title = "t",
            Y = new PlotAxis("rate", Log: true) { Range = (0.01, 1) },
            Curves = [new Curve("a", [0, 0.5, 1], [0, 0.1, 1], [0, 0, 0.9], [0.2, 0.3, 1.1])],
        };

        JsonArray rows = Data(figure.VegaLite(Theme), "curves");

        rows.Count.ShouldBe(2);
        rows[0]!.ToJsonString().ShouldBe("""{"series":"a","x":0.5,"y":0.1,"low":0.01,"high":0.3}""");
        rows[1]!.ToJsonString().ShouldBe("""{"series":"a","x":1,"y":1,"low":0.9,"high":1}""");
    }

    [Fact]
    public void A_ratio_is_the_probe_over_the_interpolated_reference_where_both_exist()
    {
        // The worked example of TauMLTools' ratio, at the probe's points: reference .0125 .03 .07 .25 at .2 .4 .6 .8 by hand.
        var figure = new RocFigure
        {
            Title = "t",
            Reference = "reference",
            Curves =
            [
                new Curve("reference", [0.1, 0.3, 0.5, 0.7, 0.9], [0.005, 0.02, 0.04, 0.1, 0.4]),
                new Curve("probe", [0, 0.2, 0.4, 0.6, 0.8, 1], [0.001, 0.01, 0.02, 0.06, 0.2, 1]),
            ],
        };

        double[] ratios =
        [
            .. Data(figure.VegaLite(Theme), "ratios")
                .Where(row => row!["series"]!.GetValue<string>() == "probe")
                .Select(row => row!["y"]!.GetValue<double>()),
        ];

        ratios.ShouldBe([0.8, 0.66667, 0.85714, 0.8]);
    }

    [Fact]
    public void A_vertical_piece_of_a_curve_has_one_ratio()
    {
        var figure = new RocFigure
        {
            Title = "t",
            Curves = [new Curve("probe", [0.5, 1, 1, 1], [0.1, 0.4, 0.6, 1]), new Curve("reference", [0.5, 1, 1], [0.2, 0.5, 1])],
            Reference = "reference",
        };

        Data(figure.VegaLite(Theme), "ratios").Where(row => row!["series"]!.GetValue<string>() == "probe")
            .Select(row => row!["y"]!.GetValue<double>()).ShouldBe([0.5, 0.8]);
    }

    [Fact]
    public void A_reference_that_is_no_curve_is_a_defect() =>
        Should.Throw<Defect>(() => (SampleFigures.Roc(8) with { Reference = "other" }).VegaLite(Theme)).Text.ToString()
            .ShouldBe(
                "figure 'Jets misidentified as taus' has no reference curve 'other'\n  curves  DeepTau v2.5, Flat network, Recurrent network"
            );

    [Fact]
    public void Arrays_that_do_not_fit_are_a_defect()
    {
        Should.Throw<Defect>(() => new HistoryFigure { Title = "t", Curves = [new Curve("a", [1, 2], [1])] }.VegaLite(Theme));
        Should.Throw<Defect>(() => (SampleFigures.Histogram() with { Edges = [0, 1] }).VegaLite(Theme));
    }

    private static JsonArray Data(string specification, string name) => JsonNode.Parse(specification)!["datasets"]![name]!.AsArray();

    private static void Approved(IFigure figure) =>
        figure.VegaLite(Theme)
            .ShouldMatchApproved(options =>
                options.NoDiff()
                    .LocateTestMethodUsingAttribute<FactAttribute>()
                    .WithFilenameGenerator(
            (method, _, kind, extension) =>
                $"{method.DeclaringTypeName}.{method.MethodName}.{(kind == "approved" ? "verified" : kind)}.{extension}"));
}
