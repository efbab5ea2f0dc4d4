using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Files for training elsewhere, and the normalisation, beside those of umami-preprocessing 0.3.1.</summary>
public sealed class TrainingFilesStageTests : IDisposable
{
    private static readonly TrainingTable[] Variables =
    [
        new("jets", ["pt", "eta"], ["HadronConeExclTruthLabelID", "n_tracks", "eventNumber", "mass"], null),
        new("tracks", ["d0", "dphi", "deta", "qOverP", "pt_frac"], ["ftagTruthOriginLabel", "leptonID"], null),
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedDataTheory]
    [InlineData("out-rw", "train/pp_output_train-full_0.h5")]
    [InlineData("out-countup", "pp_output_train.h5")]
    public void Mean_spread_and_class_weights_are_those_of_UPP(string folder, string file)
    {
        string[] columns = [.. Variables.SelectMany(table => table.Columns), "flavour_label"];
        Batch rows = UppFlow.Raw(SharedData.At(["upp", folder, .. file.Split('/')]), columns);
        var norm = new TrainingNorm(Variables);

        foreach (int[] part in Enumerable.Range(0, rows.Rows).Chunk(5000))
            norm.Add(rows.With(rows["flavour_label"].As(new ColumnSpec(CandidateColumns.Type, ColumnType.Int32))).Take(part));

        (string Name, double Value)[] ours = [.. Numbers(norm.Norm())];
        (string Name, double Value)[] theirs = [.. Numbers(File.ReadAllText(SharedData.At("upp", folder, "norm_dict.yaml")))];
        ours.Select(one => one.Name).ShouldBe(theirs.Select(one => one.Name));
        // Theirs are sums in 32 bits: a mean near 0 is good to 1e-5 of the spread. Where they took several batches, those of tracks count
        // by their jets (section 7), which is no mean of tracks.
        int compared = folder == "out-rw" ? ours.Length : 2 * Variables[0].Inputs.Count;
        for (int i = 0; i < compared; i++)
        {
            double spread = ours[i].Name == "mean" ? ours[i + 1].Value : 0;
            ours[i].Value.ShouldBe(theirs[i].Value, 1e-5 * Math.Max(Math.Abs(theirs[i].Value), spread));
        }
        Weights(norm.Classes()).ShouldBe(Weights(File.ReadAllText(SharedData.At("upp", folder, "class_dict.yaml"))));
    }

    [SharedDataFact]
    public void Records_are_the_mixed_rows_in_the_layout_of_UPP()
    {
        using UppFlow flow = new UppFlow("upp-reweight.yaml", UppFlow.Ntuples).Run("Ingest", "Split", "Reweight", "TrainingFiles");
        Batch mixed = flow.Rows("Reweight", "reweight/train").Single();
        string path = Path.Combine(flow.Bench.At(Artifact.Folder("training_files/train")), "pp_output_train.h5");
        const string Weight = "weight_jets_pt_eta_target_mean_flavour_label";
        const string OfTracks = "weight_tracks_pt_frac_target_mean_ftagTruthOriginLabel";

        Batch written = UppFlow.Raw(path, "eventNumber", "pt", "flavour_label", Weight, "tracks_d0", $"tracks_{OfTracks}");
        using Hdf5File file = Hdf5File.Open(path);
        using Hdf5Dataset tracks = file.Dataset("/tracks");

        written.Rows.ShouldBe(36_092);
        written.Flat<ulong>("eventNumber").SequenceEqual(mixed.Flat<ulong>("eventNumber")).ShouldBeTrue();
        written.Flat<float>("pt").SequenceEqual(mixed.Flat<float>("pt")).ShouldBeTrue();
        written.Flat<int>("flavour_label").SequenceEqual(mixed.Flat<int>(CandidateColumns.Type)).ShouldBeTrue();
        written.Flat<float>(Weight).SequenceEqual(mixed.Flat<float>(Weight)).ShouldBeTrue();
        written.Jagged<float>("tracks_d0").Offsets.SequenceEqual(mixed.Jagged<float>("tracks_d0").Offsets).ShouldBeTrue();
        written.Jagged<float>("tracks_d0").Values.SequenceEqual(mixed.Jagged<float>("tracks_d0").Values).ShouldBeTrue();
        written.Jagged<float>($"tracks_{OfTracks}").Values.SequenceEqual(mixed.Jagged<float>(OfTracks).Values).ShouldBeTrue();
        tracks.Shape.ShouldBe([36_092, 5]);
        file.Attributes("/jets").Texts("flavour_label").ShouldBe(["bjets", "cjets", "ujets", "taujets"]);
        file.Attributes().Text("jet_counts").ShouldBe("{\"bjets\": 7380, \"cjets\": 7333, \"ujets\": 19541, \"taujets\": 1838}");
        file.Attributes().Text("resampling_method").ShouldBe("reweighting");
        file.Attributes().Integer("unique_jets").ShouldBe(36_092);
        Directory.GetFiles(flow.Bench.At(Artifact.Folder("training_files/val"))).Length.ShouldBe(1);
        UppFlow.Raw(Path.Combine(flow.Bench.At(Artifact.Folder("training_files/test")), "pp_output_test.h5"), "pt").Rows.ShouldBe(4800);
    }

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(1, 100)]
    [InlineData(7, 15)]
    [InlineData(50, 2)]
    [InlineData(99, 2)]
    [InlineData(100, 1)]
    public void Rows_in_are_rows_out_whatever_the_rows_of_a_file(long rowsPerFile, int files)
    {
        Batch rows = Rows(100);
        RecordTable[] tables = Tables(rows, 2);
        using (FolderWriter folder = FolderWriter.Create(new ProductOutput(_folder.At("files"))))
        {
            var writer = new TrainingFileWriter(folder, ("train", 100), rowsPerFile, (["a", "b"], "none"));
            foreach (int[] part in Enumerable.Range(0, 100).Chunk(30)) writer.Append(rows.Take(part), tables);
            writer.Complete();
            writer.Cut.ShouldBe(25); // every fourth row has three
        }

        string[] written = [.. Directory.GetFiles(_folder.At("files")).Order(StringComparer.Ordinal)];
        written.Length.ShouldBe(files);
        written.SelectMany(file => UppFlow.Raw(file, "evt").Flat<ulong>("evt").ToArray())
            .ShouldBe(Enumerable.Range(0, 100).Select(i => (ulong)i));
    }

    [Fact]
    public void Slots_without_a_constituent_are_NaN_minus_one_and_not_valid()
    {
        Batch rows = Rows(4);
        using (var file = new RecordsFile(_folder.At("a.h5"), Tables(rows, 3)))
        {
            file.Append(rows);
            file.Complete(["a"], new Dictionary<string, string>());
        }

        using Hdf5File read = Hdf5File.Open(_folder.At("a.h5"));
        using Hdf5Dataset tracks = read.Dataset("/tracks");
        IReadOnlyList<Column> fields = tracks.ReadFields(0, 4, ["d0", "n", "valid"]);
        ((Column<float>)fields[0]).Values.ToArray()[..6].ShouldBe([float.NaN, float.NaN, float.NaN, 10, float.NaN, float.NaN]);
        ((Column<sbyte>)fields[1]).Values.ToArray()[..6].ShouldBe([(sbyte)-1, (sbyte)-1, (sbyte)-1, (sbyte)1, (sbyte)-1, (sbyte)-1]);
        ((Column<bool>)fields[2]).Values.ToArray().ShouldBe(
            [false, false, false, true, false, false, true, true, false, true, true, true]);
    }

    [Theory]
    [InlineData(3f, 3f)]
    [InlineData(3f, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void An_input_without_a_spread_is_an_error_that_names_it(float first, float second)
    {
        var norm = new TrainingNorm([new("jets", ["x"], [], null)]);
        norm.Add(new Batch([new Column<float>("x", new[] { first, second }), new Column<int>(CandidateColumns.Type, new[] { 0, 1 })]));

        Should.Throw<StepFailed>(() => norm.Norm()).Text.Title.ShouldContain("'x'");
    }

    // Section 7: n = 2, mean 1, std 1, and n = 2, mean 3, std 1.
    [Fact]
    public void The_worked_example_of_joining_batches()
    {
        var norm = new TrainingNorm([new("jets", ["x"], [], null)]);
        foreach (float[] part in new[] { new[] { 0f, 2 }, [2f, 4] })
            norm.Add(new Batch([new Column<float>("x", part), new Column<int>(CandidateColumns.Type, new[] { 0, 1 })]));

        norm.Norm().ShouldBe($"jets:\n  x:\n    mean: 2\n    std: {Math.Sqrt(2):R}\n");
    }

    private static RecordTable[] Tables(Batch rows, int slots) =>
    [
        new("jets", 0, [new("evt", rows["evt"].Spec)]),
        new("tracks", slots, [new("d0", rows["tracks_d0"].Spec), new("n", rows["tracks_n"].Spec)]),
    ];

    // Row i has i % 4 tracks.
    private static Batch Rows(int count)
    {
        int[] offsets = [0, .. Enumerable.Range(0, count).Select(row => Enumerable.Range(0, row + 1).Sum(i => i % 4))];
        return new Batch(
        [
            new Column<ulong>("evt", Enumerable.Range(0, count).Select(i => (ulong)i).ToArray()),
            new Column<int>(CandidateColumns.Type, Enumerable.Range(0, count).Select(i => i % 2).ToArray()),
            new JaggedColumn<float>("tracks_d0", "tracks", offsets, Enumerable.Range(0, offsets[^1]).Select(i => 10f + i).ToArray()),
            new JaggedColumn<sbyte>(
                "tracks_n", "tracks", offsets, Enumerable.Range(0, offsets[^1]).Select(i => (sbyte)(1 + i % 5)).ToArray()),
        ]);
    }

    private static IEnumerable<(string Name, double Value)> Numbers(string yaml) => Regex
        .Matches(yaml, @"(?m)^ *(?<name>\w+): *(?<value>\S+)$")
        .Select(match => (match.Groups["name"].Value, double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)));

    // Labels and their weights, without our comments, in the order of names.
    private static string[] Weights(string yaml)
    {
        var weights = new List<string>();
        foreach (string line in yaml.Split('\n').Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0))
        {
            string text = line.Trim();
            if (!text.StartsWith("- ", StringComparison.Ordinal)) weights.Add(text);
            else weights[^1] += $" {double.Parse(text[2..], CultureInfo.InvariantCulture):R}";
        }
        return [.. weights.Order(StringComparer.Ordinal)];
    }
}
