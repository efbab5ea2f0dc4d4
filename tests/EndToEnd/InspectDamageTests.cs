using System.Text.Json;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Host;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What Inspect makes of files that are damaged, cut short, or have friends, and of the wish to stop.</summary>
public sealed class InspectDamageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string FilePath => _folder.At("two.root");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_damaged_tree_has_a_line_that_says_why_and_does_not_hide_the_next()
    {
        Save(Sample().WithUnknownVersion("first"));

        JsonElement[] lines = [.. Digests()];

        lines.Length.ShouldBe(3);
        lines[0].GetRawText().ShouldBe("""{"file":"two.root","tree":"first;1","type":"TTree","error":"version 99 of TTree is not read"}""");
        (lines[1].GetProperty("tree").GetString(), lines[1].GetProperty("entries").GetInt64()).ShouldBe(("second;1", 3));
        (lines[2].GetProperty("branch").GetString(), lines[2].GetProperty("sum").GetDouble()).ShouldBe(("b", 6));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_overview_too_goes_on_after_a_damaged_tree(bool values)
    {
        Save(Sample().WithUnknownVersion("first"));

        InspectedObject[] found = [.. Look(values)];

        found.Select(one => (one.Path, one.Kind))
            .ShouldBe([("first", "TTree, version 99 of TTree is not read"), ("second", "TTree, 3 entries, 1 branches")]);
        found[1].Columns.Single().Name.ShouldBe("b");
    }

    [SharedDataFact]
    public void A_damaged_page_list_leaves_the_columns_and_what_else_is_known()
    {
        File.WriteAllBytes(FilePath, WithDamagedPageList(File.ReadAllBytes(NTuple)));

        InspectedObject found = Look(values: true).Single();

        found.Kind.ShouldStartWith("RNTuple 1.0.0.0, ");
        found.Columns.ShouldNotBeEmpty();
        found.Columns.ShouldAllBe(column =>
            column.Stored!.Form.Contains("is damaged", StringComparison.Ordinal)
            && column.Values!.Contains("is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void Friends_are_listed_with_alias_file_and_tree()
    {
        Save(Sample().WithFriend("second", ("scores", "dir/tree", "scores.root")).WithFriend("first", ("other", "second", "")));

        Look(values: false)
            .Select(one => one.Kind)
            .ShouldBe([
                "TTree, 3 entries, 1 branches, friend other = second",
                "TTree, 3 entries, 1 branches, friend scores = scores.root:dir/tree",
            ]);
        Digests().Count().ShouldBe(4);
    }

    [Fact]
    public void A_file_that_lost_its_end_is_shown_with_a_warning()
    {
        Save(Sample().WithoutItsEnd());

        (int exit, string shown, string said) = Tool();

        exit.ShouldBe(ExitCode.Done);
        shown.ShouldContain("first  TTree, 3 entries, 1 branches");
        said.ShouldStartWith($"warning: '{FilePath}' is truncated at ");
    }

    [Theory]
    [InlineData]
    [InlineData("--values", "--json")]
    public void A_tree_that_is_refused_whole_makes_the_tool_fail_and_hides_no_other(params string[] options)
    {
        Save(Sample().WithUnknownVersion("first"));

        (int exit, string shown, string said) = Tool(options);

        exit.ShouldBe(ExitCode.StepFailed);
        shown.ShouldContain("second");
        said.ShouldContain("version 99 of TTree is not read");
        said.ShouldContain("first");
    }

    [Fact]
    public void A_file_without_objects_is_said_to_have_none()
    {
        RootFileWriter.Create(FilePath, RootCompression.None).Dispose();

        Tool().ShouldBe((ExitCode.Done, $"two.root  ROOT file without objects{Environment.NewLine}", ""));
    }

    private (int Exit, string Shown, string Said) Tool(params string[] options)
    {
        using StringWriter shown = new(), said = new();
        CommandLine line = CommandLineParser.Parse(["--target=Inspect", $"--file={FilePath}", .. options]);
        int exit = new InspectTool().Run(
            new Invocation(line, new Terminal(shown, said, isInteractive: false), new Campaigns(_ => []), CancellationToken.None));
        return (exit, shown.ToString(), said.ToString());
    }

    [Theory]
    [InlineData("--values", "--json")]
    [InlineData("--values")]
    [InlineData]
    public void The_tool_hands_on_the_wish_to_stop(params string[] options)
    {
        Save(Sample());
        var call = new Invocation(
            CommandLineParser.Parse(["--target=Inspect", $"--file={FilePath}", .. options]),
            new Terminal(TextWriter.Null, TextWriter.Null, isInteractive: false),
            new Campaigns(_ => []),
            new CancellationToken(canceled: true));

        Should.Throw<OperationCanceledException>(() => new InspectTool().Run(call));
    }

    [Fact]
    public void Values_of_a_tree_are_not_read_on_once_one_wants_to_stop()
    {
        Save(Sample());

        ShouldStop();
    }

    [SharedDataFact]
    public void Values_of_an_RNTuple_are_not_read_on_once_one_wants_to_stop()
    {
        File.WriteAllBytes(FilePath, File.ReadAllBytes(NTuple));

        ShouldStop();
    }

    private static string NTuple => SharedData.At("root", "rntuple", "test_1jag_int_float_rntuple_v1-0-0-0.root");

    // Inside a tree, after the line that tells of it and before its first branch; and in the overview before its first branch.
    private void ShouldStop()
    {
        using var stop = new CancellationTokenSource();
        using IEnumerator<string> lines = new RootInspector()
            .Digests(Request(values: true) with { Cancellation = stop.Token })!
            .GetEnumerator();
        lines.MoveNext().ShouldBeTrue();

        stop.Cancel();

        Should.Throw<OperationCanceledException>(() => lines.MoveNext());
        Should.Throw<OperationCanceledException>(() =>
            new RootInspector().Look(Request(values: true) with { Cancellation = stop.Token }).Count());
    }

    private PatchedRootFile Sample() => new(FilePath);

    private void Save(PatchedRootFile file) => File.WriteAllBytes(FilePath, file.Bytes);

    private IEnumerable<JsonElement> Digests() =>
        new RootInspector().Digests(Request(values: true))!.Select(line => JsonDocument.Parse(line).RootElement);

    private IEnumerable<InspectedObject> Look(bool values) => new RootInspector().Look(Request(values));

    private InspectRequest Request(bool values) => new(FilePath, null, null, values);

    // The last byte whose change leaves the RNTuple's description whole, but not where its pages stand.
    private static byte[] WithDamagedPageList(byte[] whole)
    {
        for (int at = whole.Length - 1; at >= 0; at--)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            try
            {
                using RootFile file = RootFile.Open("changed", changed);
                if (file.Keys.FirstOrDefault(key => key.IsNTuple) is not { } key) continue;
                RNTuple tuple = file.NTuple(key.Path);
                try { _ = tuple.SizeOf(tuple.Columns[0]); }
                catch (StepFailed) { return changed; }
            }
            catch (StepFailed) { } // the file's or the RNTuple's own description
        }
        throw new InvalidOperationException("no page list was found");
    }
}
