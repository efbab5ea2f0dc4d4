using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>A control region of a data set, "DY", and a simulation, "QCD", each with 400 rows in train and 60 in validation.</summary>
public sealed class ControlStageTests : IDisposable
{
    private const int Rows = 400;

    private const string Groups = """
          control:
            selection: tau_pt >= 20
            groups:
              data: { domain: data, datasets: [DY], types: [tau, jet], rows: 3, times: "where(tau_pt > 40, 2, 1)" }
              taus: { domain: simulation, datasets: [QCD], types: [tau], rows: 1 }
              jets: { domain: simulation, datasets: [QCD], types: [jet], rows: 2 }
          """;

    private readonly StageBench _bench = new();
    private readonly SamplingFlow _flow = new(Mixed("QCD"));

    public ControlStageTests()
    {
        foreach (PartShard shard in _flow.Split.Shards.Part(SplitSettings.Train)) Put(shard, Rows);
        foreach (PartShard shard in _flow.Split.Shards.Part(SplitSettings.Validation)) Put(shard, 60);
    }

    public void Dispose() => _bench.Dispose();

    private static string Mixed(string dataset) =>
        $"shuffle_merge: {{ groups: {{ all: {{ datasets: [{dataset}], types: [tau] }} }}, tau_ratio: {{ tau: 1 }} }}";

    // By hand: pt of the k-th tau and jet is 10 + 5 (k % 16) GeV; 174 of 200 have at least 20. 348 rows of data make 116 batches of 3,
    // 174 jets 87 of 2.
    [Fact]
    public void Every_batch_is_made_up_as_stated_of_selected_rows_until_a_group_has_no_more()
    {
        (Batch rows, RowLedger ledger) = Written(Groups);

        rows.Rows.ShouldBe(87 * 6);
        for (int row = 0; row < rows.Rows; row++)
        {
            int place = row % 6, type = rows.Flat<int>(CandidateColumns.Type)[row];
            float pt = rows.Flat<float>(CandidateColumns.Pt)[row];
            pt.ShouldBeGreaterThanOrEqualTo(20);
            rows.Flat<int>("control_domain")[row].ShouldBe(place < 3 ? 1 : 0);
            rows.Flat<int>(CandidateColumns.Dataset)[row].ShouldBe(place < 3 ? 0 : 1);
            if (place >= 3) type.ShouldBe((place == 3 ? StandardClasses.Tau : StandardClasses.Jet).Index);
            rows.Flat<float>("control_weight")[row].ShouldBe(place < 3 && pt > 40 ? 2 : 1);
        }
        Events(rows).ShouldBeUnique(); // each event of a data set has another number
        Events(rows).Take(30).ShouldNotBe(Events(rows).Take(30).Order());
        ledger.Total(RowFate.Out).ShouldBe(87 * 6);
        ledger.Total(RowFate.In).ShouldBe(2 * Rows);
    }

    [Fact]
    public void Rows_of_validation_parts_are_in_the_other_sample_and_test_rows_in_none()
    {
        IReadOnlyList<Step> steps = Stage(Groups).Steps();

        steps.Select(step => step.Key).ShouldBe(["train", "validation"]);
        steps.SelectMany(step => step.Reads).Select(read => read.Artifact.Path)
            .ShouldAllBe(path => path.StartsWith("split/train/") || path.StartsWith("split/validation/"));
        Batch rows = Written(Groups, sample: 1).Rows;
        rows.Flat<ulong>(CandidateColumns.Evt).ToArray().ShouldAllBe(number => number % 1000 < 60);
    }

    [Fact]
    public void A_group_is_thinned_to_the_spectrum_of_another()
    {
        foreach (PartShard shard in _flow.Split.Shards.Part(SplitSettings.Train))
            _bench.Put(
                shard.Shard,
                Candidates(shard.Dataset, 4000, shard.Dataset.Index == 0 ? row => 20 + row % 40 * (row % 40) / 40f : row => 20 + row % 40));

        Batch rows = Written("""
            control:
              pt: [20, 30, 40, 50, 60]
              groups:
                data: { domain: data, datasets: [DY], types: [tau, jet], rows: 1 }
                simulation: { domain: simulation, datasets: [QCD], types: [tau, jet], rows: 1, like: data }
            """).Rows;

        // By hand: of 40 rows data have 20, 9, 6 and 5 in the bins, simulation 10 in each, of which 10, 4.5, 3 and 2.5 are kept.
        double[] data = Counts(rows, 1), simulation = Counts(rows, 0);
        rows.Rows.ShouldBeInRange(3800, 4200); // 2,000 of 4,000 rows of simulation are expected to stay, give or take 32
        simulation[0].ShouldBe(1000);
        for (int bin = 0; bin < 4; bin++)
            Math.Abs(simulation[bin] - data[bin]).ShouldBeLessThan(5 * Math.Sqrt(simulation[bin] + data[bin]), $"bin {bin}");
    }

    [Fact]
    public void A_region_without_a_batch_names_the_group_that_lacks_rows()
    {
        ErrorText text = Should.Throw<StepFailed>(() => Written(Groups.Replace("tau_pt >= 20", "tau_pt >= 1000"))).Text;

        text.Title.ShouldBe("the control region has not one batch of train rows");
        text.Facts.ShouldContain(("group", "data"));
        text.Facts.ShouldContain(("rows of it", "0, and a batch takes 3"));
        text.Facts[2].Value.ShouldStartWith("tau_pt >= 1000");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1 / 0 * 0")]
    public void A_weight_below_0_or_none_is_an_error(string times) =>
        Should.Throw<StepFailed>(() => Written(Groups.Replace("where(tau_pt > 40, 2, 1)", times)))
            .Text.Title.ShouldContain("no weight from 0");

    [Theory]
    [InlineData("domain: simulation", "domain: data", "at least one with  domain: simulation")]
    [InlineData("domain: data, datasets: [DY]", "domain: data, datasets: [QCD]", "either data or simulation")]
    [InlineData("domain: data, datasets: [DY]", "domain: data, datasets: [ABC]", "nearest")]
    [InlineData("rows: 2", "rows: 2, like: jets", "another group than 'jets'")]
    [InlineData("rows: 2", "rows: 0", "rows")]
    [InlineData("rows: 2", "rows: 2, weight: 3", "times: an expression")]
    [InlineData("datasets: [QCD], types: [tau]", "datasets: [QCD], types: [tauon]", "tauon")]
    public void What_is_no_control_region_is_told(string from, string to, string message)
    {
        ConfigBlock root = Campaigns.Root(Groups.Replace(from, to));

        Read(root, trained: "Other");

        root.Mistakes.Found.Select(mistake => mistake.ToString()).ShouldContain(text => text.Contains(message));
    }

    [Fact]
    public void Data_that_a_class_is_learned_from_are_refused()
    {
        ConfigBlock root = Campaigns.Root(Groups);

        Read(root, trained: "DY");

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain("'DY', which is mixed for training by 'all'");
    }

    [Fact]
    public void Make_up_selection_and_weights_are_other_fingerprints()
    {
        string[] campaigns =
        [
            Groups,
            Groups.Replace("rows: 3", "rows: 4"),
            Groups.Replace(">= 20", ">= 21"),
            Groups.Replace("2, 1", "3, 1"),
            Groups.Replace("jets: {", "others: {"),
            Groups.Replace("rows: 2", "rows: 2, like: data"),
            $"{Groups}\n  pt: [10, 20]",
        ];

        campaigns.Select(yaml => Stage(yaml).Steps()[0].Settings.Hash().ToString()).ShouldBeUnique();
    }

    private static ControlSettings Read(ConfigBlock root, string trained)
    {
        Dataset[] datasets = [Campaigns.Dataset("DY"), Campaigns.Dataset("QCD", 1), Campaigns.Dataset("Other", 2)];
        ConfigBlock mixed = Campaigns.Root(Mixed(trained));
        SpectrumSettings binning = SpectrumSettings.Read(mixed.Block("binning"), ClassSettings.Standard);
        MixingSettings mixing = MixingSettings.Read(
            mixed, CellSettings.Read(mixed.Block("definitions"), binning), (datasets, [], binning), ClassSettings.Standard);
        return ControlSettings.Read(root, datasets, ClassSettings.Standard, mixing)!;
    }

    private ControlStage Stage(string yaml)
    {
        ConfigBlock root = Campaigns.Root(yaml);
        ControlSettings settings = Read(root, trained: "Other");
        root.Mistakes.ThrowIfAny();
        return new ControlStage(_flow.Split.Shards, _flow.Parts, settings);
    }

    private (Batch Rows, RowLedger Ledger) Written(string yaml, int sample = 0)
    {
        Step step = Stage(yaml).Steps()[sample];
        RowLedger ledger = _bench.Run(step).Rows;
        return (_bench.Rows(step.Writes[0]), ledger);
    }

    private static (int, ulong)[] Events(Batch rows) =>
        [.. rows.Flat<int>(CandidateColumns.Dataset).ToArray().Zip(rows.Flat<ulong>(CandidateColumns.Evt).ToArray())];

    private static double[] Counts(Batch rows, int domain)
    {
        var counts = new double[4];
        for (int row = 0; row < rows.Rows; row++)
            if (rows.Flat<int>("control_domain")[row] == domain) counts[(int)(rows.Flat<float>(CandidateColumns.Pt)[row] - 20) / 10]++;
        return counts;
    }

    private void Put(PartShard shard, int rows) => _bench.Put(shard.Shard, Candidates(shard.Dataset, rows, row => 10 + row / 2 * 5 % 80));

    // Taus and jets in turn.
    private static Batch Candidates(Dataset dataset, int rows, Func<int, float> pt) => ShardRows.Of(
        [.. Enumerable.Range(0, rows).Select(row => row % 2 == 0 ? StandardClasses.Tau : StandardClasses.Jet)],
        (ulong)dataset.Index * 100_000,
        pt);
}
