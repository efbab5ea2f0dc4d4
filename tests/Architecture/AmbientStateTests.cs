using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Architecture;

/// <summary>Time, chance and the environment are handed in: who asks for them himself makes bytes that nobody can make again.</summary>
public sealed class AmbientStateTests
{
    private static readonly Regex Ambient = new(
        @"\bDateTime(?:Offset)?\.(?:Utc)?(?:Now|Today)\b|\bStopwatch\.|\bTimeProvider\.System\b|\bRandom\.Shared\b|\bnew Random\(|\bGuid\.NewGuid\b|(?<![\w.])Environment\.[A-Z]\w+"
    );

    // Place -> why it may. A place is a folder (with its slash) or a file.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["pipeline/BuildGraph/"] = "locks, timeouts and durations of steps; none of it reaches a product",
        ["pipeline/Queues/"] = "names of waves that no other run has, and how long a batch system is waited for",
        ["pipeline/Foundation/WholeFile.cs"] = "what is half written has a name of its writer's own; it is gone once whole",
        ["pipeline/Foundation/NativeLibraryProbe.cs"] = "a variable may name the place of a library",
        ["pipeline/Tensors/Library/"] = "a variable may name libtorch; the numeric environment is set and checked here",
        ["pipeline/Plotting/Rendering/NodeModules.cs"] = "a variable may name the node packages",
        ["pipeline/Plotting/Rendering/NodeProgram.cs"] = "a variable may name node, else it is looked for on the path",
        ["pipeline/Configuration/FilePattern.cs"] = "manifests take ${VARIABLES}",
    };

    [Fact]
    public void No_room_asks_for_the_time_for_chance_or_for_the_environment()
    {
        string[] found =
        [
            .. Checkout.Sources(".cs", "pipeline", "stages")
                .Where(file => !Exceptions.Keys.Any(place => file.StartsWith(place, StringComparison.Ordinal)))
                .SelectMany(Ambients),
        ];

        found.ShouldBeEmpty();
    }

    [Fact]
    public void Callers_places_are_never_compiled_in()
    {
        // They would make a moved line look like changed code to the code fingerprint.
        string[] found =
        [
            .. Checkout.Sources(".cs", "pipeline", "stages")
                .Where(file => Regex.IsMatch(File.ReadAllText(Checkout.At(file)), @"\[Caller(?:LineNumber|FilePath)\]")),
        ];

        found.ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        string[] lines =
        [
            "var t = DateTime.UtcNow;",
            "Random.Shared.Next()",
            "Environment.GetEnvironmentVariable(\"X\")",
            "Guid.NewGuid()",
        ];

        lines.ShouldAllBe(line => Ambient.IsMatch(line));
        Ambient.IsMatch("step.Environment.Count").ShouldBeFalse(); // a member of that name is somebody's own
    }

    private static IEnumerable<string> Ambients(string file) => File.ReadLines(Checkout.At(file)).Select((line, index) => (line, index))
        .Where(one => !one.line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Ambient.IsMatch(one.line))
        .Select(one => $"{file}:{one.index + 1}: {one.line.Trim()}");
}
