using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What a change of a raw file does, with and without a stated hash.</summary>
[Collection(SmokeBuild.Name)]
public sealed class RawFileTests(SmokeBuild smoke) : IDisposable
{
    private const string Changed = "TauGun_000.root",
        Step = "Ingest/TauGun/TauGun_000.root",
        Comparison = "Split/contents",
        Columns = "Ingest/columns";

    // Seconds of the file's date of creation, in the key of its first record: no reader of content looks there.
    private const int DateByte = 113;

    private readonly LocalCampaign _campaign = new(smoke.Out);

    public void Dispose() => _campaign.Dispose();

    [Fact]
    public void A_touched_raw_file_runs_nothing()
    {
        using ProgramRun first = _campaign.Run("--target=Ingest", "--json");
        File.SetLastWriteTimeUtc(_campaign.Raw(Changed), DateTime.UtcNow);

        using ProgramRun run = _campaign.Run("--target=Ingest", "--json");

        first.Ran().Count.ShouldBe(5);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Ran().ShouldBeEmpty();
    }

    [Fact]
    public void A_byte_that_means_nothing_runs_the_files_own_step_and_is_cut_off_there()
    {
        using ProgramRun first = _campaign.Run("--target=Spectrum", "--json");
        _campaign.Flip(Changed, DateByte);

        using ProgramRun run = _campaign.Run("--target=Spectrum", "--json", "--explain");

        first.ExitCode.ShouldBe(0, first.Error);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Outcomes()
            .Where(step => step.Value == "RanUnchanged")
            .Select(step => step.Key)
            .ShouldBe([Columns, Step, Comparison], ignoreOrder: true);
        run.Ran().ShouldBe([Columns, Step, Comparison], ignoreOrder: true);
        run.WhyRan(Step).ShouldContain($"TauGun/{Changed}");
    }

    [Fact]
    public void Other_content_runs_what_it_reaches_and_nothing_of_other_datasets()
    {
        using ProgramRun first = _campaign.Run("--target=ShuffleMerge", "--json");
        using SmokeFolder other = SmokeFolder.Empty();
        using ProgramRun generated = other.Run("--target=Generate", "--set=seed=8");
        File.Copy(other.At("generate", "TauGun", Changed), _campaign.Raw(Changed), overwrite: true);

        using ProgramRun run = _campaign.Run("--target=ShuffleMerge", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Ran().Where(step => step.StartsWith("Ingest/", StringComparison.Ordinal)).ShouldBe([Columns, Step], ignoreOrder: true);
        run.Ran().ShouldAllBe(step => step == Columns || step == Comparison
            || step.Contains("TauGun", StringComparison.Ordinal) || step.StartsWith("ShuffleMerge/", StringComparison.Ordinal));
        run.Ran().ShouldContain("Split/TauGun/TauGun_000.root");
        run.Ran().ShouldContain("Spectrum/train/TauGun");
        run.Ran().ShouldContain("ShuffleMerge/train");
    }

    [Fact]
    public void A_file_that_differs_from_its_manifest_is_misuse_naming_both_hashes_until_the_manifest_is_measured_anew()
    {
        string manifest = Checkout.At("data-manifests", "EndToEndTest.yaml"), asked = $"--input=EndToEndTest={_campaign.Raw(Changed)}";
        _campaign.Edit("files: [raw/TauGun_000.root]", $"manifest: {manifest}");
        try
        {
            using ProgramRun measured = ProgramRun.Host(["--target=Manifest", asked]);
            string before = HashIn(manifest);
            using ProgramRun good = _campaign.Run("--target=Ingest", "--json");
            _campaign.Flip(Changed, DateByte);
            using ProgramRun refused = _campaign.Run("--target=Ingest", "--json");
            using ProgramRun again = ProgramRun.Host(["--target=Manifest", asked]);
            string after = HashIn(manifest);
            using ProgramRun healed = _campaign.Run("--target=Ingest", "--json");

            measured.ExitCode.ShouldBe(0, measured.Error);
            good.ExitCode.ShouldBe(0, good.Error);
            refused.ExitCode.ShouldBe(2);
            refused.Error.ShouldContain(before);
            refused.Error.ShouldContain(after);
            after.ShouldNotBe(before);
            healed.ExitCode.ShouldBe(0, healed.Error);
            healed.Ran().ShouldBe([Columns, Step], ignoreOrder: true);
        }
        finally
        {
            File.Delete(manifest);
            if (!Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(manifest)!).Any())
                Directory.Delete(Path.GetDirectoryName(manifest)!);
        }
    }

    private static string HashIn(string manifest) =>
        File.ReadLines(manifest).Single(line => line.TrimStart().StartsWith("sha256:", StringComparison.Ordinal)).Split(':')[1].Trim();
}
