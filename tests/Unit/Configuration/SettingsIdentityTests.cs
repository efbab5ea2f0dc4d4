using System.Text.Json.Nodes;
using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Configuration;

/// <summary>No two different values share the text that enters a fingerprint: else a changed setting would change nothing.</summary>
public sealed class SettingsIdentityTests : IDisposable
{
    private const int Trees = 4000;

    // All that separates, quotes or nests in some notation, and few of each: so that trees which differ little meet often.
    private static readonly string[] Pieces = ["a", "b", ", ", "[", "]", "{}", "\"", "\\", ".", "=", ":", "0", "1", " ", "\n"];
    private readonly string _folder = Directory.CreateTempSubdirectory("settings").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""["first", "second"]""", """["first, second"]""")]
    [InlineData("""["a", "b"]""", "\"[a, b]\"")]
    [InlineData("[]", """[""]""")]
    [InlineData("""["a\"", "b"]""", """["a\", b"]""")]
    [InlineData("""["a\", \"b"]""", """["a", "b"]""")]
    [InlineData("""["a\\", "b"]""", """["a\\\", \"b"]""")]
    [InlineData("""{ "a.b": "c" }""", """{ "a": { "b": "c" } }""")]
    [InlineData("""{ "0": { "a": "b" } }""", """[{ "a": "b" }]""")]
    [InlineData("[{}, {}]", "[{}]")]
    [InlineData("[{}, {}]", """["{}", "{}"]""")]
    [InlineData("[[1], [2]]", "[[1, 2]]")]
    public void Different_values_have_different_identities(string one, string other) => IdentityOf(one).ShouldNotBe(IdentityOf(other));

    [Theory]
    [InlineData("""{ "x": "b", "y": ["c"] }""", "# a map\n  y: [ c ]\n  x: 'b'")]
    [InlineData("[1.0, 100]", "[1, 1e2]")]
    public void Order_of_keys_spelling_and_comments_never_matter(string one, string other) =>
        IdentityOf(one).ShouldBe(IdentityOf(other, one));

    [Fact]
    public void Random_trees_share_an_identity_only_if_they_are_the_same()
    {
        var seen = new Dictionary<ContentHash, JsonNode>();
        var different = new List<JsonNode>();
        for (int seed = 0; seed < Trees; seed++)
        {
            JsonNode tree = Tree(new Random(seed), 2);
            ContentHash identity = IdentityOf(tree.ToJsonString());

            if (!seen.TryAdd(identity, tree))
                JsonNode.DeepEquals(seen[identity], tree).ShouldBeTrue($"{seen[identity].ToJsonString()} and {tree.ToJsonString()}");
        }
        seen.Count.ShouldBeGreaterThan(Trees / 2);
        seen.Count.ShouldBeLessThan(Trees); // some met
    }

    private static JsonNode Tree(Random random, int depth) => random.Next(depth > 0 ? 5 : 2) switch
    {
        0 => Text(random),
        1 => new JsonArray([.. Some(random, 0, () => (JsonNode)Text(random))]),
        2 => new JsonArray([.. Some(random, 1, () => (JsonNode)new JsonArray([.. Some(random, 1, () => (JsonNode)random.Next(3))]))]),
        3 => new JsonArray([.. Some(random, 1, () => (JsonNode)Map(random, depth - 1))]),
        _ => Map(random, depth),
    };

    // An empty map is one whose defaults hold, as an omitted one is: it stands in lists alone.
    private static JsonObject Map(Random random, int depth) =>
        new(Some(random, 1, () => Text(random)).Distinct()
            .Select(key => KeyValuePair.Create(key, (JsonNode?)Tree(random, depth - 1))));

    private static string Text(Random random) => string.Concat(Some(random, 0, () => Pieces[random.Next(Pieces.Length)]));

    private static List<T> Some<T>(Random random, int least, Func<T> make) =>
        [.. Enumerable.Range(0, random.Next(least, 3)).Select(_ => make())];

    private ContentHash IdentityOf(string yaml, string? read = null)
    {
        string path = Path.Combine(_folder, "c.yaml");
        File.WriteAllText(path, $"value: {yaml}\n");
        ConfigBlock root = CampaignFile.Load(path, [], []).Root;
        SettingsUsed used = Read(root, "value", JsonNode.Parse(read ?? yaml)!, SettingsUsed.None);
        root.Mistakes.ThrowIfAny();
        return used.And(root.Used()).Hash();
    }

    // As a reader would that expects what is there.
    private static SettingsUsed Read(ConfigBlock block, string key, JsonNode value, SettingsUsed used)
    {
        switch (value)
        {
            case JsonObject map:
                return ReadAll(block.Block(key), map, used);
            case JsonArray { Count: > 0 } maps when maps[0] is JsonObject:
                foreach ((ConfigBlock item, JsonNode? map) in block.List(key).Zip(maps)) used = ReadAll(item, map!.AsObject(), used);
                return used;
            case JsonArray { Count: > 0 } lists when lists[0] is JsonArray:
                block.Lists(key);
                return used;
            case JsonArray { Count: > 0 } numbers when numbers[0]!.GetValueKind() == System.Text.Json.JsonValueKind.Number:
                block.Numbers(key);
                return used;
            case JsonArray:
                block.Texts(key);
                return used;
            default:
                block.Text(key);
                return used;
        }
    }

    private static SettingsUsed ReadAll(ConfigBlock block, JsonObject map, SettingsUsed used)
    {
        foreach ((string key, JsonNode? value) in map) used = Read(block, key, value!, used);
        return used.And(block.Used());
    }
}
