using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Architecture;

/// <summary>A stage stands in four places: its class, the catalogue, the table of <c>stages/README.md</c>, and its tests.</summary>
public sealed class StageTests
{
    private static readonly string[] Stages = [.. Checkout.Sources(".cs", "stages")
        .SelectMany(file => Regex.Matches(File.ReadAllText(Checkout.At(file)), @"class (?<stage>\w+)Stage\([^{]*\)\s+: IStage"))
        .Select(match => match.Groups["stage"].Value),
];

    [Fact]
    public void The_stages_are_seen() => Stages.Length.ShouldBeGreaterThan(10);

    [Fact]
    public void Every_stage_is_constructed_in_the_catalogue()
    {
        string catalogue = File.ReadAllText(Checkout.At("stages", "StageCatalogue.cs"));

        Stages.Where(stage => !catalogue.Contains($"new {stage}Stage(", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_table_has_a_line_for_each_stage_and_no_other()
    {
        string[] lines =
        [
            .. Regex.Matches(File.ReadAllText(Checkout.At("stages", "README.md")), @"^\| `(?<stage>\w+)` \|", RegexOptions.Multiline)
                .Select(match => match.Groups["stage"].Value),
        ];

        lines.ShouldBe(Stages, ignoreOrder: true);
    }

    [Fact]
    public void Every_stage_has_a_file_of_tests() =>
        Stages.Where(stage => !File.Exists(Checkout.At("tests", "Unit", "Stages", $"{stage}StageTests.cs"))).ShouldBeEmpty();

    // Targets, the list behind Evaluate and the MSBuild project follow from the catalogue.
    [Fact]
    public void No_stage_is_named_where_targets_are_made()
    {
        string[] files =
        [
            .. Checkout.Sources(".cs", "build/Host/Targets", "build/Host/Running"), "build/Pipeline.proj", "build.cake", "build/host.cake",
        ];

        string[] named = [.. files.SelectMany(file => Regex.Matches(File.ReadAllText(Checkout.At(file)), @"""(?<word>\w+)""")
            .Select(word => word.Groups["word"].Value).Intersect(Stages.Except(["External"])).Select(stage => $"{file}: {stage}"))];

        named.ShouldBeEmpty();
    }

    // External stages are named by the campaign.
    [Fact]
    public void Every_stage_is_called_as_its_class() => Stages.Except(["External"])
        .Where(stage =>
            !Checkout
                .Sources("Stage.cs", "stages")
                .Any(file => File.ReadAllText(Checkout.At(file)).Contains($"Name => \"{stage}\";", StringComparison.Ordinal)))
        .ShouldBeEmpty();
}
