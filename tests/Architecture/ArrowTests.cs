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
    public void A_project_names_only_the_rooms_drawn()
    {
        IReadOnlyDictionary<string, Room> drawn = Drawing();

        string[] undrawn = [.. Projects().SelectMany(project => References(project.File)
            .Where(room => room != BelowAll && !drawn[project.Name].MayName.Contains(room)).Select(room => $"{project.Name} -> {room}"))];

        undrawn.ShouldBeEmpty();
    }

    [Fact]
    public void Every_room_stands_in_the_drawing()
    {
        string[] rooms = [.. Projects().Select(project => project.Name)];

        rooms.Except(Drawing().Keys).ShouldBeEmpty();
    }

    [Fact]
    public void Every_arrow_points_down()
    {
        IReadOnlyDictionary<string, Room> drawn = Drawing();

        string[] wrong = [.. drawn.Values.SelectMany(room => room.MayName.Where(other => drawn[other].Level >= room.Level).Select(other => $"{room.Name} -> {other}"))];

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void References_do_not_reach_through()
    {
        string props = File.ReadAllText(Checkout.At("Directory.Build.props"));

        props.ShouldContain("<DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>");
    }

    private static Dictionary<string, Room> Drawing() => Regex
        .Matches(File.ReadAllText(Checkout.At("pipeline", "README.md")), @"^(?<level>\d) +(?<name>\w+) +->(?<rooms>.*)$", RegexOptions.Multiline)
        .Select(line => new Room(line.Groups["name"].Value, int.Parse(line.Groups["level"].Value), line.Groups["rooms"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        .ToDictionary(room => room.Name);

    private static IEnumerable<(string Name, string File)> Projects() => Checkout.Sources(".csproj", "pipeline", "stages", "build")
        .Where(file => !file.StartsWith("build/Tasks/", StringComparison.Ordinal)) // runs inside MSBuild, names no room
        .Select(file => (Path.GetFileNameWithoutExtension(file), file));

    private static IEnumerable<string> References(string file) => Regex
        .Matches(File.ReadAllText(Checkout.At(file)), @"<ProjectReference Include=""(?<path>[^""]+)""(?![^>]*ReferenceOutputAssembly=""false"")")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Groups["path"].Value.Replace('\\', '/')));

    private sealed record Room(string Name, int Level, string[] MayName);
}
