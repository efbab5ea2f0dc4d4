using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Reweight on rows made here: what it keeps, what it refuses, and what it says.</summary>
public sealed class ReweightFlowTests : IDisposable
{
    private const string Cells = "definitions: { cells: { pt: { axes: { tau_pt: [20, 40, 60] } } } }";

    private readonly StageBench _bench = new();

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(1, 10)]
    [InlineData(7, 3)]
    [InlineData(100, 1)]
    public void All_rows_come_out_once_whatever_the_shards_and_blocks(int shards, int blockRows)
    {
        IReadOnlyList<Batch> merged = Merge($"shards: {shards}, block_rows: {blockRows}", Rows(60, 40));

        merged.Count.ShouldBe(shards);
        merged.SelectMany(rows => rows.Flat<ulong>(CandidateColumns.Evt).ToArray()).Order()
            .ShouldBe(Enumerable.Range(0, 100).Select(evt => (ulong)evt));
        merged.Max(rows => rows.Rows).ShouldBeLessThanOrEqualTo(100 / shards + 2); // as equal as two files allow
    }

    [Fact]
    public void Rows_are_in_another_order_and_every_block_has_what_the_whole_has()
    {
        int[] types = Merge("block_rows: 20", Rows(60, 40)).Single().Flat<int>(CandidateColumns.Type).ToArray();

        types.ShouldNotBe((int[])[.. types.OrderBy(type => type == StandardClasses.Jet.Index)]);
        types.Chunk(20).ShouldAllBe(block => block.Count(type => type == StandardClasses.Tau.Index) == 12);
    }

    [Fact]
    public void More_shards_than_rows_is_an_error() =>
        Should.Throw<StepFailed>(() => Merge("shards: 101", Rows(60, 40))).Text.Title.ShouldBe("there are more shards than rows");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_value_in_no_cell_is_an_error_or_has_weight_0_and_a_warning(float pt)
    {
        Batch rows = Rows(60, 40, i => i == 5 ? pt : 30);
        string cells = float.IsNaN(pt) ? "" : ", overflow: false";

        StepFailed error = Should.Throw<StepFailed>(() => Merge("outside: fail", rows, cells));
        Batch merged = Merge("outside: zero", rows, cells).Single();

        error.Text.Title.ShouldBe("'w' has no cell for 1 of the first train rows or constituents");
        merged.Flat<float>("w").ToArray().Count(weight => weight == 0).ShouldBe(1);
        _bench.Warnings.ShouldContain(warning => warning.StartsWith("1 entries of the train rows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_that_is_in_no_train_row_has_no_weights()
    {
        Batch train = Rows(60, 0), validation = Rows(5, 5);

        Should.Throw<StepFailed>(() => Merge("", train, "", validation)).Text.Title.ShouldBe(
            $"'w' has no weights for class {StandardClasses.Jet.Index}: no train row is of it");
    }

    [Theory]
    [InlineData("true", 60, 40)]
    [InlineData("false", 10, 10)]
    public void Counts_of_the_first_rows_are_scaled_to_all_or_left_as_they_are(string scale, double taus, double jets)
    {
        Merge($"count_rows: 10, scale_counts_to_available: {scale}", Rows(60, 40));

        WeightTableEntry table = _bench.Get(new Artifact<WeightTablesFile>("reweight/tables.json")).Tables.Single();
        table.Classes.Select(one => one.Counts.Sum()).ShouldBe([taus, jets]);
        table.Classes.Select(one => one.Counts.Zip(one.Weights, (count, weight) => count * weight).Sum())
            .ShouldBe([(taus + jets) / 2, (taus + jets) / 2], 1e-12);
    }

    [Fact]
    public void Two_ways_of_mixing_are_one_too_many()
    {
        ConfigBlock root = Campaigns.Root($"{Cells}\nshuffle_merge: {{ block_rows: 5 }}\nreweight: {{ tables: {{ w: {{ cells: pt }} }} }}");

        SpectrumSettings binning = SpectrumSettings.Read(root.Block("binning"), ClassSettings.Standard);
        MixingSettings.Read(root, CellsOf(root), ([], [], binning), ClassSettings.Standard);

        Campaigns.MistakesOf(root).ShouldContain(mistake => mistake.Contains("one way of mixing", StringComparison.Ordinal)
            || mistake.Contains("reweight", StringComparison.Ordinal));
    }

    // Both classes flat already: 30 and 20 rows a cell, so that all may be drawn; the larger is held to the other's 40 rows, times 0.9.
    [Theory]
    [InlineData(", method: flat", 0.6f, 0.9f)]
    [InlineData(", method: flat, ratios: { tau: 3 }", 0.9f, 0.45f)]
    [InlineData(", method: reference, target: tau", 0.6f, 0.9f)]
    public void Rows_weigh_what_weaver_draws_them_by(string table, float tau, float jet)
    {
        Batch merged = Merge("", Rows(60, 40), table: table).Single();

        int[] types = [.. merged.Flat<int>(CandidateColumns.Type).ToArray()];
        merged.Flat<float>("w").ToArray().Zip(types).ShouldAllBe(row =>
            row.First == (row.Second == StandardClasses.Tau.Index ? tau : jet));
    }

    [Theory]
    [InlineData("{ cells: pt, method: flat, target: mean }")]
    [InlineData("{ cells: pt, method: reference, target: [tau, jet] }")]
    [InlineData("{ cells: ptt }")]
    [InlineData("{ cells: pt, target: mod }")]
    public void What_is_misspelt_is_told(string table)
    {
        ConfigBlock root = Campaigns.Root($"{Cells}\nreweight: {{ tables: {{ w: {table} }} }}");

        ReweightSettings.Read(root.Block("reweight"), CellsOf(root), ClassSettings.Standard);

        Campaigns.MistakesOf(root).Length.ShouldBe(1);
    }

    public void Dispose() => _bench.Dispose();

    private static Batch Rows(int taus, int jets, Func<int, float>? pt = null) =>
        ShardRows.Of(SamplingFlow.TausAndJets(taus, jets), 0, pt ?? (i => i % 2 == 0 ? 30 : 50));

    private static CellSettings CellsOf(ConfigBlock root) => CellSettings.Read(
        root.Block("definitions"), SpectrumSettings.Read(root.Block("definitions").Block("binning"), ClassSettings.Standard));

    private IReadOnlyList<Batch> Merge(string block, Batch train, string cells = "", Batch? validation = null, string table = "")
    {
        string text = Cells.Replace("} } } }", $"}}{cells} }} }} }}", StringComparison.Ordinal);
        string more = block.Length > 0 ? $", {block}" : "";
        ConfigBlock root = Campaigns.Root($"{text}\nreweight: {{ tables: {{ w: {{ cells: pt{table} }} }}{more} }}");
        ReweightSettings settings = ReweightSettings.Read(root.Block("reweight"), CellsOf(root), ClassSettings.Standard);
        root.Mistakes.ThrowIfAny();
        var parts = new SamplingFlowParts();
        var stage = new ReweightStage([parts.Dataset], parts.Shards, parts.Split, settings);
        foreach (string file in SamplingFlowParts.Files)
        {
            _bench.Put(parts.Of("train", file), OfFile(train, file));
            _bench.Put(parts.Of("validation", file), OfFile(validation ?? train, file));
        }
        foreach (Step step in stage.Steps()) _bench.Run(step);
        return [.. stage.Mixed.Of(parts.Training, "train").Select(_bench.Rows)];
    }

    // Taus stand in one file, jets in the other.
    private static Batch OfFile(Batch rows, string file) => rows.Take([.. Enumerable.Range(0, rows.Rows)
        .Where(row => rows.Flat<int>(CandidateColumns.Type)[row] == StandardClasses.Tau.Index == (file == "a"))]);

    /// <summary>One dataset of two files, split.</summary>
    private sealed class SamplingFlowParts
    {
        public Dataset Dataset { get; } = Campaigns.Dataset("DY");

        public SplitSettings Split { get; } = SplitSettings.Read(Campaigns.Root("split: { }").Block("split"));

        public Training Training => Split.Trainings[0];

        public static string[] Files => ["a", "b"];

        public SplitShards Shards =>
            new([.. Files.Select(file => new SplitFile(Dataset, file, Split.Parts.ToDictionary(part => part, part => Of(part, file))))]);

        public Artifact Of(string part, string file) => Artifact.Product($"split/{part}/{file}.h5");
    }
}
