using System.Runtime.InteropServices;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Hdf5IO;
using TauPipeline.Host;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary><c>--target=Compare</c>: in each format the planted difference is the one that is found.</summary>
public sealed class CompareTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_bytes_are_no_difference()
    {
        (string a, string b) = Pair("txt", "same\n", "same\n");

        FileComparison.Of(a, b).ShouldBeNull();
    }

    [Theory]
    [InlineData("json", "{\"a\": [1, {\"b\": 2.5}]}", "{\"a\": [1, {\"b\": 2.75}]}", 18L, "$.a[1].b", null, "2.5", "2.75")]
    [InlineData("json", "{\"a\": 1}", "{\"a\": 1, \"c\": true}", 7L, "$.c", null, "not there", "true")]
    [InlineData("json", "[1, 2]", "[1, 2, 3]", 5L, "$", null, "2 items", "3 items")]
    [InlineData("csv", "x,\"y, z\",w\n1,2,3\n4,5,6\n", "x,\"y, z\",w\n1,2,3\n4,7,6\n", 19L, "y, z", 1L, "5", "7")]
    [InlineData("csv", "x,y\n1,2\n", "x,y\n1,2\n3,4\n", 8L, "the file", 1L, "no such row", "3,4")]
    [InlineData("txt", "one\ntwo\n", "one\ntoo\n", 5L, "line 2", null, "two", "too")]
    public void Texts_differ_in_a_column_and_row(
        string ending,
        string old,
        string @new,
        long offset,
        string column,
        long? row,
        string was,
        string @is)
    {
        (string a, string b) = Pair(ending, old, @new);

        FileDifference found = FileComparison.Of(a, b)!;

        (found.Offset, found.First).ShouldBe((offset, new Difference(column, row, was, @is)));
    }

    [Theory]
    [InlineData("[1,2]", "[1, 2]")]
    [InlineData("{\"a\":1}\n", "{\"a\":1}")]
    public void Other_bytes_that_say_the_same_are_told_apart(string old, string @new)
    {
        (string a, string b) = Pair("json", old, @new);

        FileComparison.Of(a, b)!.ToString().ShouldEndWith("; as JSON they say the same");
    }

    [Fact]
    public void A_damaged_file_is_a_difference_too()
    {
        (string a, string b) = Pair("json", "{}", "{");

        FileComparison.Of(a, b)!.ToString().ShouldStartWith("byte 1 (2 -> 1 bytes); as unreadable JSON (");
    }

    [Theory]
    [InlineData("/taus/pt", 70000, "70000.5", "70001.5")]
    [InlineData("/taus/id", 3, "3", "-3")]
    public void HDF5_differs_in_a_dataset_and_row_beyond_the_first_block_too(string column, int row, string was, string @is)
    {
        string a = Hdf5("a.h5", "", -1), b = Hdf5("b.h5", column, row);

        FileComparison.Of(a, b)!.First.ShouldBe(new Difference(column, row, was, @is));
    }

    [Fact]
    public void HDF5_differs_in_an_attribute()
    {
        string a = Hdf5("a.h5", "", -1), b = Hdf5("b.h5", "", -1, "other");

        FileComparison.Of(a, b)!.First.ShouldBe(new Difference("/taus@origin", null, "here", "other"));
    }

    [Theory]
    [InlineData("pt", 20000, "20000.5", "20001.5")]
    [InlineData("cand_x", 17001, "[1, 2]", "[1, 3]")]
    public void ROOT_differs_in_a_branch_and_entry(string branch, int row, string was, string @is)
    {
        string a = Root("a.root", "", -1), b = Root("b.root", branch, row);

        FileComparison.Of(a, b)!.First.ShouldBe(new Difference($"taus/{branch}", row, was, @is));
    }

    [Fact]
    public void Folders_are_compared_file_by_file_without_what_is_no_product()
    {
        Write("old/plot/a.csv", "x\n1\n");
        Write("old/gone.txt", "");
        Write("old/.tau/log", "one");
        Write("old/runs/today", "one");
        Write("new/plot/a.csv", "x\n2\n");
        Write("new/came.txt", "");
        Write("new/.tau/log", "two");

        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Compare", $"--old={_folder.At("old")}", $"--new={_folder.At("new")}");
        using ProgramRun same = ProgramRun.Toy(_folder, "--target=Compare", $"--old={_folder.At("old")}", $"--new={_folder.At("old")}");
        using ProgramRun json = ProgramRun.Toy(
            _folder,
            "--target=Compare",
            "--json",
            $"--old={_folder.At("old")}",
            $"--new={_folder.At("new")}");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldBe("extra    came.txt\nmissing  gone.txt\ndiffers  plot/a.csv: byte 2; CSV x row 0: 1 -> 2\n3 differences\n");
        (same.ExitCode, same.Output).ShouldBe((0, "the same bytes\n"));
        json.Events("difference").Select(line => line.GetProperty("file").GetString()).ShouldBe(["came.txt", "gone.txt", "plot/a.csv"]);
    }

    [Theory]
    [InlineData("--target=Compare needs --old", "--new=/etc/passwd")]
    [InlineData("there is no file or folder '/nowhere'", "--old=/nowhere", "--new=/etc/passwd")]
    [InlineData("a file and a folder cannot be compared", "--old=/etc", "--new=/etc/passwd")]
    public void What_cannot_be_compared_is_misuse(string message, params string[] arguments)
    {
        using ProgramRun run = ProgramRun.Toy(_folder, ["--target=Compare", .. arguments]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(message);
    }

    [Fact]
    public void Performance_files_are_compared_number_by_number_with_their_errors()
    {
        string a = PerformanceOf("a.json", 0.90, 0.010, 0.020), b = PerformanceOf("b.json", 0.95, 0.012, 0.021);

        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Compare", $"--old={a}", $"--new={b}");

        run.ExitCode.ShouldBe(1);
        // 0.05 of two errors of 0.01: 3.5 standard deviations; 0.002 of two of 0.001: 1.4; 0.001 of two of 0.0001: 7.1
        run.Output.ShouldContain(
            "  better         net, pair, pt 20-40, |eta| 0-2.3: AUC 0.9 [0.89, 0.91] -> 0.95 [0.94, 0.96]  +3.5 sigma\n");
        run.Output.ShouldContain("misidentification rate at efficiency 0.7 0.01 [0.009, 0.011] -> 0.012 [0.011, 0.013]  -1.4 sigma\n");
        run.Output.ShouldContain("  worse          net, pair, pt 20-40, |eta| 0-2.3: misidentification rate of Tight");
        run.Output.ShouldContain("-7.1 sigma\n");
        run.Output.ShouldNotContain("efficiency of Tight");
    }

    // The rate of Tight rises by a twentieth, which is significant; that at 0.7 by a fifth, which is not; the area rises.
    [Theory]
    [InlineData("0.06", 0, "nothing lost")]
    [InlineData("0.04", 1, "1 number lost more than the margin")]
    public void A_gate_fails_where_a_number_is_significantly_worse_by_more_than_the_margin(string margin, int exitCode, string last)
    {
        string a = PerformanceOf("a.json", 0.90, 0.010, 0.020), b = PerformanceOf("b.json", 0.95, 0.012, 0.021);
        string[] compare = ["--target=Compare", $"--old={a}", $"--new={b}", $"--margin={margin}"];

        using ProgramRun run = ProgramRun.Toy(_folder, compare), json = ProgramRun.Toy(_folder, [.. compare, "--json"]);

        (run.ExitCode, json.ExitCode).ShouldBe((exitCode, exitCode));
        run.Output.ShouldEndWith($"{last}\n");
        json.Events("performance").Where(line => line.GetProperty("lost").GetBoolean())
            .Select(line => line.GetProperty("number").GetString())
            .ShouldBe(exitCode == 0 ? [] : ["misidentification rate of Tight"]);
    }

    [Fact]
    public void A_gate_is_for_performance_files()
    {
        (string a, string b) = Pair("json", "[1]", "[2]");

        using ProgramRun run = ProgramRun.Toy(_folder, "--target=Compare", $"--old={a}", $"--new={b}", "--margin=0.1");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--margin is for performance files");
    }

    // Of the same events the difference counts, which is 0.01 give or take 0.001 where each number has an error of 0.01.
    [Theory]
    [InlineData("same", "same", true, "worse")]
    [InlineData("same", "other", false, "within errors")]
    public void Numbers_of_the_same_events_are_compared_in_pairs(string old, string @new, bool isPaired, string verdict)
    {
        double[] drawn = [0.89, 0.90, 0.91, 0.90], differences = [0.0115, 0.0085, 0.0115, 0.0085];
        string a = PerformanceOf("a.json", 0.90, 0.01, 0.02, new(old, [.. drawn], [])),
            b = PerformanceOf("b.json", 0.89, 0.01, 0.02, new(@new, [.. drawn.Zip(differences, (one, other) => (double?)(one - other))], []));

        PerformanceChange area = PerformanceChange.Between(a, b).Single(change => change.Old.Name == "AUC");

        area.Verdict.ShouldBe(verdict);
        // 0.01 over the standard deviation 0.0015 x sqrt(4/3); unpaired over 0.01 x sqrt(2)
        area.Significance!.Value.ShouldBe(isPaired ? -0.01 / (0.0015 * Math.Sqrt(4 / 3.0)) : -1 / Math.Sqrt(2), 1e-6);
    }

    [Fact]
    public void Curves_of_few_rows_are_not_compared_and_a_number_that_is_gone_is_lost()
    {
        string a = PerformanceOf("a.json", 0.90, 0.01, 0.02), few = PerformanceOf("few.json", 0.5, 0.5, 0.5, rows: 99);

        PerformanceChange.Between(few, a).ShouldBeEmpty();
        IReadOnlyList<PerformanceChange> gone = PerformanceChange.Between(a, few);
        gone.Select(change => change.Verdict).Distinct().ShouldBe(["gone"]);
        new PerformanceReport(gone, 0.5).Lost.Count.ShouldBe(gone.Count);
        new PerformanceReport(gone, null).Lost.ShouldBeEmpty();
    }

    private (string, string) Pair(string ending, string old, string @new) => (Write($"a.{ending}", old), Write($"b.{ending}", @new));

    private string Write(string name, string text)
    {
        string path = _folder.At(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private string Hdf5(string name, string changed, int row, string origin = "here")
    {
        const int rows = 80000;
        double[] pt = [.. Enumerable.Range(0, rows).Select(i => i + 0.5)];
        int[] id = [.. Enumerable.Range(0, rows)];
        if (changed == "/taus/pt") pt[row] += 1;
        if (changed == "/taus/id") id[row] = -id[row];
        using Hdf5File file = Hdf5File.Create(_folder.At(name));
        file.CreateGroup("/taus");
        file.Attributes("/taus").Set("origin", origin);
        foreach (
            (string path, ColumnType type, byte[] bytes) in new[]
            {
                ("/taus/id", ColumnType.Int32, MemoryMarshal.AsBytes(id.AsSpan()).ToArray()),
                ("/taus/pt", ColumnType.Float64, MemoryMarshal.AsBytes(pt.AsSpan()).ToArray()),
            })
        {
            using Hdf5DatasetWriter data = file.CreateDataset(path, type, 16384);
            data.Append(bytes);
            data.Complete();
        }
        return _folder.At(name);
    }

    private string Root(string name, string changed, int row)
    {
        const int rows = 25000;
        double[] pt = [.. Enumerable.Range(0, rows).Select(i => i + 0.5)];
        // Row i has i % 3 + 1 values; row 17001 has the two values 1, 2.
        int[] lengths = [.. Enumerable.Range(0, rows).Select(i => i == 17001 ? 2 : i % 3 + 1)];
        int[] offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + lengths[i];
        int[] x = [.. lengths.SelectMany(length => Enumerable.Range(1, length))];
        if (changed == "pt") pt[row] += 1;
        if (changed == "cand_x") x[offsets[row + 1] - 1]++;
        var batch = new Batch([new Column<double>("pt", pt), new JaggedColumn<int>("cand_x", "cand", offsets, x)]);
        using RootFileWriter file = RootFileWriter.Create(_folder.At(name), RootCompression.Zlib, "same.root");
        file.Tree("taus", batch.Schema).Append(batch);
        return _folder.At(name);
    }

    private string PerformanceOf(string name, double auc, double rate, double passed, ReplicaEntry? replicas = null, long rows = 100)
    {
        var bin = new BinEntry(20, 40, 0, 2.3, []);
        var curve = new RocEntry("net", "Network", "pair", "jet", bin)
        {
            SignalTitle = "taus",
            BackgroundTitle = "jets",
            Signal = rows,
            Background = 100,
            Denominator = ShareDefinition.Plain("test rows", "none"),
            AucScore = auc,
            AucError = 0.01,
            Replicas = replicas,
            Rates = [new RateEntry(0.7, rate, rate - 0.001, rate + 0.001)],
        };
        var point = new WorkingPointEntry(
            "net",
            "pair",
            "jet",
            bin,
            "Tight",
            0.5,
            new IntervalEntry(0.6, 0.59, 0.61, 6, 10),
            new IntervalEntry(passed, passed - 0.0001, passed + 0.0001, 2, 100))
        { Definition = curve.Denominator };
        PerformanceFile.Write(
            new ProductOutput(_folder.At(name)),
            new PerformanceFile(new Performance("test") { RocCurve = [curve], RocWp = [point] }));
        return _folder.At(name);
    }
}
