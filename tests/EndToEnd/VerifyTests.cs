using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary><c>--target=Verify</c>: what can be made again is found so, and what cannot is named.</summary>
[Collection(SmokeBuild.Name)]
public sealed class VerifyTests(SmokeBuild smoke)
{
    // Stage -> what its line says: file, byte where it is known, what differs.
    private static readonly (string Stage, string Says)[] Planted =
    [
        ("Clock", @"Clock\.txt: byte \d+; text line 1: made at .*\+14:00|Clock\.txt: byte \d+.*; text line 1: .* -> .*"),
        ("DictionaryOrder", @"DictionaryOrder\.txt: byte \d+; text line \d+: .*\d+ -> .*\d+"),
        ("ThreadOrder", @"ThreadOrder\.txt: byte \d+.*; text line \d+: .* -> .*"),
        ("AbsolutePath", @"AbsolutePath\.txt: byte \d+ .*; text line 1: .* -> .*a-second-checkout"),
        ("Hdf5Times", @"Hdf5Times\.h5: byte \d+; as HDF5 they say the same"),
        ("GzipTime", @"GzipTime\.gz: byte 4\b"),
        ("Uninitialised", @"Uninitialised\.bin: byte 0\b"),
    ];

    [Fact]
    public void Each_of_seven_planted_mistakes_is_named_with_stage_file_and_first_difference()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.At("planted.yaml"), "campaign: planted\nplanted: true\n");

        using ProgramRun run = ProgramRun.ToyOn(folder.At("planted.yaml"), folder.At("out"), "--target=Verify");

        run.ExitCode.ShouldBe(1, run.Error);
        foreach ((string stage, string says) in Planted)
            run.Output.ShouldMatch($@"(?m)^{stage}: {stage} is not reproducible\n  (?:{says})");
        run.Output.ShouldContain("  what follows from it: After\n");
        run.Output.ShouldNotContain("After: After");
        run.Output.ShouldNotContain("Sound: Sound");
        run.Output.ShouldContain("not verified: 7 steps made other bytes from the same inputs");
        Directory.Delete(Checkout.At(".artifacts", "verify", "planted"), recursive: true);
    }

    [Fact]
    public void A_sound_campaign_is_the_same_in_both_builds_and_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        File.Copy(Checkout.At("tests", "ToyHost", "toy.yaml"), folder.At("toy.yaml"));

        using ProgramRun run = ProgramRun.ToyOn(
            folder.At("toy.yaml"),
            folder.At("out"),
            "--target=Verify",
            "--set=ingest.text=other words",
            "--jobs=1");

        run.ExitCode.ShouldBe(0, run.Error + run.Output);
        run.Output.ShouldContain("verified: 5 products of 5 steps are the same bytes in both builds\n");
        run.Error.ShouldContain("second build: done in");
        Directory.EnumerateFileSystemEntries(Checkout.At(".artifacts", "verify", "toy")).ShouldBeEmpty();
    }

    [Fact]
    public void The_smoke_campaign_is_the_same_bytes_in_a_hostile_environment_the_model_too()
    {
        using SmokeFolder built = smoke.Copy();
        using var folder = new TempFolder();
        // Beside another YAML there is no lock: that has a test of its own.
        File.WriteAllText(
            folder.At("smoke.yaml"),
            File.ReadAllText(Checkout.At("configs", "smoke.yaml"))
                .Replace("include: ", $"include: {Checkout.At("configs")}/", StringComparison.Ordinal));

        using ProgramRun run = ProgramRun.Host($"--config={folder.At("smoke.yaml")}", $"--out={built.Out}", "--target=Verify");

        run.ExitCode.ShouldBe(0, run.Error + run.Output);
        run.Output.ShouldContain("nothing to do: 52 steps up to date");
        run.Output.ShouldMatch("verified: \\d\\d+ products of 52 steps are the same bytes in both builds\n");
    }

    [LongTheory]
    [InlineData("Haswell")]
    [InlineData("EPYC")]
    [InlineData("Skylake-Client")]
    public void Another_processor_trains_the_same_model_and_gives_the_same_scores(string processor)
    {
        using SmokeFolder built = smoke.Copy();

        using ProgramRun run = built.Run("--target=Verify", $"--cpu={processor}");

        run.ExitCode.ShouldBe(0, run.Error + run.Output);
        run.Output.ShouldMatch($"verified: \\d+ products of 4 steps are the same bytes on {processor}\n");
        run.Error.ShouldContain($"on {processor}: ran, same   Train");
    }

    [Fact]
    public void A_processor_that_is_not_known_is_misuse_before_anything_runs()
    {
        using var folder = new TempFolder();
        File.Copy(Checkout.At("tests", "ToyHost", "toy.yaml"), folder.At("toy.yaml"));

        using ProgramRun run = ProgramRun.ToyOn(folder.At("toy.yaml"), folder.At("out"), "--target=Verify", "--cpu=Z80");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("expected  Haswell or EPYC or Skylake-Client");
        Directory.Exists(folder.At("out")).ShouldBeFalse();
    }
}
