using Shouldly;
using TauPipeline.Formats;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>NanoAOD files that users reported, through the campaign as they would run it.</summary>
public sealed class ReportedNanoAodTests
{
    private const string Score = "Tau_rawMVAoldDM", Discriminator = "mva_2015";

    [SharedDataFact]
    public void Without_luminosity_sections_events_are_told_apart_by_their_place()
    {
        string file = SharedData.At("reports", "nano_no_lumi.root");

        using NanoAodRun run = SmallSampleTests.Run([file], "--set=ingest.identity=entry");

        run.Program.ExitCode.ShouldBe(0, run.Program.Error);
        Stored(run).ShouldBe(CutNanoAod.Whole(Score, file).PairArea(Score));
        run.Performance.Notes.ShouldContain(note =>
            note.StartsWith("DeepTau 2017v2p1: the files lack its working points against jet", StringComparison.Ordinal));
    }

    [SharedDataFact]
    public void Files_of_three_versions_are_one_sample()
    {
        string[] files =
        [
            .. new[] { "pair_a_v9types.root", "pair_b_v12types.root", "pair_c_lacks_int_branch.root" }.Select(file =>
                SharedData.At("reports", file)),
        ];

        using NanoAodRun run = SmallSampleTests.Run(files);

        run.Program.ExitCode.ShouldBe(0, run.Program.Error);
        Stored(run).ShouldBe(CutNanoAod.Whole(Score, files).PairArea(Score));
        run.Report.ShouldContain("<td>Tau_idMVAoldDM</td>"); // what one of them lacks is among the missing columns
    }

    private static (double, int, int) Stored(NanoAodRun run)
    {
        RocEntry curve = run.Performance.RocCurve.Single(one => one is { Discriminator: Discriminator, VsType: "jet" });
        return (curve.AucScore!.Value, (int)curve.Signal, (int)curve.Background);
    }
}
