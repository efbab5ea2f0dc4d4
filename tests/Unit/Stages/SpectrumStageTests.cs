using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Statistics;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class SpectrumStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Rows_are_counted_by_type_and_bin_and_test_rows_are_not_read()
    {
        var flow = new SamplingFlow(
            "shuffle_merge: { groups: { all: { datasets: [DY], types: [tau] } }, tau_ratio: { tau: 1 } }\nbinning: { pt: [20, 40, 1000], abs_eta: [0, 2.3] }"
        );
        _bench.Put(
            flow.Split.Shards.Files[0].Parts[SplitSettings.Train],
            ShardRows.Of(SamplingFlow.TausAndJets(10, 5), pt: i => i < 4 ? 50 : 30));
        IReadOnlyList<Step> steps = flow.Spectrum.Steps();

        Sum(flow.Spectrum, "train/DY");

        Spectrum spectrum = _bench.Get(SpectrumStage.Of(SplitSettings.Train, "DY")).Spectrum;
        (spectrum[StandardClasses.Tau][0, 0], spectrum[StandardClasses.Tau][0, 1], spectrum[StandardClasses.Jet][0, 0]).ShouldBe((6, 4, 5));
        steps.Select(step => step.Key)
            .ShouldBe([
                "train/DY/a", "train/QCD/a", "validation/DY/a", "validation/QCD/a", "train/DY", "train/QCD", "validation/DY", "validation/QCD",
                "groups/train", "groups/validation",
            ]);
        steps.SelectMany(step => step.Reads).ShouldNotContain(read => read.Artifact.Path.Contains("/test/", StringComparison.Ordinal));
    }

    [Fact]
    public void Decay_modes_and_the_regions_of_every_file_are_counted()
    {
        var flow = new SamplingFlow($"{Mixing}\nbinning: {{ pt: [20, 40, 1000], abs_eta: [0, 2.3] }}", filesEach: 2);
        Artifact[] shards = [.. flow.Split.Shards.Part(SplitSettings.Train).Where(one => one.Dataset.Name == "DY").Select(one => one.Shard)];
        _bench.Put(shards[0], ShardRows.Of(SamplingFlow.TausAndJets(10, 5), pt: i => i < 4 ? 50 : 30).WithKinematics());
        _bench.Put(shards[1], ShardRows.Of(SamplingFlow.TausAndJets(3, 1), pt: i => i == 0 ? 10 : 60).WithKinematics());

        Sum(flow.Spectrum, "train/DY");

        Spectrum spectrum = _bench.Get(SpectrumStage.Of(SplitSettings.Train, "DY")).Spectrum;
        spectrum.ModesOf(StandardClasses.Tau).ShouldBe([1]);
        RegionCountsFile regions = _bench.Get(SpectrumStage.Regions(SplitSettings.Train, "DY"));
        regions.Summary.OrderBy(region => region.Key, StringComparer.Ordinal).Select(region => (region.Key, region.Value)).ShouldBe(
            [("jet_absetabin0_ptbin0", 5), ("jet_absetabin0_ptbin1", 1), ("tau_absetabin0_ptbin0", 6), ("tau_absetabin0_ptbin1", 6)]);
        regions.Regions["tau_absetabin0_ptbin1"].Select(file => (file.Key, file.Value)).ShouldBe([("f0000", 4), ("f0001", 2)]);
        regions.Regions["tau_absetabin0_ptbin0"].Keys.ShouldBe(["f0000"]); // a row below the bins is in no region
    }

    [Fact]
    public void A_file_is_counted_by_itself_and_another_one_makes_no_count_of_it_stale()
    {
        SpectrumStage one = new SamplingFlow(Mixing, filesEach: 2).Spectrum, more = new SamplingFlow(Mixing, filesEach: 3).Spectrum;

        string[] before = [.. one.Steps().Where(IsOfFile).Select(Described)], after = [.. more.Steps().Where(IsOfFile).Select(Described)];

        before.Length.ShouldBe(8); // two datasets of two files in two parts
        before.Except(after).ShouldBeEmpty();

        static bool IsOfFile(Step step) => step.Writes[0].Path.StartsWith("spectrum/files/", StringComparison.Ordinal);

        static string Described(Step step) => $"{step.Id} {step.Settings.Hash()} {string.Join(' ', step.Reads.Select(read => read.Artifact.Path))}";
    }

    // atlas-upp-and-balanced-batches 11.2, 1 and 2: rows of each region by file, and summed up, for the classes of each process.
    [Fact]
    public void Groups_have_the_counts_of_their_datasets_and_classes_by_file_and_in_sum()
    {
        var flow = new SamplingFlow(
            "shuffle_merge: { groups: { Z: { datasets: [DY, TT], types: [tau] }, all: { datasets: [TT, QCD], types: [tau, jet] } }, tau_ratio: { tau: 1, jet: 1 } }\n"
            + "binning: { pt: [20, 40, 1000], abs_eta: [0, 2.3] }",
            Campaigns.Dataset("DY"), Campaigns.Dataset("TT", 1), Campaigns.Dataset("QCD", 2));
        foreach (SplitFile file in flow.Split.Shards.Files)
        {
            int taus = file.Dataset.Name switch { "DY" => 5, "TT" => 2, _ => 0 };
            _bench.Put(file.Parts[SplitSettings.Train], ShardRows.Of(SamplingFlow.TausAndJets(taus, 3), pt: i => i == 0 ? 50 : 30));
            _bench.Put(file.Parts[SplitSettings.Validation], ShardRows.Of([]));
        }

        foreach (Step step in flow.Spectrum.Steps()) _bench.Run(step);

        SpectrumPool[] pools = [.. flow.Pools];
        Spectrum z = _bench.Get(SpectrumStage.Of(SplitSettings.Train, pools[0])).Spectrum;
        (z[StandardClasses.Tau][0, 0], z[StandardClasses.Tau][0, 1], z.Types.Count).ShouldBe((4 + 1, 1 + 1, 1)); // no jet is a Z's
        _bench.Get(SpectrumStage.Of(SplitSettings.Train, pools[1])).Spectrum.Entries.ShouldBe(2 + 3 + 3);
        _bench.Get(SpectrumStage.Of(SplitSettings.Validation, pools[1])).Spectrum.Entries.ShouldBe(0);
        _bench.Get(SpectrumStage.Regions(SplitSettings.Train, pools[0])).Regions["tau_absetabin0_ptbin0"].Select(file => (file.Key, file.Value))
            .ShouldBe([("DY/a", 4), ("TT/a", 1)]);
        SortedDictionary<string, SortedDictionary<string, long>> summary =
            _bench.Get(SpectrumStage.Summaries(SplitSettings.Train, "groups")).Pools;
        summary["all"].Select(region => (region.Key, region.Value)).ShouldBe(
            [("jet_absetabin0_ptbin0", 5), ("jet_absetabin0_ptbin1", 1), ("tau_absetabin0_ptbin0", 1), ("tau_absetabin0_ptbin1", 1)]);
        _bench.Get(SpectrumStage.Summaries(SplitSettings.Validation, "groups")).Pools["Z"].ShouldBeEmpty();
    }

    // A histogram as CreateSpectralHists writes it, finer than the campaign's bins.
    [Fact]
    public void A_histogram_file_stands_in_place_of_counting()
    {
        Write(
            ("eta_pt_hist_tau", [0, 1, 2.5], [0, 20, 30, 40, 1000]),
            [0, 0, 0, 0, 0, 7, 5, 0, 0, 3, 2, 0, 0, 1, 4, 9, 0, 6, 0, 0, 0, 0, 8, 0]);

        _bench.Run(Imported("[20, 40, 1000]").Steps().Single(step => step.Key == "train/DY"));

        Spectrum spectrum = _bench.Get(SpectrumStage.Of(SplitSettings.Train, "DY")).Spectrum;
        spectrum.Types.ShouldBe([StandardClasses.Tau]);
        CountGrid taus = spectrum[StandardClasses.Tau];
        (taus[0, 0], taus[1, 0], taus[0, 1], taus[1, 1]).ShouldBe((3 + 1, 2 + 4, 6, 0));
        (taus[0, -1], taus[1, -1], taus[2, 0], taus[1, 2], taus.Entries).ShouldBe((7, 5, 9, 8, 45));
    }

    [Theory]
    [InlineData("eta_pt_hist_tau", 7, "[25, 1000]", "25")] // a bin would have to be cut
    [InlineData("eta_pt_hist_tau", 0.5, "[20, 1000]", "is no spectrum")]
    [InlineData("eta_pt_hist_tau", -1, "[20, 1000]", "is no spectrum")]
    [InlineData("pt", 7, "[20, 1000]", "has no spectrum")]
    public void What_is_no_spectrum_in_the_campaigns_bins_is_an_error(string name, double value, string pt, string expected)
    {
        Write((name, [0, 2.5], [0, 20, 1000]), [0, 0, 0, 0, 0, 0, 0, value, 0, 0, 0, 0]);

        Should.Throw<PipelineException>(() => _bench.Run(Imported(pt).Steps().Single(step => step.Key == "train/DY")))
            .Text.Title.ShouldContain(expected);
    }

    [Fact]
    public void Several_histogram_files_of_a_dataset_add_up_and_are_its_regions_by_file()
    {
        Write(("eta_pt_hist_tau", [0, 2.5], [0, 20, 1000]), [0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0]);
        File.Copy(_bench.At(Histograms), _bench.At(Histograms) + "2.root");

        _bench.Run(Imported("[20, 1000]", "2.root").Steps().Single(step => step.Key == "train/DY"));

        _bench.Get(SpectrumStage.Of(SplitSettings.Train, "DY")).Spectrum.Entries.ShouldBe(14);
        _bench.Get(SpectrumStage.Regions(SplitSettings.Train, "DY")).Regions["tau_absetabin0_ptbin0"].Select(file => (file.Key, file.Value))
            .ShouldBe([("h", 7), ("h2", 7)]);
    }

    [Fact]
    public void Our_own_export_is_read_back_with_its_decay_modes()
    {
        var counted = new Spectrum(StandardClasses.Scheme.All, new(0, 2.5), new(20, 1000));
        foreach ((int mode, double pt) in new[] { (0, 30.0), (0, 2000), (10, 50), (-1, 60) })
            counted.Fill(StandardClasses.Tau, 1, pt, mode);
        counted.Fill(StandardClasses.Jet, 1, 30);
        using (RootProduct root = RootProduct.Create(new ProductOutput(_bench.At(Histograms)))) root.Write(counted);

        using RootSpectrum read = RootSpectrum.Open(new ProductInput(_bench.At(Histograms)));
        Spectrum back = read.Read(StandardClasses.Scheme.All);

        back.ModesOf(StandardClasses.Tau).ShouldBe([-1, 0, 10]);
        foreach (int mode in back.ModesOf(StandardClasses.Tau))
            back[StandardClasses.Tau, mode].Cells.ToArray().ShouldBe(counted[StandardClasses.Tau, mode].Cells.ToArray());
        back[StandardClasses.Jet].Cells.ToArray().ShouldBe(counted[StandardClasses.Jet].Cells.ToArray());
    }

    private Artifact Histograms => Artifact.Raw("spectrum/DY/h.root", new RawSource(_bench.At(Artifact.Product("h.root"))));

    private const string Mixing = "shuffle_merge: { groups: { all: { datasets: [DY], types: [tau] } }, tau_ratio: { tau: 1 } }";

    private void Write((string Name, double[] AbsEta, double[] Pt) histogram, double[] cells)
    {
        using RootFileWriter file = RootFileWriter.Create(_bench.At(Histograms), RootCompression.Zlib, "h.root");
        file.Add(RootHistogram.Of(
            histogram.Name, "", [HistogramAxis.Between(histogram.AbsEta), HistogramAxis.Between(histogram.Pt)], cells));
    }

    // Counts the files that this step sums up, then runs it.
    private void Sum(SpectrumStage stage, string key)
    {
        Step sum = stage.Steps().Single(step => step.Key == key);
        foreach (Step count in stage.Steps().Where(step => step.Writes.Any(made => sum.Reads.Any(read => read.Artifact.Path == made.Path))))
            _bench.Run(count);
        _bench.Run(sum);
    }

    private SpectrumStage Imported(string pt, string second = "")
    {
        string other = second.Length == 0 ? "" : $", {{ entry: h2.root, location: {Histograms.Source!.Location}{second} }}";
        ConfigBlock root = Campaigns.Root(
            $$"""
            binning: { pt: {{pt}}, abs_eta: {{(pt == "[20, 40, 1000]" ? "[0, 1, 2.5]" : "[0, 2.5]")}} }
            spectrum: { histograms: { DY: { inputs: [{ entry: h.root, location: {{Histograms.Source!.Location}} }{{other}}] } } }
            """);
        var flow = new SamplingFlow($"{Mixing}\nbinning: {{ pt: [20, 40, 1000], abs_eta: [0, 2.3] }}");
        SpectrumSettings settings = SpectrumSettings.Read(root.Block("binning"), ClassSettings.Standard)
            .With(root.Block("spectrum"), flow.Datasets);
        root.Mistakes.ThrowIfAny();
        return new SpectrumStage(flow.Split.Shards, flow.Parts, settings);
    }
}
