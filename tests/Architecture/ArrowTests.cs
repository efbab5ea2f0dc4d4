using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Architecture;

/// <summary>The drawing in <c>pipeline/README.md</c> is what the project files say.</summary>
public sealed class ArrowTests
{
    // Every room may name it, so it is not drawn.
    private const string BelowAll = "Foundation";

    [Fact]
    public void The_rooms_drawn_are_the_projects()
    {
        string[] rooms = [.. Projects().Select(project => project.Name)];

        Drawing().Keys.Append(BelowAll).Distinct().ShouldBe(rooms, ignoreOrder: true);
    }

    [Fact]
    public void The_arrows_drawn_are_the_references()
    {
        string[] drawn = [.. Drawing().Values.SelectMany(room => room.MayName.Select(other => $"{room.Name} -> {other}"))];

        string[] referenced = [.. Projects().SelectMany(project => References(project.File)
            .Where(room => room != BelowAll).Select(room => $"{project.Name} -> {room}"))];

        referenced.ShouldBe(drawn, ignoreOrder: true);
    }

    [Fact]
    public void The_rooms_of_the_table_are_the_rooms_drawn()
    {
        string[] rows = [.. Regex.Matches(Text(), @"^\| (?<rooms>`\w+`(?:, `\w+`)*) \|", RegexOptions.Multiline)
            .SelectMany(row => row.Groups["rooms"].Value.Split(", ")).Select(room => room.Trim('`'))];

        rows.ShouldBe(Drawing().Keys.Except(["Host", "Stages"]), ignoreOrder: true); // these have READMEs of their own alone
    }

    [Fact]
    public void Every_arrow_points_down()
    {
        IReadOnlyDictionary<string, Room> drawn = Drawing();

        string[] wrong =
        [
            .. drawn.Values.SelectMany(room =>
                room.MayName.Where(other => drawn[other].Level >= room.Level).Select(other => $"{room.Name} -> {other}")),
        ];

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void References_do_not_reach_through()
    {
        string props = File.ReadAllText(Checkout.At("Directory.Build.props"));

        props.ShouldContain("<DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>");
    }

    private static Dictionary<string, Room> Drawing() => Regex
        .Matches(Text(), @"^(?<level>\d) +(?<name>\w+) +->(?<rooms>.*)$", RegexOptions.Multiline)
        .Select(line => new Room(
            line.Groups["name"].Value,
            int.Parse(line.Groups["level"].Value),
            line.Groups["rooms"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        .ToDictionary(room => room.Name);

    private static string Text() => File.ReadAllText(Checkout.At("pipeline", "README.md"));

    private static IEnumerable<(string Name, string File)> Projects() => Checkout.Sources(".csproj", "pipeline", "stages", "build")
        .Where(file => !file.StartsWith("build/Tasks/", StringComparison.Ordinal)) // runs inside MSBuild, names no room
        .Select(file => (Path.GetFileNameWithoutExtension(file), file));

    private static IEnumerable<string> References(string file) => Regex
        .Matches(
            File.ReadAllText(Checkout.At(file)),
            @"<ProjectReference Include=""(?<path>[^""]+)""(?![^>]*ReferenceOutputAssembly=""false"")")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Groups["path"].Value.Replace('\\', '/')));

    private sealed record Room(string Name, int Level, string[] MayName);
}
