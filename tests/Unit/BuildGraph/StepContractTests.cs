using System.Text.Json;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class StepContractTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Reading_what_was_not_declared_is_a_defect()
    {
        Defect defect = Broken((run, _) => run.Read(new Artifact<ToyText>("other.txt")));

        defect.Text.Title.ShouldBe("A reads other.txt, which it does not declare");
    }

    [Fact]
    public void Writing_what_was_not_declared_is_a_defect()
    {
        Broken((run, _) => run.Write(new Artifact<ToyText>("other.txt"), new ToyText("")))
            .Text.Title.ShouldBe("A writes other.txt, which it does not declare");
    }

    [Fact]
    public void A_declared_output_left_unwritten_is_a_defect()
    {
        Broken((_, _) => { }).Text.Title.ShouldBe("A declares but did not write a.txt");
    }

    [Fact]
    public void A_file_that_appears_beside_the_declared_ones_is_a_defect()
    {
        Broken((run, output) => run.Create<SideWriter>(output)).Text.Title.ShouldBe("A wrote what it does not declare: a.txt.side");
    }

    [Fact]
    public void Any_other_exception_is_a_defect_with_its_cause()
    {
        Defect defect = Broken((_, _) => throw new InvalidOperationException("odd"));

        defect.Text.Title.ShouldBe("A: InvalidOperationException: odd");
        defect.InnerException.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void A_full_disk_is_a_failed_step_and_no_defect()
    {
        Step step = _bench.Custom("A", "a.txt", [], (_, _) =>
        {
            using FileStream full = File.OpenWrite("/dev/full");
            full.WriteByte(1);
        });

        _bench.Build(new ToyStage("A", step)).FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("A: the disk refused");
    }

    [Fact]
    public void A_failure_inside_a_parallel_loop_is_that_failure()
    {
        Step step = _bench.Custom("A", "a.txt", [], (_, _) => Parallel.For(0, 4, i => throw new StepFailed("row 7 is bad")));

        _bench.Build(new ToyStage("A", step)).FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe("row 7 is bad");
    }

    [Fact]
    public void A_ledger_that_closes_is_one_more_product()
    {
        BuildSummary summary = BuildCounting(rows =>
        {
            rows.In("tau", 10, 2.5);
            rows.Out("tau", 7, 3.5);
            rows.Dropped("pt", "tau", 3, -1);
        });

        summary.FirstError.ShouldBeNull();
        using JsonDocument ledger = JsonDocument.Parse(_bench.Read("ledger/Counting.json"));
        ledger.RootElement.GetProperty("step").GetString().ShouldBe("Counting");
        JsonElement line = ledger.RootElement.GetProperty("lines")[1];
        line.GetProperty("fate").GetString().ShouldBe("out");
        line.GetProperty("rows").GetInt64().ShouldBe(7);
        line.GetProperty("weight").GetDouble().ShouldBe(3.5);
    }

    [Fact]
    public void A_ledger_that_does_not_close_fails_the_step()
    {
        BuildSummary summary = BuildCounting(rows =>
        {
            rows.In("tau", 10, 10);
            rows.Out("tau", 7, 7.5);
        });

        StepFailed failure = summary.FirstError.ShouldBeOfType<StepFailed>();
        failure.Text.Title.ShouldBe("Counting: the row ledger does not close");
        failure.Text.Facts.ShouldBe([
            ("in", "10 rows"),
            ("out", "7 rows"),
            ("dropped", "0 rows"),
            ("repeated", "0 rows"),
            ("missing", "3 rows, weight 2.5, of class 'tau'"),
        ]);
        File.Exists(Path.Combine(_bench.Out, "counting.txt")).ShouldBeFalse();
    }

    [Fact]
    public void Counting_rows_without_saying_so_is_a_defect()
    {
        Broken((run, _) => run.Rows.In("tau", 1, 1)).Text.Title.ShouldStartWith("A counts rows");
    }

    [Fact]
    public void A_folder_is_replaced_whole()
    {
        _bench.Build(Foldered("one", "two"));
        _bench.Build(Foldered("two", "three"));

        Directory.GetFiles(Path.Combine(_bench.Out, "shards")).Select(Path.GetFileName).Order().ShouldBe(["three", "two"]);
        _bench.Build(Foldered("two", "three")).Count(StepOutcome.UpToDate).ShouldBe(1);
        File.WriteAllText(Path.Combine(_bench.Out, "shards", "stranger"), "");
        _bench.Build(Foldered("two", "three")).Steps[0].Reasons.ShouldHaveSingleItem().Component.ShouldBe("output shards");
    }

    [Fact]
    public void Scratch_survives_a_failure_and_goes_with_the_commit()
    {
        bool fail = true;
        var found = new List<bool>();
        string place = "";
        Step step = _bench.Custom("A", "a.txt", [], (run, output) =>
        {
            place = run.Scratch;
            found.Add(File.Exists(Path.Combine(place, "checkpoint")));
            File.WriteAllText(Path.Combine(place, "checkpoint"), "");
            if (fail) throw new StepFailed("not yet");
            run.Write(output, new ToyText("done"));
        });

        _bench.Build(new ToyStage("A", step)).Count(StepOutcome.Failed).ShouldBe(1);
        fail = false;
        _bench.Build(new ToyStage("A", step)).Count(StepOutcome.Ran).ShouldBe(1);

        found.ShouldBe([false, true]);
        Directory.Exists(place).ShouldBeFalse();
    }

    [Fact]
    public void Scratch_of_another_fingerprint_is_removed()
    {
        var places = new List<string>();
        Step Failing(int revision) => new()
        {
            Stage = "A",
            Reads = [],
            Writes = [new Artifact<ToyText>("a.txt")],
            Settings = SettingsUsed.None,
            Revision = revision,
            Work = run =>
            {
                places.Add(run.Scratch);
                throw new StepFailed("not yet");
            },
        };

        _bench.Build(new ToyStage("A", Failing(1)));
        _bench.Build(new ToyStage("A", Failing(2)));

        Directory.Exists(places[0]).ShouldBeFalse();
        Directory.Exists(places[1]).ShouldBeTrue();
    }

    [Fact]
    public void Lineage_tells_how_everything_upstream_was_made_and_is_part_of_the_readers_fingerprint()
    {
        Step first = _bench.Join("First", "", "first.txt", [_bench.Raw("x", "a")], "p");
        Step second = _bench.Join("Second", "", "second.txt", first.Writes);
        var lineage = Artifact.Lineage("lineage.json");
        string text = "";
        Step report = _bench.Custom(
            "Report",
            "report.txt",
            [new StepInput("data", second.Writes[0]), new StepInput("how", lineage)],
            (run, output) =>
        {
            text = run.Stream<ToyReader>(lineage).Text;
            run.Write(output, new ToyText(text));
        });
        IStage[] stages = [new ToyStage("First", first), new ToyStage("Second", second), new ToyStage("Report", report)];

        _bench.Build(stages);
        _bench.Build(stages).Count(StepOutcome.UpToDate).ShouldBe(3);
        _bench.Code["First"] = ContentHash.Of("new code");
        BuildSummary third = _bench.Build(stages);

        using JsonDocument json = JsonDocument.Parse(text);
        json.RootElement.GetProperty("steps")
            .EnumerateArray()
            .Select(step => step.GetProperty("step").GetString())
            .ShouldBe(["First", "Second"]);
        json.RootElement.GetProperty("steps")[0].GetProperty("settings").GetProperty("first.prefix").GetString().ShouldBe("p");
        text.ShouldNotContain(_bench.Root);
        // Other code that gives the same products is no news to who reads the lineage; other settings are.
        BuildBench.Outcomes(third).ShouldBe("First:RanUnchanged Second:CutOff Report:CutOff");
        BuildSummary fourth = _bench.Build([
            new ToyStage("First", _bench.Join("First", "", "first.txt", [_bench.Raw("x", "pa")], "")),
            .. stages[1..],
        ]);
        BuildBench.Outcomes(fourth).ShouldBe("First:RanUnchanged Second:CutOff Report:Ran");
        fourth.Steps[2].Reasons.ShouldHaveSingleItem().Component.ShouldBe("input how lineage.json");
    }

    private Defect Broken(Action<StepRun, Artifact<ToyText>> work)
    {
        BuildSummary summary = _bench.Build(new ToyStage("A", _bench.Custom("A", "a.txt", [], work)));
        File.Exists(Path.Combine(_bench.Out, "a.txt")).ShouldBeFalse();
        Directory.GetDirectories(Path.Combine(_bench.Out, ".tau", "attempts")).ShouldBeEmpty();
        return summary.FirstError.ShouldBeOfType<Defect>();
    }

    private BuildSummary BuildCounting(Action<RowLedger> count)
    {
        var output = new Artifact<ToyText>("counting.txt");
        return _bench.Build(new ToyStage("Counting", new Step
        {
            Stage = "Counting",
            Reads = [],
            Writes = [output],
            Settings = SettingsUsed.None,
            CountsRows = true,
            Work = run =>
            {
                count(run.Rows);
                run.Write(output, new ToyText(""));
            },
        }));
    }

    private static ToyStage Foldered(params string[] names)
    {
        var shards = Artifact.Folder("shards");
        return new ToyStage("Shards", new Step
        {
            Stage = "Shards",
            Reads = [],
            Writes = [shards],
            Settings = SettingsUsed.None.And("shards.names", string.Join(',', names)),
            Work = run => run.Create<FolderWriter>(shards).Write(names),
        });
    }
}

/// <summary>Writes a folder of files named and filled alike.</summary>
internal sealed class FolderWriter(ProductOutput to) : IProductWriter<FolderWriter>
{
    public static FolderWriter Create(ProductOutput to) => new(to);

    public void Write(IEnumerable<string> names)
    {
        Directory.CreateDirectory(to.Path);
        foreach (string name in names) File.WriteAllText(Path.Combine(to.Path, name), name);
    }

    public void Dispose() { }
}

/// <summary>Writes its product and a file that nobody declared.</summary>
internal sealed class SideWriter : IProductWriter<SideWriter>
{
    public static SideWriter Create(ProductOutput to)
    {
        File.WriteAllText(to.Path, "");
        File.WriteAllText(to.Path + ".side", "");
        return new SideWriter();
    }

    public void Dispose() { }
}
