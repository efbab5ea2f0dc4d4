using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Architecture;

/// <summary>Names say what a thing is; these say that nobody knew.</summary>
public sealed class NameTests
{
    private static readonly Regex Declaration = new(
        @"\b(?:class|record struct|record class|record|struct|interface|enum)\s+(?<name>[A-Z]\w*)");

    private static readonly Regex Forbidden = new(
        @"(?:Utils?|Utilities|Helpers?|Manager|Common|Misc|Processor|Handler|Service|Wrapper|Impl)$|^Base[A-Z]|^(?:Data|Info)$");

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        string[] found = [.. Checkout.Sources(".cs", "pipeline", "stages", "build", "tests")
            .SelectMany(file => TypesIn(file).Where(name => Forbidden.IsMatch(name)).Select(name => $"{file}: {name}"))];

        found.ShouldBeEmpty();
    }

    [Fact]
    public void No_two_rooms_have_types_of_one_name()
    {
        string[] twice = [.. Checkout.Sources(".cs", "pipeline", "stages", "build")
            .SelectMany(file => TypesIn(file, nested: false).Select(name => (Name: name, Room: RoomOf(file)))).Distinct()
            .GroupBy(type => type.Name).Where(group => group.Count() > 1).Select(group => group.Key)];

        twice.ShouldBeEmpty();
    }

    [Fact]
    public void No_file_has_a_name_that_says_nothing()
    {
        string[] found =
        [
            .. Checkout.Sources("", "pipeline", "stages", "build", "tests")
                .Where(file => Forbidden.IsMatch(Path.GetFileName(file).Split('.')[0])),
        ];

        found.ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        string[] names = ["StringUtils", "RunManager", "BaseStage", "Data", "Info"];

        names.ShouldAllBe(name => Forbidden.IsMatch(name));
        new[] { "DatasetManifest", "Baseline", "InfoColumn", "Commons" }.ShouldAllBe(name => !Forbidden.IsMatch(name));
    }

    [Fact]
    public void Every_room_has_a_README()
    {
        string[] rooms =
        [
            .. Directory.EnumerateDirectories(Checkout.At("pipeline")),
            Checkout.At("stages"),
            Checkout.At("build"),
            Checkout.At("tests", "Support"),
        ];

        rooms.Where(room => !File.Exists(Path.Combine(room, "README.md"))).Select(Path.GetFileName).ShouldBeEmpty();
    }

    private static string RoomOf(string file) =>
        file.StartsWith("stages/", StringComparison.Ordinal) ? "stages" : string.Join('/', file.Split('/').Take(2));

    // Those nested in others are indented.
    private static IEnumerable<string> TypesIn(string file, bool nested = true) => File.ReadLines(Checkout.At(file))
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && (nested || !line.StartsWith(' ')))
        .SelectMany(line => Declaration.Matches(line)).Select(match => match.Groups["name"].Value);
}
