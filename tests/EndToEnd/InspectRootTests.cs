using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Host;
using TauPipeline.Tests.Support;
using Xunit.Abstractions;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What Inspect prints of ROOT files, against the values that uproot 4.3.7 and JSROOT 7.11.2 find in them.</summary>
public sealed class InspectRootTests(ITestOutputHelper output)
{
    private const double SumTolerance = 1e-9;

    // Of every kind of object and of old and new writers; the rest are compared in the room's own tests.
    private static readonly string[] Files =
    [
        "uproot-HZZ-lz4.root",
        "uproot-Zmumu.root",
        "uproot-leaflist.root",
        "uproot-histograms.root",
        "uproot-hepdata-example.root",
        "uproot-issue-750.root",
        "uproot-issue31.root",
        "uproot-sample-5.24.00-uncompressed.root",
        "uproot-sample-6.20.04-zlib.root",
        "uproot-simple.root",
        "uproot-stl_containers.root",
        "uproot-vectorVectorDouble.root",
        "uproot-double32-float16.root", "dirs-6.14.00.root", "tprofile.root", "w-zstd.root",
    ];

    private static readonly string[] Fields =
        [
            "file",
            "tree",
            "branch",
            "field",
            "kind",
            "dtype",
            "n",
            "sum",
            "first",
            "last",
            "sha256",
            "offsets_sha256",
            "offsets_n",
            "nonfinite",
            "entries",
            "nbranches",
            "version",
            "compress",
            "object",
            "cls",
            "title",
            "shape",
            "axes",
            "has_sumw2",
            "sumw2_sha256",
        ];

    [SharedDataFact]
    public void Every_line_has_the_expected_values_field_by_field()
    {
        ILookup<string, JsonElement> expected = File.ReadLines(SharedData.At("root", "oracle-public.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToLookup(row => Text(row, "file"));
        var equal = new SortedDictionary<string, int>(StringComparer.Ordinal);
        List<string> different = [];

        foreach (string file in Files)
        {
            string path = Directory.GetFiles(SharedData.At("root"), file, SearchOption.AllDirectories).Single();
            Dictionary<string, JsonElement> found = Digests(path).ToLookup(Key).ToDictionary(lines => lines.Key, lines => lines.First());
            foreach (
                JsonElement row in expected[file]
                    .Where(row => !row.TryGetProperty("readers", out JsonElement readers) || readers.GetArrayLength() > 0))
            {
                string kind =
                    row.TryGetProperty("kind", out JsonElement name) ? name.GetString()!
                    : row.TryGetProperty("tree", out _) ? "tree"
                    : "object";
                string[] wrong = found.TryGetValue(Key(row), out JsonElement line)
                    ? [.. Fields.Where(field => !Same(field, row, line))]
                    : ["no line"];
                if (wrong.Length == 0) equal[kind] = equal.GetValueOrDefault(kind) + 1;
                else different.Add($"{Key(row)}: {string.Join(", ", wrong)}\n  {row}\n  {(wrong[0] == "no line" ? "" : line)}");
            }
        }

        foreach ((string kind, int count) in equal) output.WriteLine($"{kind,-15} {count,5} lines equal");
        different.ShouldBeEmpty(string.Join("\n", different.Take(8)));
        equal.Keys.ShouldContain("hist");
        equal.Keys.ShouldContain("tree");
        equal.Values.Sum().ShouldBeGreaterThan(240);
    }

    [SharedDataFact]
    public void An_RNTuple_has_a_line_a_column_and_a_regular_expression_chooses()
    {
        string path = SharedData.At("root", "rntuple", "Run2012BC_DoubleMuParked_Muons_1000evts_rntuple_v1-0-0-0.root");

        JsonElement[] lines = [.. Digests(path, "^Muon_(pt|charge)$")];

        lines.Length.ShouldBe(3);
        lines[0].GetProperty("entries").GetInt64().ShouldBe(1000);
        lines[1].GetProperty("branch").GetString().ShouldBe("Muon_pt");
        lines[1].GetProperty("kind").GetString().ShouldBe("jagged1");
        lines[1].GetProperty("offsets_n")[0].GetInt64().ShouldBe(1001);
        lines[2].GetProperty("dtype").GetString().ShouldBe("i32");
    }

    [SharedDataFact]
    public void The_overview_tells_types_baskets_codecs_and_sizes()
    {
        InspectedObject events = new RootInspector()
            .Look(new InspectRequest(SharedData.At("root", "scikit-hep-testdata", "uproot-HZZ-lz4.root"), null, null, Values: false))
            .Single();

        events.Kind.ShouldBe("TTree, 2421 entries, 51 branches");
        InspectedColumn muons = events.Columns.Single(column => column.Name == "Muon_Px");
        muons.Type.ShouldBe("float32[]");
        muons.Stored!.Form.ShouldBe("Lz4");
        muons.Stored.Bytes.ShouldBeInRange(1, muons.Stored.Unpacked);
    }

    private static IEnumerable<JsonElement> Digests(string path, string? branches = null) =>
        new RootInspector()
            .Digests(new InspectRequest(path, null, branches is null ? null : new Regex(branches), Values: true))!
            .Select(line => JsonDocument.Parse(line).RootElement);

    private static string Key(JsonElement row) =>
        string.Join(" ", new[] { "file", "tree", "object", "branch", "field" }.Select(field => Text(row, field)));

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";

    private static bool Same(string field, JsonElement row, JsonElement line)
    {
        bool isBranch = row.TryGetProperty("branch", out _), isClose = row.TryGetProperty("abs_tol", out _);
        // What the expected values tell of a branch beyond the fields of a line.
        if (isBranch && field is "entries" or "shape") return true;
        // The ends of sets were taken from a reader that sorts them, the hash from one that keeps the order of the file.
        if (field is "first" or "last" && Text(row, "note").Contains("set order as stored", StringComparison.Ordinal)) return true;
        if (isClose && field is "sha256" or "sum" or "first" or "last") return true;
        if (!row.TryGetProperty(field, out JsonElement expected) || expected.ValueKind == JsonValueKind.Null) return true;
        if (!line.TryGetProperty(field, out JsonElement found)) return false;
        return field switch
        {
            "sum" => Math.Abs(expected.GetDouble() - found.GetDouble()) <= SumTolerance * Math.Max(1, Math.Abs(expected.GetDouble())),
            "first" or "last" => Values(expected, found).SequenceEqual(Values(found, found)),
            _ => Canonical(expected) == Canonical(found),
        };
    }

    // One reader hands uninitialised bools out as the byte they are; any but 0 is true.
    private static IEnumerable<string> Values(JsonElement values, JsonElement found)
    {
        bool areFlags = found.EnumerateArray().Any(value => value.ValueKind is JsonValueKind.True or JsonValueKind.False);
        return values.EnumerateArray()
            .Select(value =>
                areFlags && value.ValueKind == JsonValueKind.Number
                    ? value.GetInt32() != 0
                        ? "True"
                        : "False"
                    : Canonical(value));
    }

    private static string Canonical(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Canonical)) + "]",
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().Select(one => one.Name + ":" + Canonical(one.Value))) + "}",
        JsonValueKind.String => value.GetString()!.ToLowerInvariant(),
        _ => value.ToString(),
    };
}
