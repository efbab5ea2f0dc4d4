using System.Runtime.CompilerServices;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

// Closure test 7 of fast-simulation.md, and the layout of data-preparation.md 2.
public class EventGeneratorTests
{
    private static readonly ulong Seed = CounterRandom.Key(5, "Generate");

    [Fact]
    public void The_same_seed_gives_the_same_bytes_whatever_the_batches()
    {
        Batch whole = Generator("TTToSemiLeptonic").Candidates(0, 60);
        EventGenerator other = Generator("TTToSemiLeptonic");
        other.Candidates(500, 7);
        Batch[] parts = [Kept(other.Candidates(0, 11)), other.Candidates(11, 49)];

        for (int c = 0; c < whole.Columns.Count; c++)
            whole.Columns[c]
                .Bytes.ToArray()
                .ShouldBe([.. parts[0].Columns[c].Bytes, .. parts[1].Columns[c].Bytes], whole.Columns[c].Spec.Name);
    }

    [Fact]
    public void Another_seed_gives_other_events() =>
        new EventGenerator(Processes.ByName("TauGun"), Seed + 1, new SimulationSettings()).Candidates(0, 20)["tau_pt"].Bytes.ToArray()
            .ShouldNotBe(Generator("TauGun").Candidates(0, 20)["tau_pt"].Bytes.ToArray());

    [Fact]
    public void Every_branch_that_training_needs_is_there_with_its_type()
    {
        foreach (string line in File.ReadLines(Path.Combine(Here(), "needed-branches.tsv")).Skip(1))
        {
            string[] cells = line.Split('\t');
            ColumnSpec column = TauTuple.Schema.Find(cells[0]).ShouldNotBeNull(cells[0]);

            column.IsJagged.ShouldBe(cells[2] == "jagged", cells[0]);
            column.Type.ShouldBe(TypeOf(cells[1]), cells[0]);
        }
    }

    [Fact]
    public void A_batch_has_the_schema_that_is_announced() =>
        Generator("EGun").Candidates(0, 5).Schema.Columns.ShouldBe(TauTuple.Schema.Columns);

    // Flat in log pt from 15 to 1000 with the weight (pt / 15)^-3.5: on average (1 - (1000/15)^-3.5) / (3.5 ln(1000/15)) = 0.06803, of
    // which the events below 20 GeV, few of which have a candidate, are more than half; one deviation is 0.1714 / sqrt(events).
    [Fact]
    public void The_sum_of_weights_is_of_all_events_those_without_a_candidate_too_and_of_duplicates_once()
    {
        const int events = 4000;
        var settings = new SimulationSettings { EventsPerFile = events, DuplicateFraction = 0.5 };
        var generator = new EventGenerator(Processes.ByName("QCD_Pt15to1000"), Seed, settings);

        Batch batch = generator.Candidates(events, events);

        (generator.SumOfWeights / events).ShouldBe(0.06803, 4 * 0.1714 / Math.Sqrt(events));
        double seen = batch.Flat<ulong>("evt")
            .ToArray()
            .Zip(batch["genEventWeight"].ToDoubles())
            .DistinctBy(row => row.First)
            .Sum(row => row.Second);
        (seen / events).ShouldBeLessThan(0.06803 - 4 * 0.1714 / Math.Sqrt(events)); // so the test tells them apart
    }

    [Fact]
    public void Values_are_finite_or_missing_by_convention()
    {
        foreach (Process process in Processes.All)
            foreach (Column column in Generator(process.Name).Candidates(0, 100).Columns)
            {
                // TauTuple says missing by int32's lowest value, which reads as NaN; its floats are finite.
                bool canMiss = column.Spec.Type == ColumnType.Int32;
                column.ToDoubles()
                    .ShouldAllBe(value => double.IsFinite(value) || canMiss && double.IsNaN(value), $"{process} {column.Spec.Name}");
            }
    }

    [Fact]
    public void Candidates_of_an_event_share_what_belongs_to_the_event_and_differ_in_index()
    {
        Batch batch = Generator("TTToSemiLeptonic").Candidates(0, 200);
        ulong[] evt = batch.Flat<ulong>("evt").ToArray();
        float[] rho = batch.Flat<float>("rho").ToArray();

        var keys = evt.Select((number, i) => (number, batch.Flat<int>("jet_index")[i], batch.Flat<int>("tau_index")[i])).ToList();
        keys.Distinct().Count().ShouldBe(keys.Count);
        for (int i = 1; i < evt.Length; i++)
            if (evt[i] == evt[i - 1]) rho[i].ShouldBe(rho[i - 1]);
    }

    [Fact]
    public void Planted_rows_without_truth_are_exactly_those_that_do_not_match()
    {
        foreach (string process in new[] { "DYToLL_M50", "TTToSemiLeptonic", "QCD_Pt15to1000", "TauGun" })
        {
            List<PlantedRow> planted = [];
            List<SimulatedRow> rows = [.. SimulatedRow.Of(Generator(process).Candidates(0, 1500, planted))];

            int[] expected =
            [
                .. planted.Where(row => row.Kind is Irregularity.NoGenJet or Irregularity.FarLepton or Irregularity.SoftLepton)
                    .Select(row => row.Row),
            ];
            int[] found = [.. Enumerable.Range(0, rows.Count).Where(i => rows[i].HasTau && !HasMatch(rows[i]))];

            found.ShouldBe(expected);
            (found.Length / (double)rows.Count(row => row.HasTau)).ShouldBe(0.03, 0.015);
        }
    }

    [Fact]
    public void Generated_taus_without_candidate_have_all_of_it_missing()
    {
        List<PlantedRow> planted = [];
        Batch batch = Generator("TauGun").Candidates(0, 300, planted);
        int[] lost = [.. planted.Where(row => row.Kind == Irregularity.LostTau).Select(row => row.Row)];

        lost.ShouldNotBeEmpty();
        lost.ShouldBe(Enumerable.Range(0, batch.Rows).Where(i => batch.Flat<int>("tau_index")[i] < 0));
        foreach (int row in lost)
        {
            batch.Flat<float>("tau_pt")[row].ShouldBe(float.MinValue);
            batch.Flat<int>("tau_decayMode")[row].ShouldBe(int.MinValue);
        }
    }

    [Fact]
    public void Planted_duplicates_repeat_rows_of_the_file_before_and_nothing_else_does()
    {
        var settings = new SimulationSettings { EventsPerFile = 800 };
        var generator = new EventGenerator(Processes.ByName("DYToLL_M50"), Seed, settings);
        Batch first = Kept(generator.Candidates(0, 800));
        List<PlantedRow> planted = [];
        Batch second = generator.Candidates(800, 800, planted);

        int[] expected = [.. planted.Where(row => row.Kind == Irregularity.Duplicate).Select(row => row.Row)];
        HashSet<string> seen = [.. Enumerable.Range(0, first.Rows).Select(i => Key(first, i))];
        int[] found = [.. Enumerable.Range(0, second.Rows).Where(i => seen.Contains(Key(second, i)))];

        found.ShouldNotBeEmpty();
        found.ShouldBe(expected);
        found.Select(i => second.Flat<ulong>("evt")[i]).Distinct()
            .ShouldBe(
                Enumerable.Range(800, 800)
                    .Select(e => generator.Planted.DuplicateOf(e))
                    .Where(e => e is not null)
                    .Select(e => (ulong)e!.Value + 1)
                .Where(evt => first.Flat<ulong>("evt").Contains(evt)));
    }

    [Fact]
    public void A_single_file_has_no_duplicates() => Generator("TauGun").Planted.DuplicateOf(100_000).ShouldBeNull();

    private static EventGenerator Generator(string process) => new(Processes.ByName(process), Seed, new SimulationSettings());

    // A batch is lent until the next.
    private static Batch Kept(Batch lent) => lent.Take([.. Enumerable.Range(0, lent.Rows)]);

    // The rule of data-preparation.md 2.3, written down once more.
    private static bool HasMatch(SimulatedRow row)
    {
        if (row.LeptonIndex < 0) return row.GenJetIndex >= 0;
        return Angles.DeltaR(row.Eta, row.Phi, row.VisibleEta, row.VisiblePhi) <= 0.2 && row.VisiblePt >= (row.Kind == 5 ? 15 : 8);
    }

    private static string Key(Batch batch, int row) =>
        $"{batch.Flat<uint>("run")[row]}:{batch.Flat<uint>("lumi")[row]}:{batch.Flat<ulong>("evt")[row]}:{batch.Flat<int>("jet_index")[row]}:{batch.Flat<int>("tau_index")[row]}";

    private static ColumnType TypeOf(string name) => name.Replace("std::vector<", "", StringComparison.Ordinal).TrimEnd('>') switch
    {
        "Int_t" => ColumnType.Int32,
        "UInt_t" => ColumnType.UInt32,
        "ULong64_t" => ColumnType.UInt64,
        _ => ColumnType.Float32,
    };

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
