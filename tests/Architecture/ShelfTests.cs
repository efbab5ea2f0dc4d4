using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Architecture;

/// <summary>
/// Folders of a room are shelves: one builds on another, not each on the other. The room's own folder is none: it holds the words
/// and errors that all shelves speak, and the doors that open them.
/// </summary>
public sealed class ShelfTests
{
    // Two shelves -> why each names the other.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["pipeline/RootIO: Files <-> NTuples"] = "a file hands out what is in it, and an RNTuple reads on from its file",
        ["pipeline/RootIO: Files <-> Streamers"] = "a file knows the classes described in it, and the description is a record of the file",
        ["pipeline/RootIO: Files <-> Trees"] = "a file hands out what is in it, and a tree reads its baskets from the file",
        ["pipeline/RootIO: Streamers <-> Trees/Layouts"] =
            "a described member has the type of an element, and a layout is made of a description",
        ["pipeline/RootIO: Histograms <-> Writing"] = "a writer takes histograms, and both know the same class descriptions",
    };

    private static readonly Regex Declaration = new(
        @"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe) )*"
        + @"(?:class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline);

    // A type, not a member of the same name: neither behind a dot nor where one is declared or set.
    private static readonly Regex Mention = new(@"(?<![\w.])[A-Z]\w+\b(?!\s*(?:=>|=[^=]|\{ get|\([a-z]\w* \w+[,)]))");
    private static readonly Regex NoCode = new(@"//[^\n]*|""(?:\\.|[^""\\\n])*""");

    [Fact]
    public void No_two_shelves_of_a_room_name_each_other_but_those_that_say_why()
    {
        string[] pairs = [.. Rooms().SelectMany(room => Pairs(Arrows(Sources(room))).Select(pair => $"{room}: {pair}"))];

        pairs.ShouldBe(Exceptions.Keys, ignoreOrder: true);
    }

    [Fact]
    public void A_shelf_of_the_engine_names_only_those_above_it_in_the_table()
    {
        string table = File.ReadAllText(Checkout.At("pipeline", "BuildGraph", "README.md"));
        string[] shelves = [.. Regex.Matches(table, @"^\| `(?<shelf>\w+)/` \|", RegexOptions.Multiline).Select(row => row.Groups["shelf"].Value)];
        ILookup<string, string> arrows = Arrows(Sources("pipeline/BuildGraph"));

        string[] wrong = [.. arrows.SelectMany(from => from
            .Where(to => Array.IndexOf(shelves, to) > Array.IndexOf(shelves, from.Key)).Select(to => $"{from.Key} -> {to}"))];

        Sources("pipeline/BuildGraph").Select(source => source.Shelf).Distinct().Except([""]).ShouldBe(shelves, ignoreOrder: true);
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("class One { Two two; }", "class Two { One one; }", true)]
    [InlineData("class One { Two two; }", "class Two;", false)]
    [InlineData("class One { Two two; }", "class Two { int One { get; } = 1; } // as One", false)]
    [InlineData("class One { Two two; }", "class Two { string it = \"One\"; int Of() => it.One; }", false)]
    [InlineData("class One { Two two; }", "class Two { static int One(string text) => text.Length; }", false)]
    public void The_rule_sees_types_and_not_members_or_words(string one, string other, bool isPair) =>
        Pairs(Arrows([new("A", one), new("B", other)])).ShouldBe(isPair ? ["A <-> B"] : []);

    private static IEnumerable<string> Rooms() =>
        Checkout.Sources(".csproj", "pipeline", "stages", "build").Select(file => Path.GetDirectoryName(file)!);

    private static Source[] Sources(string room) => [.. Checkout.Sources(".cs", room)
        .Select(file => new Source(Path.GetDirectoryName(Path.GetRelativePath(room, file))!, File.ReadAllText(Checkout.At(file))))];

    // From shelf to shelf; a type that stands in both is nobody's.
    private static ILookup<string, string> Arrows(Source[] sources)
    {
        ILookup<string, string> places = sources
            .SelectMany(source => Declaration.Matches(source.Text).Select(type => (Name: type.Groups["name"].Value, source.Shelf))).Distinct()
            .ToLookup(type => type.Name, type => type.Shelf);
        return sources.SelectMany(source => Mention.Matches(NoCode.Replace(source.Text, "")).Select(word => word.Value).Distinct()
                .Where(word => !places[word].Contains(source.Shelf)).SelectMany(word => places[word])
                .Select(to => (From: source.Shelf, To: to)))
            .Where(arrow => arrow.From.Length > 0 && arrow.To.Length > 0).Distinct().ToLookup(arrow => arrow.From, arrow => arrow.To);
    }

    private static IEnumerable<string> Pairs(ILookup<string, string> arrows) => arrows
        .SelectMany(from => from.Where(to => string.CompareOrdinal(from.Key, to) < 0 && arrows[to].Contains(from.Key))
            .Select(to => $"{from.Key} <-> {to}"));

    private sealed record Source(string Shelf, string Text);
}
