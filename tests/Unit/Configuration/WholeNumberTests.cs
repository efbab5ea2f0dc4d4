using System.Globalization;
using System.Numerics;
using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Configuration;

/// <summary>A number that a campaign states arrives to its last digit, or the campaign is wrong: none is cut in silence.</summary>
public sealed class WholeNumberTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whole").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("64.9, 32.5", "64.9", 4)]
    [InlineData("64, 32.5", "32.5", 5)]
    [InlineData("64, 1e-40", "1e-40", 5)]
    [InlineData("64, wide", "wide", 5)]
    public void A_fraction_in_a_list_of_whole_numbers_is_a_mistake_with_its_line(string widths, string first, int line)
    {
        CampaignFile file = Load($"train:\n  hidden:\n  {string.Join("\n  ", widths.Split(", ").Select(width => $"- {width}"))}\n");
        file.Root.Block("train").Wholes("hidden", [], 1, 65_536);

        Misuse wrong = Should.Throw<Misuse>(file.Finish);

        wrong.Message.ShouldContain($"c.yaml:{line - 1}: 'train.hidden' is not a whole number");
        wrong.Message.ShouldContain($"'{first}'");
    }

    [Theory]
    [InlineData("9007199254740993", 9007199254740993)] // 2^53 + 1: no double
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("8589934591.5 GiB", 9223372036317904896)]
    [InlineData("9007199254740.993 KB", 9007199254740993)]
    [InlineData("1.5 KiB", 1536)]
    [InlineData("1e6", 1_000_000)]
    [InlineData("12.50e1", 125)]
    [InlineData("0.0", 0)]
    public void A_whole_number_is_read_to_its_last_digit(string text, long expected)
    {
        ConfigBlock block = Load($"a: {{ n: {text} }}\n").Root.Block("a");

        block.Whole("n", unit: "B").ShouldBe(expected);

        block.Mistakes.Found.ShouldBeEmpty();
        block.Used().Values.ShouldBe([expected.ToString(CultureInfo.InvariantCulture)]);
    }

    [Theory]
    [InlineData("9223372036854775808")] // 2^63
    [InlineData("-9223372036854775809")]
    [InlineData("1e30")]
    [InlineData("9007199254740992.5")]
    [InlineData("1e-30")]
    [InlineData("1.0000000000000000000000000001")]
    [InlineData("0.3 KiB")]
    [InlineData("nan")]
    public void What_is_not_whole_or_not_held_is_a_mistake(string text)
    {
        ConfigBlock block = Load($"a: {{ n: {text} }}\n").Root.Block("a");

        block.Whole("n", unit: "B");

        block.Mistakes.Found.Single().Title.ShouldStartWith($"{block.At("n")}: 'a.n' is not ");
    }

    [Fact]
    public void Random_whole_numbers_arrive_as_they_stand()
    {
        var random = new Random(3);
        string[] texts = [.. Enumerable.Range(0, 200)
            .Select(_ => ((BigInteger)random.NextInt64(long.MinValue, long.MaxValue)).ToString(CultureInfo.InvariantCulture))];
        string map = string.Join(", ", texts.Select((text, i) => $"n{i}: {text}"));
        ConfigBlock block = Load($"a: {{ {map} }}\n").Root.Block("a");

        texts.Select((_, i) => block.Whole($"n{i}").ToString(CultureInfo.InvariantCulture)).ShouldBe(texts);
    }

    [Theory]
    [InlineData("modes: [[0, 1], [10.5]]", "10.5")]
    [InlineData("modes: [[0], [x]]", "x")]
    public void A_fraction_in_lists_of_lists_is_a_mistake(string yaml, string found)
    {
        ConfigBlock block = Load($"a:\n  {yaml}\n").Root.Block("a");

        block.WholeLists("modes");

        block.Mistakes.Found.Single().ToString().ShouldContain($"'{found}'");
    }

    [Fact]
    public void A_fraction_in_a_map_of_whole_numbers_is_a_mistake()
    {
        ConfigBlock block = Load("a:\n  tokens:\n    disk: 1\n    tape: 2.5\n").Root.Block("a");

        block.WholeMap("tokens", 1);

        block.Mistakes.Found.Single().Title.ShouldContain("c.yaml:4: 'a.tokens.tape' is not a whole number");
    }

    [Theory]
    [InlineData("9 MeV", "0.009")] // 9 * 0.001 is the next double
    [InlineData("35 %", "0.35")]
    [InlineData("3 um", "0.0003")]
    public void A_part_of_a_unit_is_the_nearest_number(string text, string same)
    {
        string unit = text.EndsWith("MeV", StringComparison.Ordinal) ? "GeV" : text.EndsWith('%') ? "" : "cm";

        Units.TryRead(text, unit, out double value).ShouldBeTrue();

        value.ShouldBe(double.Parse(same, CultureInfo.InvariantCulture));
    }

    private CampaignFile Load(string yaml)
    {
        string path = Path.Combine(_folder, "c.yaml");
        File.WriteAllText(path, yaml);
        return CampaignFile.Load(path, [], []);
    }
}
