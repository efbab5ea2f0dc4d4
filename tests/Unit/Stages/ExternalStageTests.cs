using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>What the block <c>external:</c> may say; programs themselves run in the tests of BuildGraph.</summary>
public sealed class ExternalStageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_stage_reads_products_and_files_and_its_program_and_writes_what_it_declares()
    {
        File.WriteAllText(_folder.At("card.txt"), "card");
        IReadOnlyList<IStage> stages = Compose("""
              Add:
                summary: Adds up
                program: ./add.sh
                arguments: ["-f", "{output:sum}", "{inputs:parts}", "{input:card}"]
                inputs: { parts: { products: ["generate/QCD*/*.root"] }, card: { files: [card.txt] } }
                outputs: { sum: { file: add/sum.root }, plots: { folder: add/plots } }
                resources: { cpu: 2, memory: 1 GiB, timeout: 2 h, retries: 3, tokens: { gpu: 1 } }
            """);

        IStage stage = stages[^1];
        Step step = stage.Steps().Single();

        (stage.Name, stage.Summary, step.Id).ShouldBe(("Add", "Adds up", "Add"));
        step.Reads.Select(read => $"{read.Role} {read.Artifact.Kind} {read.Artifact.Path}")
            .ShouldBe([
                "parts Product generate/QCD_Pt15to1000/QCD_Pt15to1000_000.root",
                "card Raw external.Add.inputs.card/card.txt",
                "program Raw Add/add.sh",
            ]);
        step.Reads[2].Artifact.Source!.Location.ShouldBe(_folder.At("add.sh"));
        step.Writes.Select(write => $"{write.Kind} {write.Path}").ShouldBe(["Product add/sum.root", "Folder add/plots"]);
        (step.Needs.Cpu, step.Needs.Memory, step.Needs.Timeout, step.Needs.Retries, step.Needs.Tokens["gpu"]).ShouldBe(
            (2, 1L << 30, TimeSpan.FromHours(2), 3, 1));
        step.Isolated.ShouldBeTrue();
        step.Settings.Paths.ShouldBe([
            "external.Add.arguments.0",
            "external.Add.arguments.1",
            "external.Add.arguments.2",
            "external.Add.arguments.3",
            "external.Add.outputs.plots",
            "external.Add.outputs.sum",
        ]);
    }

    [Fact]
    public void A_dataset_takes_files_that_an_external_stage_makes_and_such_a_stage_comes_first()
    {
        IReadOnlyList<IStage> stages = Compose("""
              Fetch:
                program: fetcher
                version: fetcher 1
                outputs: { file: { file: fetch/a.root } }
            """, "{ files: ['external://fetch/a.root'] }");

        stages[0].Name.ShouldBe("Fetch");
        Step ingest = stages.Single(stage => stage.Name == "Ingest").Steps().Single(step => step.Key == "More/a.root");
        ingest.Reads.Single(read => read.Role == "tuple")
            .Artifact.ShouldSatisfyAllConditions(
                file => file.Kind.ShouldBe(ArtifactKind.Product),
                file => file.Path.ShouldBe("fetch/a.root"));
        BuildPlan.Of(stages, ["Ingest"]).Steps.Select(step => step.Step.Id).ShouldContain("Fetch");
    }

    [Fact]
    public void Resources_summary_and_places_are_no_part_of_the_fingerprint()
    {
        string stage = """
              Add:
                program: ./add.sh
                arguments: ["{threads}"]
                outputs: { sum: { file: add/sum.root } }
            """;
        Step plain = Compose(stage)[0].Steps().Single();
        Step richer = Compose(
            stage.Replace("./add.sh", "../elsewhere/add.sh", StringComparison.Ordinal)
                + "\n    summary: another\n    resources: { cpu: 8, memory: 9 GiB }")[0]
            .Steps()
            .Single();

        Fingerprint.Of(richer, null, [InputContent.Unknown], seed: null)
            .Hash.ShouldBe(Fingerprint.Of(plain, null, [InputContent.Unknown], seed: null).Hash);
    }

    [Theory]
    [InlineData("11: 'external.Add' has no key 'programm'\n  nearest  program", "programm: x", "")]
    [InlineData("10: 'external.Add' needs a key 'program'", "", "program")]
    [InlineData("'external.Add.outputs' is not at least one file or folder", "", "outputs")]
    [InlineData(
        "11: there is no placeholder {output:smu}\n  argument  {output:smu}\n  nearest   output:sum",
        "arguments: ['{output:smu}']",
        "")]
    [InlineData("11: there is no placeholder {treads}\n  argument  {treads}\n  nearest   threads", "arguments: ['{treads}']", "")]
    [InlineData("11: there is no {entry} without 'for_each'", "arguments: ['{entry}']", "")]
    [InlineData("11: a '{' is never closed", "arguments: ['a{b']", "")]
    [InlineData(
        "11: Add reads 'spectrum/train/TauGn.json', which no stage makes\n  nearest  spectrum/train/TauGun.json",
        "inputs: { a: { products: [spectrum/train/TauGn.json] } }",
        "")]
    [InlineData(
        "11: Add reads the dataset 'DYToLL', which this campaign does not have\n  nearest  DYToLL_M50",
        "inputs: { a: { dataset: DYToLL } }",
        "")]
    [InlineData("'external.Add.inputs.a' needs one of 'products', 'files' and 'dataset'", "inputs: { a: { } }", "")]
    [InlineData("'external.Add.inputs.a' needs one of 'products', 'files' and 'dataset'", "inputs: { a: { files: [] } }", "")]
    [InlineData("{input:a}, but a is 2 files", "inputs: { a: { products: ['generate/DY*/*.root'] } }\narguments: ['{input:a}']", "")]
    [InlineData("which has the part '..'", "outputs: { sum: { file: ../y } }", "outputs")]
    [InlineData("a path without {entry}", "outputs: { sum: { file: '{entry}' } }", "outputs")]
    [InlineData("a path with {entry}", "for_each: a\ninputs: { a: { dataset: DYToLL_M50 } }", "")]
    [InlineData("'external.Add.for_each' cannot be 'b'\n  nearest  a", "for_each: b\ninputs: { a: { dataset: DYToLL_M50 } }", "")]
    [InlineData(
        "Add makes 'spectrum/train/TauGun.json', which Spectrum makes too",
        "outputs: { sum: { file: spectrum/train/TauGun.json } }",
        "outputs")]
    [InlineData("Add makes 'a.txt', which its output b makes too", "outputs: { b: { file: a.txt }, sum: { file: a.txt } }", "outputs")]
    public void A_mistake_is_told_with_its_place_and_neighbour(string expected, string added, string without)
    {
        var lines = new List<string> { "  Add:" };
        if (without != "program") lines.Add("    program: ./add.sh");
        lines.AddRange(added.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "    " + line));
        if (without != "outputs") lines.Add("    outputs: { sum: { file: add/sum.root } }");

        string message = Should.Throw<Misuse>(() => Compose(string.Join('\n', lines))).Message;

        message.ShouldContain(expected);
        message.ShouldContain("campaign.yaml:");
    }

    [Theory]
    [InlineData("Ingest", "this campaign has a stage 'Ingest' already")]
    [InlineData("9 lives", "'9 lives' cannot be the name of a stage")]
    public void A_stage_needs_a_name_of_its_own(string name, string expected) =>
        Should.Throw<Misuse>(() => Compose($"  {name}:\n    program: ./add.sh\n    outputs: {{ sum: {{ file: add/sum.root }} }}"))
            .Message.ShouldContain(expected);

    [Fact]
    public void A_dataset_cannot_take_what_no_external_stage_makes() =>
        Should.Throw<Misuse>(() =>
                Compose(
                    "  Fetch:\n    program: ./a.sh\n    outputs: { a: { file: fetch/a.root } }",
                    "{ files: ['external://fetch/b.root'] }"
                ))
            .Message.ShouldContain("'external://fetch/b.root' is made by no external stage\n  nearest  fetch/a.root");

    private IReadOnlyList<IStage> Compose(
        string external,
        string dataset = "{ use: evaluate, generate: { process: TauGun, files: 1, events: 10 } }")
    {
        string[] lines =
        [
            "campaign: test",
            $"include: {Path.GetRelativePath(_folder.Path, Checkout.At("configs", "smoke.yaml"))}",
            "datasets:",
            $"  More: {dataset}",
            "#", "#", "#",
            "external:",
            external,
        ];
        File.WriteAllText(_folder.At("campaign.yaml"), string.Join('\n', lines) + "\n");
        CampaignFile campaign = CampaignFile.Load(_folder.At("campaign.yaml"), [], []);
        IReadOnlyList<IStage> stages = StageCatalogue.Compose(campaign);
        campaign.Finish();
        return stages;
    }
}
