using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>ROOT files beside products, read by JSROOT where it is installed, else by our reader.</summary>
public sealed class AlsoRootStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_spectrum_becomes_a_histogram_of_each_tau_type_with_its_under_and_overflow()
    {
        var flow = new ScoredFlow();
        Artifact<SpectrumFile> product = SpectrumStage.Of(SplitSettings.Train, "DY");
        var spectrum = new Spectrum(new([0, 1.2, 2.3]), new([20, 40, 1000]));
        for (int i = 0; i < 7; i++) spectrum.Fill(TauType.Tau, 0.5, 30);
        for (int i = 0; i < 3; i++) spectrum.Fill(TauType.Tau, 1.5, 500);
        spectrum.Fill(TauType.Jet, 3, 10); // beyond both axes
        _bench.Put(product, new SpectrumFile(spectrum));

        _bench.Run(Steps(flow, new(true, false, false)).Single(step => step.Key == "spectrum/train/DY"));

        string root = _bench.At(AlsoRootStage.Of(product));
        Cells(root, "eta_pt_hist_tau").ShouldBe([0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0]);
        Cells(root, "eta_pt_hist_jet").ShouldBe([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Entries(root, "eta_pt_hist_tau").ShouldBe(10);
        Entries(root, "eta_pt_hist_jet").ShouldBe(1); // hadd passes over histograms of no entries
    }

    [Fact]
    public void Mixed_rows_become_a_tree_of_equal_values()
    {
        var flow = new ScoredFlow();
        Artifact product = flow.Sampling.Mix.Mixed.Of(flow.Sampling.Training, SplitSettings.Train).Single();
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(3, 4), pt: i => 20 + i / 3f);
        _bench.Put(product, rows);

        _bench.Run(Steps(flow, new(false, true, false)).Single(step => step.Key == "shuffle_merge/train"));

        Values(_bench.At(AlsoRootStage.Of(product)), CandidateColumns.Pt).ShouldBe(rows[CandidateColumns.Pt].ToDoubles());
    }

    [Fact]
    public void Scores_become_a_tree_of_equal_values()
    {
        var flow = new ScoredFlow();
        Artifact product = flow.Apply.Scores.Part(SplitSettings.Test)[0].Shard;
        Batch rows = ScoredFlow.Rows([TauType.Tau, TauType.Jet], 0.25f, 1 / 3f);
        _bench.Put(product, rows);

        _bench.Run(Steps(flow, new(false, false, true)).Single(step => step.Reads[0].Artifact.Path == product.Path));

        Values(_bench.At(AlsoRootStage.Of(product)), "x").ShouldBe(rows["x"].ToDoubles());
    }

    [Fact]
    public void The_same_product_gives_the_same_bytes()
    {
        var flow = new ScoredFlow();
        Artifact product = flow.Sampling.Mix.Mixed.Of(flow.Sampling.Training, SplitSettings.Train).Single();
        _bench.Put(product, ShardRows.Of(SamplingFlow.TausAndJets(30, 40)));
        Step step = Steps(flow, new(false, true, false)).Single(step => step.Key == "shuffle_merge/train");

        byte[][] files = [.. Enumerable.Range(0, 2).Select(_ => { _bench.Run(step); return File.ReadAllBytes(_bench.At(AlsoRootStage.Of(product))); })];

        files[0].ShouldBe(files[1]);
    }

    [Fact]
    public void What_makes_the_products_does_not_depend_on_it_and_without_it_there_is_no_stage()
    {
        IReadOnlyList<IStage> off = Compose(), on = Compose("+also_root={ spectrum: true, shuffle_merge: true, apply: true }");

        off.ShouldNotContain(stage => stage is AlsoRootStage);
        Described(on.Where(stage => stage is not AlsoRootStage)).ShouldBe(Described(off));
        IReadOnlyList<Step> steps = on.Single(stage => stage is AlsoRootStage).Steps();
        string[] products = [.. steps.SelectMany(step => step.Writes).Select(artifact => artifact.Path)];
        products.ShouldBeUnique();
        products.ShouldContain("shuffle_merge/validation.root");
        products.ShouldContain("spectrum/train/TauGun.root");
        products.Count(path => path.StartsWith("apply/test/", StringComparison.Ordinal)).ShouldBe(3);
    }

    private static AlsoRootStage Stage(ScoredFlow flow, AlsoRootSettings settings) =>
        new(new AlsoRootSources(flow.Sampling.Parts, flow.Sampling.Split.Shards, flow.Sampling.Mix.Mixed, flow.Apply.Scores), settings);

    private static IReadOnlyList<Step> Steps(ScoredFlow flow, AlsoRootSettings settings) => Stage(flow, settings).Steps();

    private static IReadOnlyList<IStage> Compose(params string[] sets)
    {
        CampaignFile campaign = CampaignFile.Load(Checkout.At("configs", "smoke.yaml"), sets, []);
        IReadOnlyList<IStage> stages = StageCatalogue.Compose(campaign);
        campaign.Finish();
        return stages;
    }

    private static string[] Described(IEnumerable<IStage> stages) =>
        [.. stages.SelectMany(stage => stage.Steps()).Select(step => $"{step.Id} {step.Settings.Hash()} {string.Join(' ', step.Reads.Select(read => read.Artifact.Path))} -> {string.Join(' ', step.Writes.Select(written => written.Path))}")];

    private static double[] Cells(string root, string name)
    {
        using RootFile file = RootFile.Open(root);
        double[] ours = file.Histogram(name).Values.ToArray();
        if (JsRoot.WhyMissing is null) JsRoot.ReadObjects(root).GetProperty(name).GetProperty("fArray").EnumerateArray().Select(value => value.GetDouble()).ShouldBe(ours);
        return ours;
    }

    private static double Entries(string root, string name)
    {
        using RootFile file = RootFile.Open(root);
        double ours = file.Histogram(name).Entries;
        if (JsRoot.WhyMissing is null) JsRoot.ReadObjects(root).GetProperty(name).GetProperty("fEntries").GetDouble().ShouldBe(ours);
        return ours;
    }

    private static double[] Values(string root, string column)
    {
        using RootFile file = RootFile.Open(root);
        double[] ours = file.Tree("taus").Read([column]).Single()[column].ToDoubles();
        if (JsRoot.WhyMissing is null) JsRoot.Read(root).GetProperty("taus").GetProperty(column).EnumerateArray().Select(value => value.GetDouble()).ShouldBe(ours);
        return ours;
    }
}
