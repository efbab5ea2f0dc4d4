using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>An external stage in a real campaign: between a generated file and Ingest.</summary>
public sealed class ExternalCampaignTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_dataset_is_ingested_from_what_a_program_made_and_all_tools_know_the_stage()
    {
        File.WriteAllText(_folder.At("copy.sh"), "#!/bin/sh\necho copying \"$1\"\nexec cp \"$1\" \"$2\"\n");
        Command.Output("chmod", "u+x", _folder.At("copy.sh"));
        File.WriteAllText(_folder.At("campaign.yaml"), $$"""
            include: {{Checkout.At("configs", "smoke.yaml")}}
            datasets:
              DYToLL_M50: { use: both, generate: { process: DYToLL_M50, files: 1, events: 100 } }
              QCD_Pt15to1000: { use: both, generate: { process: QCD_Pt15to1000, files: 1, events: 100 } }
              TauGun: { use: train, generate: { process: TauGun, files: 1, events: 100 } }
              Copied: { use: evaluate, files: ["external://copied/taus.root"] }
            external:
              Copy:
                summary: Copies a file
                program: ./copy.sh
                arguments: ["{input:taus}", "{output:copy}"]
                inputs: { taus: { products: ["generate/TauGun/*.root"] } }
                outputs: { copy: { file: copied/taus.root } }
            """);

        using ProgramRun dry = Host("--target=Ingest", "--dryrun");
        using ProgramRun run = Host("--target=Ingest");
        using ProgramRun again = Host("--target=Ingest");
        using ProgramRun copy = Host("--target=Copy");
        using ProgramRun status = Host("--target=Status");
        using ProgramRun graph = Host("--target=Graph", "--format=mermaid");

        dry.ExitCode.ShouldBe(0, dry.Error);
        dry.Output.ShouldContain("Copy\n   would run  Copy\n");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("9 ran");
        File.ReadAllBytes(_folder.At("out", "copied", "taus.root"))
            .ShouldBe(File.ReadAllBytes(_folder.At("out", "generate", "TauGun", "TauGun_000.root")));
        File.Exists(_folder.At("out", "ingest", "Copied", "taus.root.h5")).ShouldBeTrue();
        File.ReadAllText(_folder.At("out", ".tau", "logs", "Copy", "Copy.log"))
            .ShouldBe("copying inputs/taus/generate/TauGun/TauGun_000.root\n");
        again.Output.ShouldStartWith("nothing to do: 9 steps");
        copy.Output.ShouldStartWith("nothing to do: 2 steps");
        status.Output.ShouldMatch(@"(?m)^Copy +1 +1 +- +- +- ");
        graph.Output.ShouldContain("Generate --> Copy");
        graph.Output.ShouldContain("Copy --> Ingest");
    }

    [Fact]
    public void A_stage_called_like_a_tool_is_misuse()
    {
        File.WriteAllText(
            _folder.At("campaign.yaml"),
            $"include: {Checkout.At("configs", "smoke.yaml")}\nexternal:\n  Status:\n    program: true\n    outputs: {{ a: {{ file: a.txt }} }}\n"
        );

        using ProgramRun stage = Host("--target=Ingest");

        stage.ExitCode.ShouldBe(2);
        stage.Error.ShouldContain("the campaign's stage 'Status' is called like a target of ours");
    }

    private ProgramRun Host(params string[] arguments) =>
        ProgramRun.Host([$"--config={_folder.At("campaign.yaml")}", $"--out={_folder.At("out")}", .. arguments]);
}
