using System.Text.Json;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>
/// Claims in the run cache that were damaged, or were never ours: none is believed, none stops a build, none reaches beyond the attempt.
/// </summary>
public sealed class CacheClaimTests : IDisposable
{
    private const string Hash = "00000000000000000000000000000000000000000000000000000000000000ab";
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private string Cache => Path.Combine(_bench.Root, "cache");

    [Fact]
    public void An_undamaged_claim_is_taken()
    {
        Build("first");

        BuildBench.Outcomes(Build("second")).ShouldBe("File:Restored Tree:Restored");
    }

    [Theory]
    [InlineData(".*", "{}")]
    [InlineData(".*", "null")]
    [InlineData(".*", "[")]
    [InlineData("\"outputs\":.*", "\"outputs\":null}")]
    [InlineData("\"outputs\":.*", "\"outputs\":[null]}")]
    [InlineData("\"files\":\\[.*?\\]", "\"files\":null")]
    [InlineData("\"files\":\\[.*?\\]", "\"files\":[null]")]
    [InlineData("\"files\":\\[.*?\\]", "\"files\":[]")]
    [InlineData("\"path\":\"(a.txt|)\"", "\"path\":\"../../../escaped\"")]
    [InlineData("\"path\":\"(a.txt|)\"", "\"path\":\"/tmp/tau-escaped\"")]
    [InlineData("\"path\":\"(a.txt|)\"", "\"path\":\"deep/b.txt\"")]
    [InlineData("\"path\":\"(a.txt|)\"", "\"path\":\"deep\"")]
    [InlineData("\"path\":\"(a.txt|)\"", "\"path\":null")]
    [InlineData("\"hash\":\"", "\"hash\":\"x")]
    [InlineData("\"columns\":\\{\\}", "\"columns\":null")]
    [InlineData("\"columns\":\\{\\}", "\"columns\":{\"pt\":null}")]
    [InlineData("\"columns\":\\{\\}", "\"columns\":{\"pt\":\"none\"}")]
    [InlineData("\"seconds\":[^,]*", "\"seconds\":1e300")]
    [InlineData("\"seconds\":[^,]*", "\"seconds\":-1")]
    public void A_damaged_claim_is_none_and_the_step_runs(string what, string with)
    {
        Build("first");
        foreach (string claim in Claims())
        {
            string text = File.ReadAllText(claim), damaged = new System.Text.RegularExpressions.Regex(what).Replace(text, with, 1);
            damaged.ShouldNotBe(text);
            File.Delete(claim);
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(claim)!, NameOf(damaged) + ".json"), damaged);
        }

        BuildSummary summary = Build("second");

        summary.FirstError.ShouldBeNull();
        // Whole trees of folders only: a folder without files is a folder as well.
        BuildBench.Outcomes(summary).ShouldBe(with == "\"files\":[]" ? "File:Ran Tree:Restored" : "File:Ran Tree:Ran");
        _bench.Events.OfType<BuildNote>()
            .ShouldNotContain(note => note.Text.StartsWith("the run cache is left out", StringComparison.Ordinal));
        Directory.GetFiles(_bench.Root, "escaped", SearchOption.AllDirectories).ShouldBeEmpty();
        File.Exists("/tmp/tau-escaped").ShouldBeFalse();
    }

    [Fact]
    public void A_claim_whose_name_is_not_its_identity_is_none()
    {
        Build("first");
        foreach (string claim in Claims())
            File.WriteAllText(
                claim,
                File.ReadAllText(claim).Replace("\"columns\":{}", $"\"columns\":{{\"pt\":\"{Hash}\"}}", StringComparison.Ordinal));

        BuildBench.Outcomes(Build("second")).ShouldBe("File:Ran Tree:Ran");
    }

    private static string NameOf(string claim)
    {
        try { return JsonSerializer.Deserialize(claim, EngineJson.Default.CachedResult)!.Identity.ToString(); }
        catch (Exception none) when (none is JsonException or ArgumentNullException or NullReferenceException) { return Hash; }
    }

    private string[] Claims() => Directory.GetFiles(Path.Combine(Cache, "runs"), "*.json", SearchOption.AllDirectories);

    private BuildSummary Build(string folder)
    {
        IStage[] stages =
        [
            new ToyStage("File", _bench.Join("File", "", "file.txt", [], "text")),
            new ToyStage("Tree", BuildBench.Tree("Tree", Artifact.Folder("tree"))),
        ];
        return _bench.Build(
            _bench.Request(stages, "File", "Tree") with
            {
                Out = Path.Combine(_bench.Root, folder),
                Cache = new CacheSettings(Cache),
            });
    }
}
