using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Names of products that are refused before anything runs, and strange ones that are taken as they are.</summary>
public sealed class NameTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/etc/passwd", "is absolute")]
    [InlineData("a//b.txt", "has an empty part")]
    [InlineData("a/../../b.txt", "has the part '..'")]
    [InlineData("./a.txt", "has the part '.'")]
    [InlineData("a\\b.txt", "has a backslash")]
    [InlineData("a\nb.txt", "has a control character")]
    [InlineData("a\0b.txt", "has a control character")]
    [InlineData(".tau", "is a place of the engine")]
    [InlineData(".TAU/log", "is a place of the engine")]
    [InlineData("cafe\u0301.txt", "has U+0301, which some disks spell in another way: two names may be one file there")]
    [InlineData("\u212bngstrom.txt", "has U+212B, which some disks spell in another way: two names may be one file there")]
    [InlineData("alph\u1f71.txt", "has U+1F71, which some disks spell in another way: two names may be one file there")]
    [InlineData("what\u037e.txt", "has U+037E, which some disks spell in another way: two names may be one file there")]
    [InlineData("a\u0387b.txt", "has U+0387, which some disks spell in another way: two names may be one file there")]
    [InlineData("\uf900.txt", "has U+F900, which some disks spell in another way: two names may be one file there")]
    public void Such_a_product_is_refused(string path, string fault)
    {
        Artifact.FaultOf(path).ShouldBe(fault);
        Should.Throw<Misuse>(() => _bench.Build(new ToyStage("A", _bench.Join("A", "", path, [])))).Message.ShouldContain(fault);
        Directory.Exists(_bench.Out).ShouldBeFalse();
    }

    // Not among the others: the compiler keeps no half of a pair in an attribute.
    [Fact]
    public void Half_a_surrogate_pair_is_no_name_and_a_whole_one_is()
    {
        Artifact.FaultOf("half\ud83d.txt").ShouldBe("is no Unicode text");
        Artifact.FaultOf("turned\ude00\ud83d.txt").ShouldBe("is no Unicode text");
        Artifact.FaultOf("whole\ud83d\ude00.txt").ShouldBeNull();
    }

    [Fact]
    public void A_part_of_256_bytes_is_refused_and_one_of_255_is_not()
    {
        Artifact.FaultOf("a/" + new string('x', 256)).ShouldBe("has a part of more than 255 bytes");
        Artifact.FaultOf(new string('é', 128) + "/b").ShouldBe("has a part of more than 255 bytes");
        Artifact.FaultOf("a/" + new string('x', 255)).ShouldBeNull();
    }

    [Fact]
    public void Spaces_signs_of_the_shell_and_other_letters_are_only_letters()
    {
        string[] names =
        [
            "with space",
            "100%s %d",
            "-rf",
            "$(touch x)",
            "`id`",
            "a;b&c|d",
            "'q\"",
            "*?[a]",
            "#",
            "~",
            "café",
            "τ→μ",
            "日本",
            "\U0001F600",
            new('n', 255),
        ];
        IStage[] stages =
        [
            new ToyStage("A", [.. names.Select((name, i) => _bench.Join("A", $"{i}", $"odd/{name}", [_bench.Raw($"{i}", name)]))]),
        ];
        _bench.Build(stages).Count(StepOutcome.Ran).ShouldBe(names.Length);

        Directory.GetFiles(Path.Combine(_bench.Out, "odd")).Select(Path.GetFileName).ShouldBe(names, ignoreOrder: true);
        foreach (string name in names) _bench.Read($"odd/{name}").ShouldBe(name);
        _bench.Build(stages).Count(StepOutcome.UpToDate).ShouldBe(names.Length);
    }

    [Fact]
    public void One_name_for_two_raw_files_is_refused()
    {
        Artifact one = _bench.Raw("one", "1"),
            two = _bench.Raw("two", "2"),
            again = Artifact.Raw(one.Path, new RawSource(two.Source!.Location));

        Misuse misuse = Should.Throw<Misuse>(() =>
            _bench.Build(new ToyStage("A", _bench.Join("A", "1", "1.txt", [one]), _bench.Join("A", "2", "2.txt", [again]))));

        misuse.Text.Title.ShouldBe($"set/one stands for two raw files: {one.Source!.Location} and {two.Source.Location}");
    }
}
