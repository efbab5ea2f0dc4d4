using System.Text.Json;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Histograms and graphs: public files against the values that other readers find, and files of ours read by JSROOT.</summary>
public sealed class HistogramTests(ITestOutputHelper output) : IDisposable
{
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [SharedRootFilesFact]
    public void Every_histogram_has_the_values_other_readers_find()
    {
        int equal = 0;
        foreach (
            string line in File.ReadLines(Path.Combine(SharedRootFiles.Folder, "oracle-public.jsonl"))
                .Where(line => line.Contains("\"kind\": \"hist\"", StringComparison.Ordinal)))
        {
            JsonElement expected = JsonDocument.Parse(line).RootElement;
            string name = expected.GetProperty("file").GetString()!, path = expected.GetProperty("object").GetString()!;
            using RootFile file = RootFile.Open(SharedRootFiles.Path(name));

            JsonElement found = JsonDocument.Parse(HistogramDigest.ToJson(file.Histogram(path), name, path)).RootElement;

            foreach (JsonProperty field in expected.EnumerateObject().Where(field => field.Name != "source"))
                JsonElement.DeepEquals(found.GetProperty(field.Name), field.Value)
                    .ShouldBeTrue($"{name} {path} {field.Name}: {found.GetProperty(field.Name)} for {field.Value}");
            equal++;
        }
        output.WriteLine($"histograms equal: {equal}");
        equal.ShouldBe(20);
    }

    [JsRootFilesFact]
    public void Profiles_and_graphs_have_the_values_that_JSROOT_finds()
    {
        foreach (string name in new[] { "tprofile.root", "uproot-hepdata-example.root", "w-zstd.root" })
        {
            JsonElement expected = JsRoot.ReadObjects(SharedRootFiles.Path(name));
            using RootFile file = RootFile.Open(SharedRootFiles.Path(name));
            foreach (RootKey key in file.Keys.Where(key => key.IsHistogram))
            {
                JsonElement one = expected.GetProperty(key.Path);
                RootHistogram found = file.Histogram(key.Path);
                Numbers(one, "fArray").ShouldBe(found.Values.ToArray(), key.Path);
                if (one.TryGetProperty("fBinEntries", out _)) Numbers(one, "fBinEntries").ShouldBe(found.BinEntries.ToArray(), key.Path);
                one.GetProperty("fTsumwx2").GetDouble().ShouldBe(found.Sums.XX);
            }
            foreach (RootKey key in file.Keys.Where(key => key.IsGraph)) ShouldBe(file.Graph(key.Path), expected.GetProperty(key.Path));
        }
    }

    [JsRootTheory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Lz4)]
    [InlineData(CodecKind.Zstd)]
    public void What_is_written_is_read_by_another_implementation_and_by_us(CodecKind kind)
    {
        RootHistogram[] histograms = [Flat(), Plane()];
        RootGraph[] graphs =
        [
            Graph("points", default, default),
            Graph("equal", GraphErrors.Symmetric(Steps(0.1)), GraphErrors.Symmetric(Steps(0.5))),
            Graph("unequal", new GraphErrors(Steps(0.1), Steps(0.2)), new GraphErrors(Steps(0.3), Steps(0.4))),
        ];
        string path = _files.Path("objects.root");
        using (RootFileWriter file = RootFileWriter.Create(path, new RootCompression(kind, 4)))
        {
            file.Tree("taus", SampleBatches.Of(0, 0).Schema, new TreeOptions { Tables = WrittenFiles.Layouts })
                .Append(SampleBatches.Of(0, 20));
            foreach (RootHistogram histogram in histograms) file.Add(histogram);
            foreach (RootGraph graph in graphs) file.Add(graph);
        }

        JsonElement read = JsRoot.ReadObjects(path);
        using RootFile back = RootFile.Open(path);
        back.Tree("taus").Entries.ShouldBe(20);

        foreach (RootHistogram histogram in histograms)
        {
            JsonElement found = read.GetProperty(histogram.Name);
            found.GetProperty("_typename").GetString().ShouldBe(histogram.ClassName);
            found.GetProperty("fTitle").GetString().ShouldBe(histogram.Title);
            found.GetProperty("fEntries").GetDouble().ShouldBe(histogram.Name == "pt" ? 60.75 : 23.75); // of all cells
            found.GetProperty("fXaxis").GetProperty("fTitle").GetString().ShouldBe(histogram.Axes[0].Title);
            found.GetProperty("fXaxis").GetProperty("fNbins").GetInt32().ShouldBe(histogram.Axes[0].Bins);
            found.GetProperty("fTsumwx").GetDouble().ShouldBe(histogram.Sums.X);
            Numbers(found, "fArray").ShouldBe(histogram.Values.ToArray());
            Numbers(found, "fSumw2").ShouldBe(histogram.SumOfSquares.ToArray());
            Numbers(found.GetProperty("fXaxis"), "fXbins").ShouldBe(histogram.Axes[0].IsVariable ? histogram.Axes[0].Edges() : []);
            HistogramDigest.ToJson(back.Histogram(histogram.Name), "f", "o").ShouldBe(HistogramDigest.ToJson(histogram, "f", "o"));
        }
        foreach (RootGraph graph in graphs)
        {
            read.GetProperty(graph.Name).GetProperty("_typename").GetString().ShouldBe(graph.ClassName);
            ShouldBe(graph, read.GetProperty(graph.Name));
            ShouldBe(back.Graph(graph.Name), read.GetProperty(graph.Name));
        }
    }

    [Fact]
    public void Numbers_are_written_so_that_they_read_back()
    {
        // The shortest text that .NET has for these two reads back as their neighbours.
        double[] values = [Math.ScaleB(1, -958), -Math.ScaleB(1, -25), 0.1];

        JsonElement digest = JsonDocument
            .Parse(HistogramDigest.ToJson(RootHistogram.Of("h", "", [new HistogramAxis(1, values[0], 1)], values), "f", "h;1"))
            .RootElement;

        Numbers(digest, "first").ShouldBe(values);
        digest.GetProperty("axes")[0].GetProperty("lo").GetDouble().ShouldBe(values[0]);
    }

    [Theory]
    [InlineData("2", 1, 1e16, 1.0, -1e16, 1.0, double.NaN)]
    [InlineData("inf", 0, double.MaxValue, double.MaxValue, -1.0, 0.0, 0.0)]
    public void Finite_values_are_summed_without_loss(string sum, int others, params double[] values)
    {
        JsonElement digest = JsonDocument
            .Parse(HistogramDigest.ToJson(RootHistogram.Of("h", "", [new HistogramAxis(3, 0, 1)], values), "f", "h;1"))
            .RootElement;

        digest.GetProperty("sum").ToString().ShouldBe(sum);
        digest.GetProperty("nonfinite").GetInt64().ShouldBe(others);
    }

    [Fact]
    public void What_does_not_go_together_is_refused_before_it_is_written()
    {
        using RootFileWriter file = RootFileWriter.Create(_files.Path("x.root"), RootCompression.None);
        file.Add(Flat());

        Should.Throw<Misuse>(() => file.Add(Flat())).Message.ShouldContain("has an object 'pt' already");
        Should.Throw<Misuse>(() => RootHistogram.Of("h", "", [new HistogramAxis(3, 0, 1)], new double[4]))
            .Text.Facts.ShouldContain(("expected", "5 cells, with under- and overflow"));
        Should.Throw<Misuse>(() => file.Add(Graph("g", GraphErrors.Symmetric(new double[1]), default)))
            .Text.Title.ShouldBe("'g' cannot be written to a ROOT file");
    }

    [SharedRootFilesFact]
    public void Objects_of_other_classes_are_refused_by_name()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("tscatter.root"));

        Should.Throw<StepFailed>(() => file.Graph("scatter")).Text.Title.ShouldBe("'scatter' is not a graph that is read");
        Should.Throw<StepFailed>(() => file.Histogram("scatter")).Text.Facts.ShouldContain(("found", "TScatter"));
    }

    private static RootHistogram Flat()
    {
        double[] values = [1, 20.5, 30.25, 7, 2];
        return RootHistogram.Of(
            "pt",
            "transverse momentum",
            [HistogramAxis.Between([20, 30, 50, 100]) with { Title = "p_{T} [GeV]" }],
            values,
            values.Select(value => value * 2).ToArray());
    }

    private static RootHistogram Plane() =>
        RootHistogram.Of(
            "plane",
            "p_{T} and #eta",
            [new HistogramAxis(3, 0, 3) { Title = "x" }, HistogramAxis.Between([0, 1, 2.5]) with { Title = "y" }],
            Enumerable.Range(0, 20).Select(i => i / 8.0).ToArray());

    private static RootGraph Graph(string name, GraphErrors x, GraphErrors y) =>
        new()
        {
            Name = name,
            Title = name + ";x;y",
            X = Steps(1),
            Y = Steps(-2.5),
            XErrors = x,
            YErrors = y,
        };

    private static double[] Steps(double step) => [.. Enumerable.Range(1, 6).Select(i => i * step)];

    private static void ShouldBe(RootGraph graph, JsonElement expected)
    {
        Numbers(expected, "fX").ShouldBe(graph.X.ToArray());
        Numbers(expected, "fY").ShouldBe(graph.Y.ToArray());
        (string Name, ReadOnlyMemory<double> Errors)[] all = graph.ClassName switch
        {
            "TGraphErrors" => [("fEX", graph.XErrors.Low), ("fEY", graph.YErrors.High)],
            "TGraphAsymmErrors" =>
            [
                ("fEXlow", graph.XErrors.Low),
                ("fEXhigh", graph.XErrors.High),
                ("fEYlow", graph.YErrors.Low),
                ("fEYhigh", graph.YErrors.High),
            ],
            _ => [],
        };
        foreach ((string name, ReadOnlyMemory<double> errors) in all) Numbers(expected, name).ShouldBe(errors.ToArray(), name);
    }

    private static double[] Numbers(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
