using System.Text;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Plotting;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Plotting;

public sealed class NodeRendererTests
{
    private static readonly IFigure[] Figures =
    [
        SampleFigures.Roc(),
        SampleFigures.Histogram(),
        SampleFigures.Histogram(log: true),
        SampleFigures.History(),
        SampleFigures.Efficiency(),
    ];

    [NeedsNodePackagesFact]
    public void The_same_figures_give_the_same_SVG_and_PDF_bytes()
    {
        using DrawingFolder first = Drawn(Figures), second = Drawn(Figures);

        for (int i = 0; i < Figures.Length; i++)
            foreach (string picture in new[] { $"figure{i}.svg", $"figure{i}.pdf" })
                first.Bytes(picture).ShouldBe(second.Bytes(picture), picture);
    }

    [NeedsNodePackagesFact]
    public void Superscripts_reach_the_SVG_and_the_PDF_embeds_a_font_that_has_them()
    {
        using DrawingFolder folder = Drawn(SampleFigures.Roc());

        Encoding.UTF8.GetString(folder.Bytes("figure0.svg")).ShouldContain(">10⁻³</text>");
        string pdf = Encoding.Latin1.GetString(folder.Bytes("figure0.pdf"));
        pdf.ShouldStartWith("%PDF-");
        pdf.ShouldContain("DejaVuSans");
        pdf.ShouldNotContain("Helvetica");
        pdf.ShouldContain("(D:19700101000000Z)");
    }

    [NeedsNodePackagesFact]
    public void A_figure_for_a_page_is_drawn_as_well()
    {
        using var folder = new DrawingFolder();
        for (int i = 0; i < Figures.Length; i++) folder.Add($"figure{i}", Figures[i].VegaLite(new PlotTheme { Hover = true }));

        DrawingFolder.Renderer().Draw(folder.Path, pdf: false);

        folder.Bytes("figure0.svg").Length.ShouldBeGreaterThan(10_000);
        Directory.GetFiles(folder.Path, "*.pdf").ShouldBeEmpty();
    }

    [NeedsNodePackagesFact]
    public void What_node_complains_about_names_the_figure()
    {
        using var folder = new DrawingFolder();
        folder.Add("broken", """{"mark":"line","data":{"url":"http://example.org/data.json"},"encoding":{"x":{"field":"a","type":"quantitative"}}}""");

        StepFailed failed = Should.Throw<StepFailed>(() => DrawingFolder.Renderer().Draw(folder.Path));

        failed.Text.ToString().ShouldContain("broken.vl.json: ");
        failed.Text.ToString().ShouldContain("a figure must carry its data, but asks for http://example.org/data.json");
    }

    [Fact]
    public void One_node_process_gets_the_folder_and_the_packages()
    {
        var calls = new List<string>();
        using var folder = new DrawingFolder();
        var renderer = new NodeRenderer("node", new NodeModules("/modules"), (program, arguments, where) =>
        {
            calls.Add($"{program} {Path.GetFileName(arguments[0])} {string.Join(' ', arguments.Skip(1))} in {where}");
            return (0, "");
        });

        renderer.Draw(folder.Path);

        calls.ShouldBe([$"node render.mjs --modules=/modules --specs={folder.Path} --formats=svg,pdf in {folder.Path}"]);
    }

    [Fact]
    public void A_picture_that_did_not_appear_is_a_failure()
    {
        using var folder = new DrawingFolder();
        folder.Add("roc", "{}");

        Should.Throw<StepFailed>(() => new NodeRenderer("node", new NodeModules("/modules"), (_, _, _) => (0, "")).Draw(folder.Path))
            .Text.ToString().ShouldContain("nothing about roc.vl.json");
    }

    [Fact]
    public void Missing_packages_say_how_they_are_installed() =>
        Should.Throw<StepFailed>(() => NodeModules.Find("/no/such/node_modules")).Text.ToString().ShouldBe("""
            the node packages that draw the figures are missing
              tried         /no/such/node_modules
              or name them  TAU_NODE_MODULES=/path/to/node_modules
              install it with  dotnet cake --target=Setup
            """);

    [Fact]
    public void A_missing_node_says_how_it_is_installed() =>
        Should.Throw<StepFailed>(() => NodeProgram.Find("/no/such")).Text.ToString().ShouldBe("""
            node is missing, which draws the figures
              tried       /no/such, /no/such/bin/node, /no/such/node
              or name it  TAU_NODE=/path/to/node (18 or newer)
              install it with  dotnet cake --target=Setup
            """);

    [Fact]
    public void The_versions_of_the_tools_come_from_the_lock_file()
    {
        IReadOnlyList<string> versions = PlottingTools.Packages();

        versions.Take(5).ShouldBe(["dejavu-fonts-ttf 2.37.3", "pdfkit 0.20.2", "svg-to-pdfkit 0.1.8", "vega 6.4.0", "vega-lite 6.4.1"]);
        versions[5].ShouldMatch("^node packages [0-9a-f]{12}$");
    }

    [Fact]
    public void Who_draws_names_node_as_well_and_may_lack_it()
    {
        PlottingTools.Versions((_, arguments) => arguments.Single() == "--version" ? "v20.1.2\n" : "")
            .ShouldBe(["node v20.1.2", .. PlottingTools.Packages()]);
        PlottingTools.Versions((_, _) => throw new StepFailed("cannot be started"))[0].ShouldBe("node missing");
    }

    [Fact]
    public void The_lock_file_names_no_place_to_download_from()
    {
        string lockFile = File.ReadAllText(Checkout.At("pipeline", "Plotting", "node", "package-lock.json"));

        lockFile.ShouldNotContain("\"resolved\"");
        lockFile.ShouldContain("\"integrity\": \"sha512-");
    }

    private static DrawingFolder Drawn(params IFigure[] figures)
    {
        var folder = new DrawingFolder();
        for (int i = 0; i < figures.Length; i++)
            folder.Add($"figure{i}", figures[i].VegaLite(new PlotTheme { Header = "Test", RightHeader = "13 TeV" }));
        DrawingFolder.Renderer().Draw(folder.Path);
        return folder;
    }
}
