using System.Runtime.InteropServices;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class ColumnInputTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_changed_column_reruns_only_its_readers()
    {
        Build(("pt", "1"), ("eta", "2"));

        BuildSummary summary = Build(("pt", "3"), ("eta", "2"));

        BuildBench.Outcomes(summary).ShouldBe("Table:Ran Pt:RanUnchanged Eta:CutOff Whole:RanUnchanged");
        summary.Steps[1].Reasons.ShouldHaveSingleItem().ToString()
            .ShouldBe($"input table table.txt column pt: {ContentHash.Of("1").Short}… -> {ContentHash.Of("3").Short}…");
    }

    [Fact]
    public void A_new_column_leaves_the_readers_of_others_alone()
    {
        Build(("pt", "1"), ("eta", "2"));

        BuildSummary summary = Build(("pt", "1"), ("eta", "2"), ("phi", "3"));

        BuildBench.Outcomes(summary).ShouldBe("Table:Ran Pt:CutOff Eta:CutOff Whole:RanUnchanged");
    }

    [Fact]
    public void The_attributes_are_part_of_what_every_reader_reads()
    {
        Build(("pt", "1"), ("eta", "2"), ("@schema", "v1"));

        BuildSummary summary = Build(("pt", "1"), ("eta", "2"), ("@schema", "v2"));

        BuildBench.Outcomes(summary).ShouldBe("Table:Ran Pt:RanUnchanged Eta:RanUnchanged Whole:RanUnchanged");
        summary.Steps[1].Reasons.ShouldHaveSingleItem().Component.ShouldBe("input table table.txt column @schema");
    }

    [Fact]
    public void A_reader_is_told_the_columns_that_it_declared()
    {
        IReadOnlyList<string>? seen = null;
        Step table = Table([("pt", "1")]);
        Step reader = _bench.Custom(
            "Reader",
            "reader.txt",
            [new StepInput("a", table.Writes[0], "pt"), new StepInput("b", table.Writes[0], "eta")],
            (run, output) =>
        {
            seen = run.Stream<ColumnSpy>(table.Writes[0]).Columns;
            run.Write(output, new ToyText(""));
        });

        _bench.Build(new ToyStage("Table", table), new ToyStage("Reader", reader));

        seen.ShouldBe(["pt", "eta"]);
    }

    [Theory]
    [InlineData("pt=1", "pt")]
    [InlineData("pt=1 eta=2")]
    public void A_reader_is_told_what_the_writer_stated_of_what_it_declared_or_of_all(string expected, params string[] declared)
    {
        IReadOnlyDictionary<string, ContentHash> seen = new Dictionary<string, ContentHash>();
        Step table = Table([("pt", "1"), ("eta", "2")]);
        Step reader = _bench.Custom("Reader", "reader.txt", [new StepInput("a", table.Writes[0], declared)], (run, output) =>
        {
            seen = run.Stream<ColumnSpy>(table.Writes[0]).Hashes;
            run.Write(output, new ToyText(""));
        });

        _bench.Build(new ToyStage("Table", table), new ToyStage("Reader", reader));

        seen.ShouldBe(
            expected.Split(' ').Select(one => one.Split('=')).ToDictionary(one => one[0], one => ContentHash.Of(one[1])),
            ignoreOrder: true);
    }

    // What goes to a child goes through a frozen plan.
    [Fact]
    public void What_was_stated_of_columns_survives_a_frozen_plan()
    {
        var product = new OutputRecord(
            "a.h5",
            ArtifactKind.Product,
            1,
            ContentHash.Of("whole"),
            [new ColumnContent("eta", ContentHash.Of("2")), new ColumnContent("pt", ContentHash.Of("1"))]);

        foreach (string[] declared in new string[][] { [], ["pt"], ["pt", "mass"] })
        {
            var content = InputContent.Of(product, declared);
            var thawed = InputContent.Thaw(content.Frozen());

            thawed.Hash.ShouldBe(content.Hash);
            thawed.ColumnHashes.ShouldBe(content.ColumnHashes, ignoreOrder: true);
            thawed.ColumnHashes.Count.ShouldBe(declared.Length == 0 ? 2 : 1);
        }
    }

    // A thousand files have a hundred thousand columns: neither their names nor the log's blocks may be kept as often.
    [Fact]
    public void What_the_log_remembers_of_a_step_keeps_names_once_and_no_block_of_the_log()
    {
        var step = new StepRecord("Toy/a", new Fingerprint([new("setting", "1")]),
            [.. Enumerable.Range(0, 2).Select(i => new OutputRecord($"{i}.h5", ArtifactKind.Product, 1, ContentHash.Of("whole"),
                [new ColumnContent(string.Concat("e", "ta"), ContentHash.Of($"{i}"))]))], TimeSpan.Zero);
        var bytes = new LogWriter();
        LogCode.Encode(new AttemptCommitting("1", step), bytes);

        StepRecord read = LogCode.Decode(bytes.Bytes.ToArray()).ShouldBeOfType<AttemptCommitting>().Record;

        read.MadeTheSameAs(step).ShouldBeTrue();
        read.Fingerprint.Text.ToArray().ShouldBe(step.Fingerprint.Text.ToArray());
        read.Outputs[0].Columns[0].Name.ShouldBeSameAs(read.Outputs[1].Columns[0].Name);
        MemoryMarshal.TryGetArray(read.Fingerprint.Text, out ArraySegment<byte> own).ShouldBeTrue();
        own.Array!.Length.ShouldBe(own.Count);
    }

    private BuildSummary Build(params (string Name, string Value)[] columns)
    {
        Step table = Table(columns);
        Step Reader(string stage, params string[] read) =>
            _bench.Custom(stage, $"{stage}.txt", [new StepInput("table", table.Writes[0], read)], (run, output) =>
                run.Write(output, new ToyText(stage)));
        IStage[] stages =
        [
            new ToyStage("Table", table),
            new ToyStage("Pt", Reader("Pt", "pt")),
            new ToyStage("Eta", Reader("Eta", "eta")),
            new ToyStage("Whole", Reader("Whole")),
        ];
        return _bench.Build(_bench.Request(stages, "Pt", "Eta", "Whole"));
    }

    private Step Table((string Name, string Value)[] columns)
    {
        var table = Artifact.Product("table.txt");
        string text = string.Join(' ', columns.Select(column => $"{column.Name}={column.Value}"));
        return new Step
        {
            Stage = "Table",
            Reads = [],
            Writes = [table],
            Settings = SettingsUsed.None.And("table.text", text),
            Work = run => run.Create<TableWriter>(table).Write(columns),
        };
    }
}

/// <summary>Writes a text of columns and states their hashes.</summary>
internal sealed class TableWriter(ProductOutput to) : IProductWriter<TableWriter>
{
    public static TableWriter Create(ProductOutput to) => new(to);

    public void Write(IEnumerable<(string Name, string Value)> columns)
    {
        File.WriteAllLines(to.Path, columns.Select(column => $"{column.Name}={column.Value}"));
        foreach ((string name, string value) in columns) to.HasColumn(name, ContentHash.Of(value));
    }

    public void Dispose() { }
}

/// <summary>Remembers what it was opened for.</summary>
internal sealed class ColumnSpy(ProductInput from) : IProductReader<ColumnSpy>
{
    public IReadOnlyList<string>? Columns => from.Columns;

    public IReadOnlyDictionary<string, ContentHash> Hashes => from.ColumnHashes;

    public static ColumnSpy Open(ProductInput from) => new(from);

    public void Dispose() { }
}
