using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Import;
using Xunit;

namespace TauPipeline.Tests.Unit.Import;

/// <summary>Groups of datasets of TauMLTools with a command line of ShuffleMergeSpectral (data-preparation 3, 4.6.1).</summary>
public sealed class ShuffleMergeImportTests
{
    private const string Groups = """
        # name: dir of the dataset, types to keep
        TT: dir=TTTo.* file=.*\.root types=e,mu,tau,jet
        DY: dir=DYJets.* types="jet, e, mu, tau" \
            weight=2
        QCD: dir="QCD_.*" types=jet sample_type=MC
        """;

    private const string Command = """
        #!/bin/bash
        # ShuffleMergeSpectral --cfg other.cfg
        ./run.sh ShuffleMergeSpectral --cfg groups.cfg --input filelist_mix.txt \
            --prefix /store/tuples --output Mix_0.root \
            --pt-bins "20, 30, 40, 1000" --eta-bins '0, 1.2, 2.3' --mode MergeAll --seed 99 \
            --input-spec spectra --tau-ratio "jet:2, e:1, mu:1, tau:-1" --job-idx 0 --n-jobs 5 \
            --lastbin-disbalance 100.0 --lastbin-takeall true --refill-spectrum true --enable-emptybin true \
            --overflow-job true --parity 1 --max-entries 5000 --n-threads 8 --brand-new yes
        echo done --mode other
        """;

    private const string Entries = """
        /eos/old/DYJetsToLL_M-50/a_1.root 1000
        /eos/old/TTToHadronic/b_1.root 20
        /eos/old/DYJetsToLL_M-50/a_2.root 1e3
        /eos/old/QCD_Pt15/q.root 7
        /eos/old/WJets/w.root 7

        """;

    [Fact]
    public void Groups_bins_ratios_and_options_are_carried_over_and_the_campaign_composes()
    {
        using ImportFiles files = Files();

        ImportedCampaign campaign = files.Import();

        foreach (string line in new[]
        {
            "seed: 99",
            "  DYJetsToLL_M-50: { use: both, files: [/store/tuples/DYJetsToLL_M-50/a_1.root, /store/tuples/DYJetsToLL_M-50/a_2.root] }",
            "    DY: { datasets: [DYJetsToLL_M-50], types: [jet, e, mu, tau], weight: 2 }",
            "    QCD: { datasets: [QCD_Pt15], types: [jet] }",
            "  binning: { pt: [20, 30, 40, 1000], abs_eta: [0, 1.2, 2.3] }",
            "  tau_ratio: { jet: 2, e: 1, mu: 1, tau: -1 }",
            "  shards: 5", "  refill_spectrum: yes", "  allow_empty_bins: yes", "  take_all_of_last_bin: yes", "  disbalance: 100",
            "  disbalance_reference: last_two_bins", "  when_exhausted: stop_at_first_exhausted", "  max_entries: 5000", "  parity: odd",
            "  name_ids: yes",
        })
            campaign.Text.Split('\n').ShouldContain(line);
        campaign.Text.ShouldNotContain("WJets"); // no group wants it
        files.Compose(campaign).ShouldContain("ShuffleMerge");
    }

    [Fact]
    public void Options_and_keys_without_a_counterpart_are_named_with_file_and_line()
    {
        using ImportFiles files = Files();

        ImportFiles.Told(files.Import()).ShouldBe([
            "groups.cfg:5 sample_type", "run.sh:4 --output", "run.sh:6 --job-idx", "run.sh:6 --input-spec", "run.sh:8 --n-threads",
            "run.sh:8 --overflow-job", "run.sh:8 --brand-new",
        ]);
    }

    [Fact]
    public void The_command_alone_finds_its_groups_and_without_a_list_each_group_is_a_dataset()
    {
        using ImportFiles files = new ImportFiles().With("run.sh", Command).Beside("groups.cfg", Groups);

        ImportedCampaign campaign = files.Import();

        campaign.Text.ShouldContain("DY: { use: both, files: [\"${TAU_TUPLES}/DY/*.root\"] }");
        campaign.Notes.ShouldContain(note => note.Key == "input" && note.Why.Contains("--input=GROUP=FILE"));
        files.Compose(campaign, "DY=/a.root", "TT=/b.root", "QCD=/c.root").ShouldContain("ShuffleMerge");
    }

    [Theory]
    [InlineData("--tau-ratio \"jet:2, e:1, mu:1, tau:-1\"", "--tau-ratio jet=2", "run.sh:6: --tau-ratio takes class:number")]
    [InlineData("--parity 1", "--parity one", "run.sh:8: --parity takes a number")]
    [InlineData("--cfg groups.cfg", "--cfg nowhere.cfg", "nowhere.cfg' cannot be read")]
    [InlineData("--mode MergeAll", "MergeAll", "run.sh:5: an option is expected here")]
    public void What_makes_no_sense_is_an_error_with_file_and_line(string what, string by, string error)
    {
        using ImportFiles files = new ImportFiles().With("run.sh", Command.Replace(what, by, StringComparison.Ordinal))
            .Beside("groups.cfg", Groups);

        Should.Throw<Misuse>(() => files.Import("tau_ml_tools")).Text.Title.ShouldContain(error);
    }

    private static ImportFiles Files() =>
        new ImportFiles().With("groups.cfg", Groups).With("run.sh", Command).Beside("filelist_mix.txt", Entries);
}
