using System.Text.Json;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>ROOT files beside products, read by our reader and by JSROOT.</summary>
public sealed class AlsoRootStageTests : IDisposable
{
    private static readonly double[] CellsOfTaus = [0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0],
        CellsOfJets = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_spectrum_becomes_a_histogram_of_each_tau_type_with_its_under_and_overflow()
    {
        using RootFile file = RootFile.Open(SpectrumAsRoot());

        file.Histogram("eta_pt_hist_tau").Values.ToArray().ShouldBe(CellsOfTaus);
        file.Histogram("eta_pt_hist_jet").Values.ToArray().ShouldBe(CellsOfJets);
        file.Histogram("eta_pt_hist_tau").Entries.ShouldBe(10);
        file.Histogram("eta_pt_hist_jet").Entries.ShouldBe(1); // hadd passes over histograms of no entries
    }

    [JsRootFact]
    public void JSROOT_finds_the_histograms_of_a_spectrum_alike()
    {
        JsonElement objects = JsRoot.ReadObjects(SpectrumAsRoot());

        Numbers(objects.GetProperty("eta_pt_hist_tau").GetProperty("fArray")).ShouldBe(CellsOfTaus);
        Numbers(objects.GetProperty("eta_pt_hist_jet").GetProperty("fArray")).ShouldBe(CellsOfJets);
        objects.GetProperty("eta_pt_hist_tau").GetProperty("fEntries").GetDouble().ShouldBe(10);
        objects.GetProperty("eta_pt_hist_jet").GetProperty("fEntries").GetDouble().ShouldBe(1);
    }

    [Fact]
    public void Mixed_rows_become_a_tree_of_equal_values()
    {
        (string root, double[] pt) = MixedAsRoot();

        Column(root, CandidateColumns.Pt).ShouldBe(pt);
    }

    [JsRootFact]
    public void JSROOT_reads_the_tree_of_mixed_rows_alike()
    {
        (string root, double[] pt) = MixedAsRoot();

        Numbers(JsRoot.Read(root).GetProperty("taus").GetProperty(CandidateColumns.Pt)).ShouldBe(pt);
    }

    [Fact]
    public void Scores_become_a_tree_of_equal_values()
    {
        (string root, double[] x) = ScoresAsRoot();

        Column(root, "x").ShouldBe(x);
    }

    [JsRootFact]
    public void JSROOT_reads_the_tree_of_scores_alike()
    {
        (string root, double[] x) = ScoresAsRoot();

        Numbers(JsRoot.Read(root).GetProperty("taus").GetProperty("x")).ShouldBe(x);
    }

    [Fact]
    public void Lists_name_the_trees_of_every_part_with_their_entries_as_TauMLTools_reads_them()
    {
        var flow = new ScoredFlow();
        IReadOnlyList<Step> steps = Steps(flow, new(false, false, false) { Split = true });
        Step lists = steps.Single(step => step.Key == "lists");
        for (int i = 0; i < lists.Reads.Count; i++) _bench.Put(lists.Reads[i].Artifact, ShardRows.Of(SamplingFlow.TausAndJets(i, 1)));

        _bench.Run(lists);

        string[] sizes = File.ReadAllLines(_bench.At(AlsoRootStage.SizeList)), mixed = File.ReadAllLines(_bench.At(AlsoRootStage.FileList));
        sizes.ShouldBe(lists.Reads.Select((read, i) => $"{Path.ChangeExtension(read.Artifact.Path, ".root")} {i + 1}").Order(StringComparer.Ordinal));
        mixed.ShouldBe(sizes, ignoreOrder: true);
        sizes.Length.ShouldBeGreaterThan(3);
        sizes.ShouldAllBe(line => line.Split('/').Length >= 4); // split/<part>/<dataset>/<file>
        steps.SelectMany(step => step.Writes).Select(made => made.Path).ShouldContain(sizes[0].Split(' ')[0]);
    }

    [Fact]
    public void The_same_product_gives_the_same_bytes()
    {
        var flow = new ScoredFlow();
        Artifact product = flow.Sampling.Mix.Mixed.Of(flow.Sampling.Training, SplitSettings.Train).Single();
        _bench.Put(product, ShardRows.Of(SamplingFlow.TausAndJets(30, 40)));
        Step step = Steps(flow, new(false, true, false)).Single(step => step.Key == "shuffle_merge/train");

        byte[][] files =
        [
            .. Enumerable.Range(0, 2)
                .Select(_ =>
                {
                    _bench.Run(step);
                    return File.ReadAllBytes(_bench.At(AlsoRootStage.Of(product)));
                }),
        ];

        files[0].ShouldBe(files[1]);
    }

    [Fact]
    public void What_makes_the_products_does_not_depend_on_it_and_without_it_there_is_no_stage()
    {
        IReadOnlyList<IStage> off = Campaigns.Smoke(),
            on = Campaigns.Smoke("+also_root={ spectrum: true, shuffle_merge: true, apply: true }");

        off.ShouldNotContain(stage => stage.Name == "AlsoRoot");
        Described(on.Where(stage => stage.Name != "AlsoRoot")).ShouldBe(Described(off));
        IReadOnlyList<Step> steps = on.Single(stage => stage.Name == "AlsoRoot").Steps();
        string[] products = [.. steps.SelectMany(step => step.Writes).Select(artifact => artifact.Path)];
        products.ShouldBeUnique();
        products.ShouldContain("shuffle_merge/validation.root");
        products.ShouldContain("spectrum/train/TauGun.root");
        products.Count(path => path.StartsWith("apply/test/", StringComparison.Ordinal)).ShouldBe(3);
    }

    private static AlsoRootStage Stage(ScoredFlow flow, AlsoRootSettings settings) =>
        new(new AlsoRootSources(flow.Sampling.Parts, flow.Sampling.Split.Shards, flow.Sampling.Mix.Mixed, flow.Apply.Scores)
        {
            Spectra = [.. flow.Sampling.Spectrum.All],
        }, settings);

    private static IReadOnlyList<Step> Steps(ScoredFlow flow, AlsoRootSettings settings) => Stage(flow, settings).Steps();

    private static string[] Described(IEnumerable<IStage> stages) =>
        [
            .. stages.SelectMany(stage => stage.Steps())
                .Select(step =>
                    $"{step.Id} {step.Settings.Hash()} {string.Join(' ', step.Reads.Select(read => read.Artifact.Path))} -> {string.Join(' ', step.Writes.Select(written => written.Path))}"
                ),
        ];

    private string SpectrumAsRoot()
    {
        var flow = new ScoredFlow();
        Artifact<SpectrumFile> product = SpectrumStage.Of(SplitSettings.Train, "DY");
        var spectrum = new Spectrum(StandardClasses.Scheme.All, new([0, 1.2, 2.3]), new([20, 40, 1000]));
        for (int i = 0; i < 7; i++) spectrum.Fill(StandardClasses.Tau, 0.5, 30);
        for (int i = 0; i < 3; i++) spectrum.Fill(StandardClasses.Tau, 1.5, 500);
        spectrum.Fill(StandardClasses.Jet, 3, 10); // beyond both axes
        _bench.Put(product, new SpectrumFile(spectrum));
        _bench.Run(Steps(flow, new(true, false, false)).Single(step => step.Key == "spectrum/train/DY"));
        return _bench.At(AlsoRootStage.Of(product));
    }

    private (string Root, double[] Pt) MixedAsRoot()
    {
        var flow = new ScoredFlow();
        Artifact product = flow.Sampling.Mix.Mixed.Of(flow.Sampling.Training, SplitSettings.Train).Single();
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(3, 4), pt: i => 20 + i / 3f);
        _bench.Put(product, rows);
        _bench.Run(Steps(flow, new(false, true, false)).Single(step => step.Key == "shuffle_merge/train"));
        return (_bench.At(AlsoRootStage.Of(product)), rows[CandidateColumns.Pt].ToDoubles());
    }

    private (string Root, double[] X) ScoresAsRoot()
    {
        var flow = new ScoredFlow();
        Artifact product = flow.Apply.Scores.Part(SplitSettings.Test)[0].Shard;
        Batch rows = ScoredFlow.Rows([StandardClasses.Tau, StandardClasses.Jet], 0.25f, 1 / 3f);
        _bench.Put(product, rows);
        _bench.Run(Steps(flow, new(false, false, true)).Single(step => step.Reads[0].Artifact.Path == product.Path));
        return (_bench.At(AlsoRootStage.Of(product)), rows["x"].ToDoubles());
    }

    private static double[] Column(string root, string column)
    {
        using RootFile file = RootFile.Open(root);
        return file.Tree("taus").Read([column]).Single()[column].ToDoubles();
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];
}
