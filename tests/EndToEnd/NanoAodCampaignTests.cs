using Shouldly;
using TauPipeline.Formats;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The campaign on the real NanoAOD file of CMS Open Data: 81 candidates (root-file-format 12).</summary>
public sealed class NanoAodCampaignTests(NanoAodCampaignTests.RealFile real) : IClassFixture<NanoAodCampaignTests.RealFile>
{
    /// <summary>The run that these tests share, started by the first of them.</summary>
    public sealed class RealFile : IDisposable
    {
        private readonly Lazy<NanoAodRun> _run = new(() => new NanoAodRun(new TempFolder()));

        internal NanoAodRun Run => _run.Value;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_run.IsValueCreated) _run.Value.Dispose();
        }
    }

    [SharedDataFact]
    public void The_81_candidates_have_the_classes_that_genPartFlav_says_and_both_kinds_of_unmatched_ones_are_counted()
    {
        real.Run.Program.ExitCode.ShouldBe(0, real.Run.Program.Error);

        int[] types = real.Run.Column<int>("ingest", "tau_type");
        byte[] flavours = real.Run.Column<byte>("ingest", "Tau_genPartFlav");
        int jets = types.Count(type => type == 3);
        types.Count(type => type == 0).ShouldBe(27 + 3);
        types.Count(type => type == 1).ShouldBe(32 + 2);
        types.Count(type => type == 2).ShouldBe(10);
        jets.ShouldBe(7);
        flavours.Length.ShouldBe(81);
        flavours.Where((_, i) => types[i] == 3).ShouldAllBe(flavour => flavour == 0);
        real.Run.Column<int>("ingest", "matchedJet_genJetIdx").Where((_, i) => types[i] == 3).ShouldAllBe(genJet => genJet >= 0);
        real.Run.Report.ShouldContain("<td>no gen lepton and no gen jet</td>");
    }

    [SharedDataFact]
    public void Every_candidate_is_scored_once_by_the_network_that_has_not_seen_its_event()
    {
        ulong[] all = real.Run.Column<ulong>("apply", "evt");

        for (int fold = 0; fold < NanoAodRun.Folds; fold++)
        {
            ulong[] seen = real.Run.Column<ulong>($"shuffle_merge/fold{fold}", "evt"),
                scored = real.Run.Column<ulong>($"apply/fold{fold}", "evt");
            scored.ShouldNotBeEmpty();
            seen.Length.ShouldBe(all.Length - scored.Length);
            seen.Intersect(scored).ShouldBeEmpty();
        }
        all.Order().ShouldBe(real.Run.Column<ulong>("ingest", "evt").Order());
    }

    [SharedDataFact]
    public void Stored_discriminators_stand_beside_the_network_and_what_the_file_lacks_is_reported()
    {
        Performance found = real.Run.Performance;

        found.RocCurve.Select(curve => (curve.Discriminator, curve.VsType)).ShouldBe(
            [("network", "jet"), ("mva_2015", "jet"), ("isolation", "jet"), ("network", "e"), ("network", "mu")]);
        found.RocWp.Select(point => point.Discriminator).Distinct().ShouldBe(["mva_2015", "anti_electron", "anti_muon"]);
        found.Notes.ShouldContain(note =>
            note.StartsWith("DeepTau 2018v2p5: the files lack its working points against jet, scores against jet", StringComparison.Ordinal)
        );
        real.Run.Report.ShouldContain("Tau_rawDeepTau2018v2p5VSjet");
    }

    // The areas are scikit-learn's roc_auc_score, the intervals statsmodels' proportion_confint(method="beta") at one standard
    // deviation, both of the branches as Inspect shows them.
    [SharedDataFact]
    public void Areas_and_intervals_of_stored_discriminators_are_those_of_other_programs()
    {
        RocEntry mva = real.Run.Performance.RocCurve.Single(curve => curve.Discriminator == "mva_2015");
        IntervalEntry efficiency = real.Run.Point("mva_2015", "Tight").TruePositiveRate;

        mva.AucScore!.Value.ShouldBe(23.0 / 28, 1e-12);
        (efficiency.Passed, efficiency.Total).ShouldBe((5, 7));
        efficiency.Low!.Value.ShouldBe(0.4543478387148336, 1e-9);
        efficiency.High!.Value.ShouldBe(0.896414742294229, 1e-9);
    }

    [SharedDataFact]
    public void The_report_says_that_so_few_candidates_prove_the_format_and_not_the_network() =>
        real.Run.Report.ShouldContain("so few candidates prove that the format flows through every stage, not that the network is good");
}
