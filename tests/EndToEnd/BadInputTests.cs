using System.Diagnostics;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Wrong raw files and a wrong campaign: one clear error each, the promised exit code, nothing half written.</summary>
[Collection(SmokeBuild.Name)]
public sealed class BadInputTests(SmokeBuild smoke) : IDisposable
{
    private const string Bad = "TauGun_000.root";

    private readonly LocalCampaign _campaign = new(smoke.Out);

    public void Dispose() => _campaign.Dispose();

    [Fact]
    public void A_missing_raw_file_is_misuse_that_names_it_and_the_line()
    {
        File.Delete(_campaign.Raw(Bad));

        using ProgramRun run = _campaign.Run("--target=Ingest");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(_campaign.Raw(Bad));
        run.Error.ShouldContain($"{_campaign.Config}:9");
        _campaign.Products().ShouldBeEmpty();
    }

    [Fact]
    public void A_truncated_raw_file_fails_its_step_alone_and_a_whole_one_heals()
    {
        byte[] whole = File.ReadAllBytes(_campaign.Raw(Bad));
        File.WriteAllBytes(_campaign.Raw(Bad), whole[..100_000]);

        using ProgramRun failed = _campaign.Run("--target=Ingest", "--keep-going", "--json");
        File.WriteAllBytes(_campaign.Raw(Bad), whole);
        IReadOnlyList<string> left = Contents();
        using ProgramRun healed = _campaign.Run("--target=Ingest", "--json");

        failed.ExitCode.ShouldBe(1);
        failed.Error.ShouldContain($"'{_campaign.Raw(Bad)}' is truncated");
        failed.Error.ShouldContain("a file of 100000 bytes");
        left.ShouldNotContain(file => file.Contains("TauGun", StringComparison.Ordinal) || file.StartsWith(".tau", StringComparison.Ordinal));
        healed.ExitCode.ShouldBe(0, healed.Error);
        healed.Ran().ShouldBe(["Ingest/TauGun/TauGun_000.root"]);
    }

    [Fact]
    public void A_branch_that_no_file_has_fails_with_the_nearest_and_the_step()
    {
        using ProgramRun run = _campaign.Run("--target=Ingest", "--set=+ingest.columns.twice=2*tau_pts");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("tree 'taus' has no branch 'tau_pts'");
        run.Error.ShouldContain("nearest tau_pt");
        run.Error.ShouldContain("Ingest/DYToLL_M50/DYToLL_M50_00");
        _campaign.Products().ShouldBeEmpty();
    }

    [Fact]
    public void A_branch_of_another_type_fails_naming_what_it_is()
    {
        using ProgramRun run = _campaign.Run("--target=Ingest", "--set=+ingest.columns.twice=2*pfCand_pt");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("2*pfCand_pt");
        _campaign.Products().ShouldBeEmpty();
    }

    [Fact]
    public void All_mistakes_of_a_campaign_are_told_at_once_with_line_and_nearest_name()
    {
        _campaign.Edit("abs_eta: [0, 2.3]", "abs_etas: [0, 2.3]");
        _campaign.Edit("epochs: 1,", "epoch: 1, dropout: 7,");

        using ProgramRun run = _campaign.Run("--target=Metrics");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("3 mistakes in the campaign");
        run.Error.ShouldContain($"{_campaign.Config}:14: 'definitions.binning' has no key 'abs_etas'\n  nearest  abs_eta\n");
        run.Error.ShouldContain($"{_campaign.Config}:23: 'train' has no key 'epoch'\n  nearest  epochs\n");
        run.Error.ShouldContain($"{_campaign.Config}:23: 'train.dropout' is not between 0 and 0.95");
        Directory.Exists(_campaign.Out).ShouldBeFalse();
    }

    [Fact]
    public void A_group_without_a_row_of_its_class_fails_naming_both()
    {
        using SmokeFolder folder = smoke.Copy();

        using ProgramRun run = folder.Run("--target=ShuffleMerge", "--set=shuffle_merge.groups.electrons.datasets=[QCD_Pt15to1000]");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("group 'electrons' has no row of class 'e'");
        folder.Products().ShouldBe(smoke.Products);
    }

    [Fact]
    public void An_output_folder_that_cannot_be_is_misuse()
    {
        using ProgramRun run = ProgramRun.Host([$"--config={_campaign.Config}", "--target=Ingest", $"--out={Path.Combine(_campaign.Config, "out")}"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("the output folder cannot be written");
        run.Error.ShouldContain("--out=DIR");
    }

    [MountFact]
    public void A_full_disk_leaves_nothing_half_written_and_more_room_heals()
    {
        Directory.CreateDirectory(_campaign.Out);
        Mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _campaign.Out);
        try
        {
            using ProgramRun failed = _campaign.Run("--target=Ingest", "--json");
            IReadOnlyList<string> left = Contents();
            Mount("mount", "-o", "remount,size=200m", _campaign.Out);
            using ProgramRun healed = _campaign.Run("--target=Ingest", "--json");

            failed.ExitCode.ShouldBe(1);
            failed.Error.ShouldContain("No space left on device");
            healed.ExitCode.ShouldBe(0, healed.Error);
            left.ShouldBeSubsetOf(Contents(), "what was left on the full disk must be whole: the same bytes as in the healed run");
        }
        finally { Mount("umount", _campaign.Out); }
    }

    private IReadOnlyList<string> Contents() => [.. _campaign.Products().Select(file => $"{file} {TauPipeline.Foundation.ContentHash.OfFile(Path.Combine(_campaign.Out, file))}")];

    private static void Mount(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }
}
