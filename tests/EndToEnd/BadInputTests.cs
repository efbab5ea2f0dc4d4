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
        left.ShouldNotContain(file =>
            file.Contains("TauGun", StringComparison.Ordinal) || file.StartsWith(".tau", StringComparison.Ordinal));
        healed.ExitCode.ShouldBe(0, healed.Error);
        healed.Ran().ShouldBe(["Ingest/columns", "Ingest/TauGun/TauGun_000.root"], ignoreOrder: true);
    }

    [Fact]
    public void A_branch_that_no_file_has_is_told_with_the_nearest_before_any_work()
    {
        using ProgramRun run = _campaign.Run("--target=Ingest", "--set=+ingest.columns.twice=2*tau_pts");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("'tau_pts'");
        run.Error.ShouldMatch("nearest +tau_pt");
        _campaign.Products().ShouldBeEmpty();
    }

    [Fact]
    public void An_expression_over_lists_is_refused_where_one_number_a_row_is_needed()
    {
        using ProgramRun run = _campaign.Run("--target=Ingest", "--set=+ingest.columns.twice=2*pfCand_pt");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("one number a row is needed here\n");
        run.Error.ShouldContain("\n  text   2*pfCand_pt\n  found  branch 'pfCand_pt' of tree 'taus', which is float32[]\n");
        _campaign.Products().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tau_pt", true, "float32", "char*")]
    [InlineData("tau_pt", false, "float32", "float32[]")]
    [InlineData("genEventWeight", true, "a number", "char*")]
    public void A_branch_of_another_type_is_refused_with_file_tree_branch_and_both_types(
        string branch,
        bool isText,
        string needed,
        string found)
    {
        string file = _campaign.Raw(Bad);
        if (isText) RetypedFile.WithText(file, branch);
        else RetypedFile.WithLists(file, branch);

        using ProgramRun run = _campaign.Run("--target=Ingest", "--keep-going");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain($"branch '{branch}' of tree 'taus' has another type\n");
        run.Error.ShouldContain($"\n  file    {file}\n  needed  {needed}\n  found   {found}\n");
        _campaign.Products().ShouldNotContain(product => product.Contains("TauGun", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_is_never_taken_for_numbers()
    {
        string file = _campaign.Raw(Bad);
        RetypedFile.WithText(file, "tau_charge");

        using ProgramRun run = _campaign.Run("--target=Ingest", "--keep-going", "--set=+ingest.columns.letters=sum(tau_charge)");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("numbers are needed here\n");
        run.Error.ShouldContain(
            $"\n  text   sum(tau_charge)\n  found  branch 'tau_charge' of tree 'taus', which is char*\n  file   {file}\n");
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
        using ProgramRun run = ProgramRun.Host([
            $"--config={_campaign.Config}",
            "--target=Ingest",
            $"--out={Path.Combine(_campaign.Config, "out")}",
        ]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("the output folder cannot be written");
        run.Error.ShouldContain("--out=DIR");
    }

    [MountFact]
    public void A_full_disk_leaves_nothing_half_written_and_more_room_heals()
    {
        using var disk = new SmallDisk(_campaign.Out, "400k"); // some shards fit, not all

        using ProgramRun failed = _campaign.Run("--target=Ingest", "--json");
        IReadOnlyList<string> left = Contents();
        disk.Remount("size=200m");
        using ProgramRun healed = _campaign.Run("--target=Ingest", "--json");

        failed.ExitCode.ShouldBe(1);
        failed.Error.ShouldContain("No space left on device");
        healed.ExitCode.ShouldBe(0, healed.Error);
        left.ShouldBeSubsetOf(Contents(), "what was left on the full disk must be whole: the same bytes as in the healed run");
    }

    private IReadOnlyList<string> Contents() =>
        [.. _campaign.Products().Select(file => $"{file} {TauPipeline.Foundation.ContentHash.OfFile(Path.Combine(_campaign.Out, file))}")];
}
