using System.Text.Json;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Host;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd.Code;

/// <summary>What the build writes of the stages' code, and how a change of it is said.</summary>
public sealed class CodeListingTests
{
    private static readonly ContentHash Before = ContentHash.Of("before"), After = ContentHash.Of("after");

    [Fact]
    public void Every_stage_of_the_catalogue_has_a_code_fingerprint_and_its_listing()
    {
        string[][] lines =
        [
            .. File.ReadLines(Checkout.At(".artifacts", "bin", "Host", "release", "code-fingerprints.txt")).Select(line => line.Split(' ')),
        ];

        using ProgramRun forecast = ProgramRun.Host(
            "--target=Evaluate",
            "--config=configs/smoke.yaml",
            "--out=/nonexistent/never-written",
            "--dryrun",
            "--json");
        string[] stages =
        [
            .. forecast.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("event").GetString() == "forecast")
            .Select(line => line.GetProperty("step").GetString()!.Split('/')[0])
            .Distinct(),
    ];
        stages.ShouldNotBeEmpty();
        stages.ShouldBeSubsetOf(lines.Select(line => line[0]));
        foreach (string[] line in lines)
            File.ReadAllText(Checkout.At(".artifacts", "code", line[0], line[1] + ".txt"))
                .ShouldBe(File.ReadAllText(Checkout.At(".artifacts", "code", line[0] + ".txt")));
    }

    [Fact]
    public void Changed_added_and_removed_members_are_named()
    {
        using var folder = new TempFolder();
        Write(
            folder,
            Before,
            "aa\tSpectrumStage.Fill\tFill (Int32)",
            "bb\tBinEdges..ctor\t.ctor ()",
            "cc\tBinEdges.Old\tOld ()",
            "dd\tBatch\tBatch");
        Write(
            folder,
            After,
            "ee\tSpectrumStage.Fill\tFill (Int32)",
            "ff\tBinEdges..ctor\t.ctor ()",
            "cc\tBinEdges.New\tNew ()",
            "dd\tBatch\tBatch");

        new CodeListings(folder.Path)
            .Changes("Spectrum", Before, After)
            .ShouldBe("BinEdges..ctor, BinEdges.New, BinEdges.Old, SpectrumStage.Fill");
    }

    [Fact]
    public void Many_are_counted_and_a_lost_listing_names_none()
    {
        using var folder = new TempFolder();
        Write(folder, Before);
        Write(folder, After, [.. Enumerable.Range(0, 20).Select(i => $"aa\tType.M{i:D2}\tM{i} ()")]);

        new CodeListings(folder.Path).Changes("Spectrum", Before, After)!.ShouldEndWith("Type.M07 and 12 more");
        new CodeListings(folder.Path).Changes("Spectrum", Before, ContentHash.Of("another")).ShouldBeNull();
    }

    private static void Write(TempFolder folder, ContentHash state, params string[] lines)
    {
        Directory.CreateDirectory(folder.At("Spectrum"));
        File.WriteAllLines(folder.At("Spectrum", $"{state}.txt"), lines);
    }
}
