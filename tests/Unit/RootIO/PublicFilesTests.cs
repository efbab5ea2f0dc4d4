using System.Globalization;
using System.Text.Json;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Expected values were found by uproot 4.3.7 and JSROOT 7.11.2 on public files (oracle-public.jsonl).</summary>
public sealed class PublicFilesTests(ITestOutputHelper output)
{
    private const double SumTolerance = 1e-9;

    [SharedRootFilesFact]
    public void Every_branch_of_a_kind_that_is_read_has_the_values_other_readers_find()
    {
        var tally = new SortedDictionary<string, (int Equal, int Unread, int Wrong)>(StringComparer.Ordinal);
        var wrong = new List<string>();
        var unread = new SortedDictionary<string, int>(StringComparer.Ordinal);

        foreach (IGrouping<(string Source, string File), JsonElement> rows in Rows().GroupBy(row => (Text(row, "source"), Text(row, "file"))))
        {
            using RootFile file = RootFile.Open(SharedRootFiles.Path(rows.Key.Source, rows.Key.File));
            foreach (IGrouping<string, JsonElement> branches in rows.Where(row => row.TryGetProperty("branch", out _)).GroupBy(row => Text(row, "tree")))
            {
                RootTree tree = file.Tree(branches.Key);
                foreach (JsonElement row in branches.Where(row => row.GetProperty("readers").GetArrayLength() > 0))
                {
                    string kind = Text(row, "kind"), name = Text(row, "branch") + (row.TryGetProperty("field", out JsonElement field) ? "." + field.GetString() : "");
                    RootBranch? branch = tree.FindBranch(name);
                    (int equal, int notYet, int bad) = tally.GetValueOrDefault(kind);
                    if (branch?.WhyNotRead is { } reason)
                    {
                        tally[kind] = (equal, notYet + 1, bad);
                        unread[$"{kind}: {reason}"] = unread.GetValueOrDefault($"{kind}: {reason}") + 1;
                        continue;
                    }
                    string? difference = branch is null ? "no such branch" : Difference(row, tree, branch);
                    tally[kind] = difference is null ? (equal + 1, notYet, bad) : (equal, notYet, bad + 1);
                    if (difference is not null) wrong.Add($"{rows.Key.File} {branches.Key} {name} ({branch?.TypeName}): {difference}");
                }
            }
        }

        foreach ((string kind, (int equal, int notYet, int bad)) in tally) output.WriteLine($"{kind,-15} equal {equal,5}   not yet read {notYet,5}   wrong {bad,5}");
        foreach ((string reason, int count) in unread) output.WriteLine($"not yet read {count,5}  {reason}");
        wrong.ShouldBeEmpty(string.Join("\n", wrong.Take(60)));
        tally["fixed"].Equal.ShouldBeGreaterThan(1800);
        tally["jagged1"].Equal.ShouldBeGreaterThan(4200);
    }

    private static string? Difference(JsonElement row, RootTree tree, RootBranch branch)
    {
        try
        {
            BranchValues found = BranchValues.Of(tree, branch);
            if (row.TryGetProperty("abs_tol", out _)) return found.Count == row.GetProperty("n").GetInt64() ? null : $"n {found.Count}";
            List<string> different = [];
            Compare(different, "kind", Text(row, "kind"), found.Kind);
            Compare(different, "dtype", Text(row, "dtype"), found.DataType);
            Compare(different, "n", row.GetProperty("n").GetInt64(), found.Count);
            Compare(different, "sha256", Text(row, "sha256"), found.Sha256);
            if (row.TryGetProperty("nonfinite", out JsonElement nonFinite) && nonFinite.ValueKind == JsonValueKind.Number) Compare(different, "nonfinite", nonFinite.GetInt64(), found.NonFinite);
            if (row.TryGetProperty("offsets_sha256", out JsonElement offsets)) Compare(different, "offsets_sha256", offsets[0].GetString(), found.OffsetsSha256);
            if (row.TryGetProperty("offsets_n", out JsonElement count)) Compare(different, "offsets_n", count[0].GetInt64(), found.OffsetsCount);
            if (row.TryGetProperty("sum", out JsonElement sum) && sum.ValueKind == JsonValueKind.Number && Math.Abs(sum.GetDouble() - found.Sum) > SumTolerance * Math.Max(1, Math.Abs(sum.GetDouble())))
                different.Add($"sum {found.Sum} for {sum.GetDouble()}");
            if (row.TryGetProperty("first", out JsonElement first)) CompareEnds(different, "first", first, found.First);
            if (row.TryGetProperty("last", out JsonElement last)) CompareEnds(different, "last", last, found.Last);
            return different.Count == 0 ? null : string.Join("; ", different);
        }
        catch (StepFailed failed) { return failed.Text.ToString().ReplaceLineEndings(" "); }
    }

    private static void CompareEnds(List<string> different, string what, JsonElement expected, IReadOnlyList<string> found)
    {
        // One reader hands uninitialised bools out as the byte they are; any but 0 is true.
        bool flags = found.Any(value => value is "true" or "false");
        string wanted = string.Join(",", expected.EnumerateArray().Select(value => flags && value.ValueKind == JsonValueKind.Number ? value.GetInt32() != 0 ? "true" : "false" : Canonical(value))), got = string.Join(",", found.Select(Canonical));
        if (wanted != got) different.Add($"{what} {got} for {wanted}");
    }

    private static string Canonical(JsonElement value) => value.ValueKind == JsonValueKind.String ? Canonical(value.GetString()!) : Canonical(value.GetRawText());

    private static string Canonical(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < 1L << 53
        ? number.ToString(CultureInfo.InvariantCulture).Replace("-0", "0", StringComparison.Ordinal) : text.ToLowerInvariant();

    private static void Compare<T>(List<string> different, string what, T expected, T found)
    {
        if (!Equals(expected, found)) different.Add($"{what} {found} for {expected}");
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static IEnumerable<JsonElement> Rows() =>
        File.ReadLines(System.IO.Path.Combine(SharedRootFiles.Folder!, "oracle-public.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);
}
