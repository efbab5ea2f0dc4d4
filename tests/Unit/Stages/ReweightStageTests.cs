using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Reweight, beside what umami-preprocessing 0.3.1 made of the same files.</summary>
public sealed class ReweightStageTests
{
    // The campaign that ships, and the one that Import makes of UPP's own configuration.
    private const string Ours = "upp-reweight.yaml", Theirs = "rw-small";

    private const string Mean = "weight_jets_pt_eta_target_mean_flavour_label",
        Tracks = "weight_tracks_pt_frac_target_mean_ftagTruthOriginLabel";

    private static readonly string[] Weights =
    [
        Mean, "weight_jets_pt_eta_target_min_flavour_label", "weight_jets_pt_eta_target_max_flavour_label",
        "weight_jets_pt_eta_target_uniform_flavour_label", "weight_jets_pt_eta_target_0_1", "weight_jets_pt_eta_target_2_flavour_label",
        "weight_jets_pt_target_mean_flavour_label",
    ];

    [SharedDataTheory]
    [InlineData(Ours)]
    [InlineData(Theirs)]
    public void Split_counts_are_those_of_UPP_and_no_row_is_lost(string campaign)
    {
        using UppFlow flow = UppFlow.Of(campaign, UppFlow.Ntuples).Run("Ingest", "Split", "Reweight");

        flow.Counts("Split", "split/train/").Values.ShouldBe([7380, 7333, 19541, 1838]);
        flow.Counts("Split", "split/validation/").Values.ShouldBe([913, 921, 2476, 223]);
        flow.Counts("Split", "split/test/").Values.ShouldBe([950, 1029, 2600, 221]);
        ulong[] merged = [.. flow.Rows("Reweight", "reweight/train").SelectMany(rows => rows.Flat<ulong>("evt").ToArray())];
        merged.Length.ShouldBe(36_092);
        merged.Distinct().Count().ShouldBe(36_092);
        merged.ShouldContain(15_990ul); // UPP lost it
        flow.Rows("Reweight", "reweight/validation").Sum(rows => rows.Rows).ShouldBe(4533);
    }

    // Numbers as UPP stored them: it rounded its split files to 16 bits, and three jets to beyond the edge at eta 2.5.
    [SharedDataTheory]
    [InlineData(Ours)]
    [InlineData(Theirs)]
    public void Every_weight_of_every_jet_and_track_is_that_of_UPP(string campaign)
    {
        using UppFlow flow = UppFlow.Of(campaign, UppFlow.SplitFiles, "~split.regions").Run("Ingest", "Split", "Reweight");

        foreach ((string sample, string file, int rows) in new[]
        {
            ("train", SharedData.At("upp", "out-rw", "train", "pp_output_train-full_0.h5"), 36_091),
            ("validation", SharedData.At("upp", "out-rw", "val", "pp_output_val-full_0.h5"), 4533),
        })
        {
            Batch ours = flow.Rows("Reweight", $"reweight/{sample}").Single();
            Batch theirs = UppFlow.Raw(file, ["eventNumber", .. Weights, $"tracks_{Tracks}"]);
            var places = new Dictionary<ulong, int>();
            foreach (ulong evt in ours.Flat<ulong>("evt")) places.Add(evt, places.Count);
            int[] same = [.. theirs["eventNumber"].ToDoubles().Select(evt => places[(ulong)evt])];
            Batch aligned = ours.Take(same);

            theirs.Rows.ShouldBe(rows);
            foreach (string weight in Weights) aligned.Flat<float>(weight).SequenceEqual(theirs.Flat<float>(weight)).ShouldBeTrue(weight);
            aligned.Jagged<float>(Tracks).Values.SequenceEqual(theirs.Jagged<float>($"tracks_{Tracks}").Values).ShouldBeTrue(Tracks);
            if (sample == "train") aligned.Flat<float>(Mean).ToArray().Count(weight => weight == 0).ShouldBe(803);
        }
    }

    [SharedDataTheory]
    [InlineData(Ours)]
    [InlineData(Theirs)]
    public void Histograms_are_laid_out_as_those_of_UPP(string campaign)
    {
        using UppFlow flow = UppFlow.Of(campaign, UppFlow.SplitFiles, "~split.regions").Run("Ingest", "Split", "Reweight");
        using Hdf5File ours = Hdf5File.Open(flow.Bench.At(Artifact.Product("reweight/histograms.h5")));
        using Hdf5File theirs = Hdf5File.Open(SharedData.At("upp", "out-rw", "histograms.h5"));

        foreach (Hdf5Object theirObject in theirs.Inspect().Where(found => found.Kind == "dataset"))
        {
            string path = theirObject.Path;
            Hdf5Object ourObject = ours.Inspect().Single(found => found.Path == path);
            ourObject.Shape.ShouldBe(theirObject.Shape, path);
            if (theirObject.Type!.Column is null) continue;
            using Hdf5Dataset ourValues = ours.Dataset(path), theirValues = theirs.Dataset(path);
            ourValues.ReadAll<double>().Zip(theirValues.ReadAll<double>())
                .ShouldAllBe(pair => pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= 1e-12 * Math.Abs(pair.Second));
        }
    }
}
