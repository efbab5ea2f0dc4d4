using System.Security.Cryptography;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Statistics;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Split to Scale over two datasets of 20 small files each.</summary>
public sealed class ManyFilesTests
{
    private const int FilesEach = 20, RowsOfAFile = 100;

    private const string Campaign = """
        shuffle_merge:
          groups: { taus: { datasets: [DY], types: [tau] }, jets: { datasets: [DY, QCD], types: [jet] } }
          tau_ratio: { tau: -1, jet: -1 }
          thinning: none
          block_rows: 300
          shards: 2
        binning: { pt: [20, 1000], abs_eta: [0, 2.3] }
        validate: { chunks: 2, alpha: 1e-9 }
        definitions: { features: { tau_pt: {}, tau_eta: { scaling: no_scaling } } }
        """;

    [Fact]
    public void No_step_has_more_files_open_than_it_writes_and_two()
    {
        using var bench = new StageBench { CountsOpen = true };

        foreach (Step step in Run(bench))
            bench.MostOpen.ShouldBeLessThanOrEqualTo(Math.Min(4, step.Writes.Count) + 2, step.Id); // four parts of the split
    }

    // data-preparation 4.6: every entry is accounted for, by group, and how many files there are does not count in what is open.
    [Fact]
    public void Of_500_files_in_20_groups_a_few_are_open_and_every_row_is_accounted_for()
    {
        const int Groups = 20, Rows = 4;
        using var bench = new StageBench { CountsOpen = true };
        string[] names = [.. Enumerable.Range(0, Groups).Select(group => $"D{group:D2}")];
        string groups = string.Join(", ", names.Select(name => $"g{name}: {{ datasets: [{name}], types: [tau] }}"));
        var flow = new SamplingFlow(
            $"shuffle_merge: {{ groups: {{ {groups} }}, tau_ratio: {{ tau: 1 }}, block_rows: 100 }}\nbinning: {{ pt: [20, 1000], abs_eta: [0, 2.3] }}",
            25, [.. names.Select((name, index) => Campaigns.Dataset(name, index))]);
        PartShard[] shards = [.. flow.Split.Shards.Part(SplitSettings.Train)];
        shards.Length.ShouldBe(500);
        foreach ((PartShard shard, int file) in shards.Select((shard, file) => (shard, file)))
            bench.Put(shard.Shard, ShardRows.Of(SamplingFlow.TausAndJets(Rows - 1, 1), 10ul * (ulong)file, row => row == 0 ? 10 : 30));
        foreach (IGrouping<string, PartShard> of in shards.GroupBy(shard => shard.Dataset.Name))
        {
            var spectrum = new Spectrum(StandardClasses.Scheme.All, new BinEdges(0, 2.3), new BinEdges(20, 1000));
            foreach (PartShard shard in of) spectrum.Fill(bench.Rows(shard.Shard));
            bench.Put(SpectrumStage.Of(SplitSettings.Train, of.Key), new SpectrumFile(spectrum));
        }

        bench.Run(flow.Mix.Steps().Single(step => step.Key == SplitSettings.Train));

        bench.MostOpen.ShouldBeLessThanOrEqualTo(64);
        IReadOnlyList<MixAccountsGroup> accounts =
            bench.Get(ShuffleMergeStage.AccountsOf(flow.Mix.Mixed.Of(flow.Training, SplitSettings.Train)[0])).Groups;
        accounts.Select(group => group.Given).ShouldBe(Enumerable.Repeat(100L, Groups));
        foreach (MixAccountsGroup group in accounts)
        {
            group.Lines.Sum(line => line.Rows).ShouldBe(group.Given);
            group.Lines.Where(line => line.Class == "jet").Sum(line => line.Rows).ShouldBe(25);
            // of the taus the first of each file is below the bins, the others are all alike and taken
            group.Lines.Where(line => line is { Class: "tau", Fate: "accepted" }).Sum(line => line.Rows).ShouldBe(50);
            group.Lines.Where(line => line.Class == "tau" && line.Fate != "accepted").Sum(line => line.Rows).ShouldBe(25);
        }
    }

    [Fact]
    public void Products_do_not_depend_on_the_memory_of_the_steps()
    {
        using var ample = new StageBench();
        using var scarce = new StageBench { Memory = 100_000 };
        Step[] steps = [.. Run(ample)];
        foreach (Step _ in Run(scarce)) { }

        foreach (Artifact made in steps.SelectMany(step => step.Writes))
            Hash(scarce.At(made)).ShouldBe(Hash(ample.At(made)), made.Path);
    }

    [Fact]
    public void A_block_of_rows_goes_across_files()
    {
        using var bench = new StageBench();
        foreach (Step _ in Run(bench)) { }

        // Rows of one event number a file: in a block of 300 rows of about 50 a file, neighbours are from different files.
        SamplingFlow flow = Flow();
        IReadOnlyList<Artifact> mixed = flow.Mix.Mixed.Of(flow.Training, SplitSettings.Train);
        ulong[] events = [.. mixed.SelectMany(shard => bench.Rows(shard).Flat<ulong>(CandidateColumns.Evt).ToArray())];
        double same = events.Zip(events.Skip(1)).Count(pair => pair.First / 1000 == pair.Second / 1000);
        (same / events.Length).ShouldBeLessThan(0.3);
    }

    [Fact]
    public void Blocks_that_do_not_fit_in_the_memory_of_the_step_are_told_of_with_what_to_change()
    {
        using var bench = new StageBench { Memory = 20_000 };

        StepFailed error = Should.Throw<StepFailed>(() => { foreach (Step _ in Run(bench)) { } });

        error.Text.Title.ShouldContain("do not fit in the memory");
        error.Text.Advice.ShouldNotBeNull().ShouldContain("shuffle_merge.block_rows");
    }

    private static SamplingFlow Flow() => new(Campaign, FilesEach);

    // Each step as it has run, on files of jets and taus in turn, the thousands of whose event numbers are the file's.
    private static IEnumerable<Step> Run(StageBench bench)
    {
        SamplingFlow flow = Flow();
        for (int file = 0; file < flow.Files.Count; file++)
        {
            TauClass[] types = [.. Enumerable.Range(0, RowsOfAFile).Select(i => i % 2 == 0 ? StandardClasses.Tau : StandardClasses.Jet)];
            bench.Put(flow.Files[file].Shard, ShardRows.Of(types, 1000ul * (ulong)file, i => 25 + i).WithKinematics());
            File.WriteAllText(bench.At(flow.Files[file].Raw), $"raw file {file}");
        }
        ConfigBlock root = Campaigns.Root(Campaign);
        var scale = new ScaleStage(
            flow.Mix.Mixed,
            flow.Parts,
            FeatureSettings.Read(root.Block("definitions"), root.Block("train")),
            ScaleSettings.Read(root.Block("scale")));
        foreach (IStage stage in new IStage[] { flow.Split, flow.Spectrum, flow.Mix, flow.Validate, flow.Weights, scale })
            foreach (Step step in stage.Steps())
            {
                bench.Run(step);
                yield return step;
            }
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
