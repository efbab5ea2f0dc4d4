using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>The real PHYSLITE files: the numbers are uproot's and JSROOT's (root-file-format 12).</summary>
public sealed class IngestPhysliteTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SharedDataFact]
    public void All_67_taus_come_in_38_of_them_matched_and_told_apart()
    {
        Batch rows = Ingest("physlite.root", "identity: event");

        rows.Rows.ShouldBe(67);
        rows["TauJets_IsTruthMatched"].ToDoubles().Count(matched => matched == 1).ShouldBe(38);
        Counts(rows[CandidateColumns.Type]).ShouldBe("0:18 1:12 2:8 3:29"); // TruthElectrons, TruthMuons, TruthTaus, unmatched
        Counts(rows["TauJets_PanTau_DecayMode"]).ShouldBe("0:10 1:21 2:5 3:15 4:12 6:4");
        Counts(rows[CandidateColumns.DecayMode]).ShouldBe("NaN:4 0:10 1:21 2:5 10:15 11:12");
        rows.Flat<long>(CandidateColumns.Entry).ToArray().Distinct().Count().ShouldBe(43);
        rows.Flat<float>(CandidateColumns.Pt).ToArray().Sum(pt => (double)pt).ShouldBe(3527.787849609375, 1e-3);
        double[] score = rows["TauJets_RNNJetScore"].ToDoubles();
        int[] type = rows.Flat<int>(CandidateColumns.Type).ToArray();
        score.Where((_, i) => type[i] == 3).Average().ShouldBe(0.068, 0.0005);
        score.Where((_, i) => type[i] != 3).Average().ShouldBe(0.544, 0.0005);
        // The area that PhysliteCampaignTests finds, one pair of a tau and a jet after the other.
        (from tau in Enumerable.Range(0, 67)
         where type[tau] == 2
         from jet in Enumerable.Range(0, 67)
         where type[jet] == 3
         select score[tau] > score[jet]).Count(inOrder => inOrder).ShouldBe(229);
    }

    [SharedDataFact]
    public void An_older_file_without_readable_event_numbers_gives_its_12_taus_by_entry()
    {
        Batch rows = Ingest("physlite-2.root", "identity: entry");

        rows.Rows.ShouldBe(12);
        Counts(rows[CandidateColumns.Type]).ShouldBe("1:2 2:9 3:1");
        rows.Flat<ulong>(CandidateColumns.Evt).ToArray().Distinct().Count().ShouldBe(11);
    }

    private static string Counts(Column column) => string.Join(' ', column.ToDoubles()
        .GroupBy(value => value)
        .OrderBy(group => group.Key)
        .Select(group => FormattableString.Invariant($"{group.Key}:{group.Count()}")));

    private Batch Ingest(string file, string identity)
    {
        string yaml = $"ingest: {{ layout: physlite, {identity}, optional: [all], keep: [TauJets_.*] }}";
        IngestSettings settings = IngestSettings.Read(Campaigns.Root(yaml).Block("ingest"), ClassSettings.Standard, [], null);
        Artifact raw = Artifact.Raw($"physlite/{file}", new RawSource(SharedData.At("real", file)));
        IReadOnlyList<Step> steps =
            new IngestStage([new Dataset("physlite", 0, DatasetUse.Both, null, [new RawEntry(file, raw)])], settings).Steps();
        foreach (Step step in steps) _bench.Run(step);
        return _bench.Rows(steps[^1].Writes[0]);
    }
}
