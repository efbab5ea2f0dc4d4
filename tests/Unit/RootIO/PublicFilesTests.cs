using System.Text.Json;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Expected values were found by uproot 4.3.7 and JSROOT 7.11.2 on public files (oracle-public.jsonl; guide section 11).</summary>
public sealed class PublicFilesTests(ITestOutputHelper output)
{
    private const double SumTolerance = 1e-9;

    // uproot alone reads these, and as packed with 16 bits (or as 3 bytes where 4 stand); the files' other branches hold the same numbers.
    private static readonly Dictionary<string, string> Twins = new(StringComparer.Ordinal)
    {
        ["D16"] = "F32",
        ["ArrD16"] = "ArrF32",
        ["SliD16"] = "SliF32",
        ["SliD32"] = "SliF64",
    };
    private static readonly string[] TwinFiles = ["leaves.root", "x-flat-tree.root", "ndim.root"];

    // The row's hash is of the stored order, its first and last values are of another reader's unordered set.
    private const string Unordered = "vector_set_string";

    [SharedRootFilesFact]
    public void Every_branch_has_the_values_other_readers_find()
    {
        var tally = new SortedDictionary<string, (int Equal, int Wrong)>(StringComparer.Ordinal);
        List<string> wrong = [];

        foreach (
            IGrouping<(string Source, string File), JsonElement> rows in Rows().GroupBy(row => (Text(row, "source"), Text(row, "file"))))
        {
            using RootFile file = RootFile.Open(SharedRootFiles.Path(rows.Key.Source, rows.Key.File));
            foreach (IGrouping<string, JsonElement> branches in rows.GroupBy(row => Text(row, "tree")))
            {
                RootTree tree = file.Tree(branches.Key);
                foreach (JsonElement row in branches)
                {
                    string kind = Text(row, "kind");
                    string? difference = Difference(row, tree);
                    (int equal, int bad) = tally.GetValueOrDefault(kind);
                    tally[kind] = difference is null ? (equal + 1, bad) : (equal, bad + 1);
                    if (difference is not null) wrong.Add($"{rows.Key.File} {branches.Key} {Name(row)}: {difference}");
                }
            }
        }

        foreach ((string kind, (int equal, int bad)) in tally) output.WriteLine($"{kind,-15} equal {equal,5}   wrong or not read {bad,5}");
        wrong.ShouldBeEmpty(string.Join("\n", wrong.Take(60)));
        tally.ToDictionary(kind => kind.Key, kind => kind.Value.Equal).ShouldBe(new Dictionary<string, int>
        {
            ["fixed"] = 1871,
            ["jagged1"] = 4319,
            ["jagged2"] = 76,
            ["jagged3"] = 2,
            ["string"] = 80,
            ["string_jagged1"] = 622,
            ["string_jagged2"] = 205,
        }, ignoreOrder: true);
    }

    [SharedRootFilesFact]
    public void Every_tree_has_the_entries_other_readers_find()
    {
        foreach (JsonElement row in AllRows().Where(row => row.TryGetProperty("nbranches", out _)))
        {
            using RootFile file = RootFile.Open(SharedRootFiles.Path(Text(row, "source"), Text(row, "file")));

            RootTree tree = file.Tree(Text(row, "tree"));

            tree.Entries.ShouldBe(row.GetProperty("entries").GetInt64(), Text(row, "file"));
        }
    }

    private static string? Difference(JsonElement row, RootTree tree)
    {
        if (tree.FindBranch(Name(row)) is not { } branch) return "no such branch";
        if (branch.WhyNotRead is { } reason) return $"not read: {reason}";
        try
        {
            BranchDigest digest = BranchDigest.Of(tree, branch);
            using JsonDocument found = JsonDocument.Parse(digest.ToJson());
            if (!TwinFiles.Contains(digest.File) || !Twins.TryGetValue(branch.Name, out string? name))
                return Difference(row, found.RootElement);
            BranchDigest twin = BranchDigest.Of(tree, tree.Branch(name));
            return digest.Sha256 == twin.Sha256 && digest.Kind == twin.Kind ? null : $"other values than {name}";
        }
        catch (StepFailed failed) { return failed.Text.ToString().ReplaceLineEndings(" "); }
    }

    private static string? Difference(JsonElement row, JsonElement found)
    {
        List<string> different = [];
        double tolerance = row.TryGetProperty("abs_tol", out JsonElement allowed) ? allowed.GetDouble() : 0;
        foreach (
            string field in (string[])
                ["file", "tree", "branch", "field", "kind", "dtype", "n", "nonfinite", "sha256", "offsets_sha256", "offsets_n"])
        {
            if (!row.TryGetProperty(field, out JsonElement expected) || field == "sha256" && tolerance > 0) continue;
            if (Plain(expected) != Plain(found.GetProperty(field))) different.Add($"{field} {found.GetProperty(field)} for {expected}");
        }
        if (row.TryGetProperty("sum", out JsonElement sum) && sum.ValueKind == JsonValueKind.Number)
        {
            double within = Math.Max(SumTolerance * Math.Max(1, Math.Abs(sum.GetDouble())), tolerance * row.GetProperty("n").GetInt64());
            if (Math.Abs(sum.GetDouble() - found.GetProperty("sum").GetDouble()) > within)
                different.Add($"sum {found.GetProperty("sum")} for {sum}");
        }
        if (Text(row, "branch") == Unordered) return different.Count == 0 ? null : string.Join("; ", different);
        foreach (string ends in (string[])["first", "last"])
            if (row.TryGetProperty(ends, out JsonElement expected) && !Same(expected, found.GetProperty(ends), tolerance))
                different.Add($"{ends} {found.GetProperty(ends)} for {expected}");
        return different.Count == 0 ? null : string.Join("; ", different);
    }

    private static bool Same(JsonElement expected, JsonElement found, double tolerance) =>
        expected.GetArrayLength() == found.GetArrayLength()
        && expected.EnumerateArray().Zip(found.EnumerateArray()).All(pair => SameValue(pair.First, pair.Second, tolerance));

    private static bool SameValue(JsonElement expected, JsonElement found, double tolerance) => (expected.ValueKind, found.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Math.Abs(expected.GetDouble() - found.GetDouble()) <= tolerance,
        // One reader hands uninitialised bools out as the byte they are; any but 0 is true.
        (JsonValueKind.Number, JsonValueKind.True or JsonValueKind.False) => expected.GetInt32() != 0 == found.GetBoolean(),
        _ => expected.ToString() == found.ToString(),
    };

    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? string.Join(",", value.EnumerateArray().Select(Plain)) : value.ToString();

    private static string Name(JsonElement row) =>
        Text(row, "branch") + (row.TryGetProperty("field", out JsonElement field) ? "." + field.GetString() : "");

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static IEnumerable<JsonElement> Rows() =>
        AllRows().Where(row => row.TryGetProperty("branch", out _) && row.GetProperty("readers").GetArrayLength() > 0);

    private static IEnumerable<JsonElement> AllRows() =>
        File.ReadLines(System.IO.Path.Combine(SharedRootFiles.Folder, "oracle-public.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement);
}
