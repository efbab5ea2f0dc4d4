using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>
/// Folders that users of TauMLTools have (data-preparation 4.1, 4.3 and 4.6): what CreateBinnedTuples wrote, and what ShuffleMerge and
/// ShuffleMergeSpectral did, as datasets of a campaign.
/// </summary>
public sealed class TauMlFoldersTests : IDisposable
{
    // What a user writes, but for the network.
    private const string Campaign = """
        campaign: folders
        description: Folders on disc
        ingest: { layout: tau_tuple, keep: [KEEP] }
        split: { fractions: { train: 0.7, validation: 0.1, calibration: 0.1, test: 0.1 } }
        definitions:
          selection: tau_pt > 0
          features: { tau_pt: { scaling: linear, range: [20, 1000] } }
          binning: { pt: [0, 10000], abs_eta: [0, 2.3] }
        datasets:
        """;

    private readonly TempFolder _folder = new();
    private readonly StageBench _bench = new();

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_folder_of_binned_tuples_is_a_dataset_by_a_pattern_that_leaves_its_summary_out()
    {
        foreach (string dataset in new[] { "DY", "QCD" })
        {
            ulong first = dataset == "DY" ? 0u : 100u;
            Write($"binned/{dataset}/tau_pt_20_eta_0.000.root", Rows(first, 3, Tau));
            Write($"binned/{dataset}/tau_pt_25_eta_0.575.root", Rows(first + 3, 1, Tau));
            Write($"binned/{dataset}/jet_pt_20_eta_0.000.root", Rows(first + 4, 6, Jet));
            Write($"binned/{dataset}/other.root", Rows(first + 10, 5, Jet));
            Write($"binned/{dataset}/summary.root", new Batch([new Column<ulong>("numberOfProcessedEvents", new ulong[] { 1000 })]), "summary");
        }
        IReadOnlyList<IStage> stages = Compose("", """
              DY: { files: binned/DY/*_pt_*_eta_*.root }
              QCD: { files: binned/QCD/*_pt_*_eta_*.root }
            shuffle_merge: { groups: { all: { datasets: [DY, QCD], types: [tau, jet] } }, tau_ratio: { tau: 1, jet: 1 } }
            evaluation: [{ name: a, title: a, against: jet, signal: { DY: [tau] }, background: { QCD: [jet] }, pt: [[20, 1000]] }]
            """);

        Run(stages, "Ingest", "Split", "Spectrum");

        Artifact[] shards = [.. Of(stages, "Ingest").Select(step => step.Writes[0]).Where(shard => shard.Path.EndsWith(".h5"))];
        shards.Select(shard => Path.GetFileName(shard.Path)).Distinct().Order().ShouldBe(
            ["jet_pt_20_eta_0.000.root.h5", "tau_pt_20_eta_0.000.root.h5", "tau_pt_25_eta_0.575.root.h5"]);
        shards.Sum(shard => _bench.Rows(shard).Rows).ShouldBe(20);
        string[] ofDy = [.. new[] { "train", "validation" }.Select(part => $"spectrum/{part}/DY.json")];
        ofDy.Select(path => _bench.At(Artifact.Product(path))).ShouldAllBe(path => File.Exists(path));
    }

    // Rows come as they are: what was drawn once is not thinned again, and names, numbers and weights of the original stay.
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // first-generation tuples, with the match itself in place of gen lepton and gen jet
    public void Shuffled_tuples_are_a_dataset_whose_rows_all_go_on_with_their_numbers(bool isOld)
    {
        const ulong Dy = 10918959937480734963; // the number of the name DY: data-preparation 3
        Write("ShuffleMergeSpectral_0.root", Shuffled(Rows(0, 30, Tau), Dy, isOld, 5));
        Write("ShuffleMergeSpectral_1.root", Shuffled(Rows(30, 20, Jet), Dy, isOld, 6));
        IReadOnlyList<IStage> stages = Compose("tauType, dataset_id, dataset_group_id", """
              mixed: { files: ShuffleMergeSpectral_*.root }
            resample: { method: none, cells: binning, components: { all: { datasets: [mixed], classes: [tau, jet] } } }
            weights: { kind: none, times: trainingWeight }
            evaluation: [{ name: a, title: a, against: jet, signal: { mixed: [tau] }, background: { mixed: [jet] }, pt: [[20, 1000]] }]
            """);

        Run(stages, "Ingest", "Split", "Resample");

        Batch[] ingested = [.. Of(stages, "Ingest").Select(step => step.Writes[0]).Where(shard => shard.Path.EndsWith(".h5")).Select(_bench.Rows)];
        ingested.Sum(rows => rows.Rows).ShouldBe(50);
        ingested.ShouldAllBe(rows => rows.Flat<ulong>("dataset_id").ToArray().All(id => id == Dy));
        long train = _bench.Rows(Artifact.Product("resample/train.h5")).Rows, split = new[] { "0", "1" }
            .Sum(job => (long)_bench.Rows(Artifact.Product($"split/train/mixed/ShuffleMergeSpectral_{job}.root.h5")).Rows);
        train.ShouldBe(split);
        _bench.Rows(Artifact.Product("resample/train.h5")).Flat<float>("trainingWeight").ToArray().ShouldAllBe(weight => weight == 0.25f);
        int[] types = [.. ingested.SelectMany(rows => rows.Flat<int>(CandidateColumns.Type).ToArray())];
        (types.Count(type => type == StandardClasses.Tau.Index), types.Count(type => type == StandardClasses.Jet.Index)).ShouldBe((30, 20));
    }

    private static TauTupleRow Tau => new(30, 0.5f) { Lepton = 0, Kind = 5, VisiblePt = 25, VisibleEta = 0.5f };

    private static TauTupleRow Jet => new(40, 0.7f) { Jet = 1 };

    private static Batch Rows(ulong first, int count, TauTupleRow row)
    {
        Batch rows = TauTupleRows.Of([.. Enumerable.Repeat(row, count)]);
        var events = new Column<ulong>("evt", Enumerable.Range(0, count).Select(i => first + (ulong)i).ToArray());
        return rows.Only(rows.Schema.Columns.Select(column => column.Name).Where(name => name != "evt")).With(events);
    }

    private static Batch Shuffled(Batch rows, ulong dataset, bool isOld, int match)
    {
        Batch shuffled = rows.With(
            ScoredBatch.Constant("tauType", match == 5 ? 2 : 3, rows.Rows), ScoredBatch.Constant("dataset_id", dataset, rows.Rows),
            ScoredBatch.Constant("dataset_group_id", dataset, rows.Rows), ScoredBatch.Constant("trainingWeight", 0.25f, rows.Rows));
        if (!isOld) return shuffled;
        string[] kept = [.. shuffled.Schema.Columns.Select(column => column.Name)
            .Where(name => !name.StartsWith("gen", StringComparison.Ordinal))];
        return shuffled.Only(kept).With(ScoredBatch.Constant("lepton_gen_match", match, rows.Rows));
    }

    private void Write(string path, Batch rows, string tree = "taus")
    {
        string file = _folder.At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using RootFileWriter root = RootFileWriter.Create(file, RootCompression.None);
        root.Tree(tree, rows.Schema).Append(rows);
    }

    private List<IStage> Compose(string keep, string rest)
    {
        string file = _folder.At("campaign.yaml");
        File.WriteAllText(file, Campaign.Replace("KEEP", keep, StringComparison.Ordinal) + "\n" + rest);
        CampaignFile campaign = CampaignFile.Load(file, [], []);
        List<IStage> stages = [.. StageCatalogue.Compose(campaign)];
        campaign.Finish();
        return stages;
    }

    private static IEnumerable<Step> Of(IReadOnlyList<IStage> stages, string name) => stages.Single(stage => stage.Name == name).Steps();

    private void Run(IReadOnlyList<IStage> stages, params string[] names)
    {
        foreach (Step step in names.SelectMany(name => Of(stages, name))) _bench.Run(step);
    }
}
