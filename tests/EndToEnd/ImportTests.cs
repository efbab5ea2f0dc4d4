using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Import as a user calls it: the campaign that it writes runs, and nothing of theirs is overwritten.</summary>
public sealed class ImportTests
{
    [SharedDataFact]
    public void A_configuration_of_UPP_becomes_a_campaign_that_runs_to_numbers()
    {
        using var place = new TempFolder();
        string campaign = place.At("mine.yaml"), theirs = SharedData.At("upp", "configs", "countup-small.yaml");
        string[] words =
        [
            $"--config={campaign}", $"--out={place.At("out")}", "--set=train.epochs=1",
            $"--input=ttbar={SharedData.At("upp", "ntuples", "data1.h5")}", $"--input=ttbar={SharedData.At("upp", "ntuples", "data2.h5")}",
            $"--input=zprime={SharedData.At("upp", "ntuples", "data3.h5")}",
        ];

        using ProgramRun tried = ProgramRun.Host("--target=Import", $"--file={theirs}", $"--out={campaign}", "--dryrun");
        bool written = File.Exists(campaign);
        using ProgramRun import = ProgramRun.Host("--target=Import", $"--file={theirs}", $"--out={campaign}");
        using ProgramRun again = ProgramRun.Host("--target=Import", $"--file={theirs}", $"--out={campaign}");
        using ProgramRun foreseen = ProgramRun.Host([.. words, "--target=Evaluate", "--dryrun"]);
        using ProgramRun numbers = ProgramRun.Host([.. words, "--target=Metrics"]);

        tried.Output.ShouldContain("would write");
        written.ShouldBeFalse();
        import.ExitCode.ShouldBe(0, import.Error);
        import.Output.ShouldContain("countup-small.yaml:61: batch_size: memory is bounded by step_memory");
        again.ExitCode.ShouldBe(2);
        again.Error.ShouldContain("is there already");
        foreseen.ExitCode.ShouldBe(0, foreseen.Error);
        numbers.ExitCode.ShouldBe(0, numbers.Error);
        File.Exists(place.At("out", "metrics", "performance.json")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("--target=Import", "--target=Import needs --file")]
    [InlineData("--target=Inspect --file=a --file=b", "--file stands there more than once")]
    [InlineData("--target=Import --file=README.md", "'README.md' is no configuration that can be imported")]
    public void What_cannot_be_imported_is_misuse(string words, string error)
    {
        using ProgramRun run = ProgramRun.Host(words.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(error);
    }
}
