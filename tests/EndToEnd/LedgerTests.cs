using System.Text.Json;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>
/// No row is lost from raw file to ROC: the ledgers of the smoke campaign against each other and against what was planted.
/// </summary>
[Collection(SmokeBuild.Name)]
public sealed class LedgerTests(SmokeBuild smoke)
{
    private const ulong Seed = 7;

    private static readonly (string Dataset, int Files, int Events)[] Datasets =
    [
        ("DYToLL_M50", 2, 600),
        ("QCD_Pt15to1000", 1, 1500),
        ("TauGun", 1, 600),
    ];

    private static readonly string[] Parts = ["train", "validation", "calibration", "test"];

    [Fact]
    public void Every_ledger_closes()
    {
        string[] steps = [.. Directory.EnumerateFiles(Path.Combine(smoke.Out, "ledger"), "*.json", SearchOption.AllDirectories)];

        steps.Length.ShouldBeGreaterThan(15);
        foreach (string step in steps)
        {
            Line[] lines = LinesOf(step);
            (Sum(lines, "in") + Sum(lines, "repeated")).ShouldBe(Sum(lines, "out") + Sum(lines, "dropped"), step);
        }
    }

    [Fact]
    public void Each_station_is_given_what_the_one_before_handed_on()
    {
        Sum(Ledger("Generate"), "out").ShouldBe(Sum(Ledger("Ingest"), "in"));
        Sum(Ledger("Ingest"), "out").ShouldBe(Sum(Ledger("Split"), "in"));
        Sum(Ledger("Split"), "out", "train").ShouldBe(Sum(Ledger("ShuffleMerge", "train.json"), "in"));
        Sum(Ledger("Split"), "out", "validation").ShouldBe(Sum(Ledger("ShuffleMerge", "validation.json"), "in"));
        foreach (string part in new[] { "calibration", "test" })
            Sum(Ledger("Split"), "out", part).ShouldBe(Sum(Ledger("Apply"), "in", part));
        Sum(Ledger("Apply"), "out", "calibration").ShouldBe(Sum(LinesOf(Path.Combine(smoke.Out, "ledger", "WorkingPoints.json")), "in"));
        Sum(Ledger("Apply"), "out", "test").ShouldBe(Sum(LinesOf(Path.Combine(smoke.Out, "ledger", "Metrics.json")), "in"));
        Sum(Ledger("Split", "TauGun"), "out", "test").ShouldBe(0);
    }

    [Fact]
    public void The_planted_rows_are_found_exactly()
    {
        long duplicates = 0;
        foreach ((string dataset, int files, int events) in Datasets)
        {
            (IReadOnlyDictionary<Irregularity, long> planted, long repeated) = Plant(dataset, files, events);
            List<Line> ingest = Ledger("Ingest", dataset);

            long Of(Irregularity kind) => planted.GetValueOrDefault(kind);
            Sum(ingest, "dropped", "dR to gen lepton above 0.2").ShouldBe(Of(Irregularity.FarLepton), dataset);
            (Sum(ingest, "dropped", "visible pt below 8") + Sum(ingest, "dropped", "visible pt below 15")).ShouldBe(
                Of(Irregularity.SoftLepton),
                dataset);
            Sum(ingest, "dropped", "no gen lepton and no gen jet").ShouldBe(Of(Irregularity.NoGenJet), dataset);
            Sum(ingest, "dropped", "no reconstructed tau").ShouldBe(Of(Irregularity.LostTau), dataset);
            Sum(Ledger("Split", dataset), "dropped", "duplicate candidate").ShouldBe(repeated, dataset);
            duplicates += repeated;
        }
        duplicates.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void No_event_stands_in_two_parts()
    {
        foreach ((string dataset, _, _) in Datasets)
        {
            (string Part, HashSet<(uint, uint, ulong)> Events)[] parts = [.. Parts.Select(part => (part, EventsOf(part, dataset)))];

            parts.Sum(part => part.Events.Count).ShouldBeGreaterThan(100);
            for (int a = 0; a < parts.Length; a++)
                for (int b = 0; b < a; b++)
                    parts[a].Events.Intersect(parts[b].Events).ShouldBeEmpty($"{dataset}: {parts[b].Part} and {parts[a].Part}");
        }
    }

    // The generator again, told to name what it plants; of the duplicates only those count that are neither unmatched nor unselected.
    private static (IReadOnlyDictionary<Irregularity, long> Planted, long Repeated) Plant(string dataset, int files, int events)
    {
        var generator = new EventGenerator(
            Processes.ByName(dataset),
            CounterRandom.Key(Seed, "Generate", dataset),
            new SimulationSettings { EventsPerFile = events });
        var counts = new Dictionary<Irregularity, long>();
        long repeated = 0;
        for (int file = 0; file < files; file++)
        {
            var planted = new List<PlantedRow>();
            Batch rows = generator.Candidates((long)file * events, events, planted);
            HashSet<int> unmatched = [.. planted.Where(row => row.Kind != Irregularity.Duplicate).Select(row => row.Row)];
            ReadOnlySpan<float> pt = rows.Flat<float>("tau_pt"), eta = rows.Flat<float>("tau_eta");
            foreach (PlantedRow row in planted)
            {
                counts[row.Kind] = counts.GetValueOrDefault(row.Kind) + 1;
                if (row.Kind == Irregularity.Duplicate && !unmatched.Contains(row.Row) && pt[row.Row] > 20 && MathF.Abs(eta[row.Row]) < 2.3)
                    repeated++;
            }
        }
        return (counts, repeated);
    }

    private HashSet<(uint, uint, ulong)> EventsOf(string part, string dataset)
    {
        var events = new HashSet<(uint, uint, ulong)>();
        string folder = Path.Combine(smoke.Out, "split", part, dataset);
        if (!Directory.Exists(folder)) return events;
        foreach (string file in Directory.EnumerateFiles(folder, "*.h5"))
        {
            using TupleShardReader reader = TupleShardReader.Open(new ProductInput(file));
            foreach (Batch batch in reader.Batches(columns: ["run", "lumi", "evt"]))
            {
                ReadOnlySpan<uint> run = batch.Flat<uint>("run"), lumi = batch.Flat<uint>("lumi");
                ReadOnlySpan<ulong> evt = batch.Flat<ulong>("evt");
                for (int row = 0; row < batch.Rows; row++) events.Add((run[row], lumi[row], evt[row]));
            }
        }
        return events;
    }

    // All lines of a stage's ledgers, or of those below a name.
    private List<Line> Ledger(string stage, string below = "")
    {
        string place = Path.Combine(smoke.Out, "ledger", stage, below);
        return File.Exists(place)
            ? [.. LinesOf(place)]
            : [.. Directory.EnumerateFiles(place, "*.json", SearchOption.AllDirectories).SelectMany(LinesOf)];
    }

    private static Line[] LinesOf(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. json.RootElement.GetProperty("lines")
                .EnumerateArray()
                .Select(line => new Line(
                    line.GetProperty("fate").GetString()!,
                    line.GetProperty("reason").GetString()!,
                    line.GetProperty("rows").GetInt64())),
        ];
    }

    private static long Sum(IReadOnlyList<Line> lines, string fate, string? reason = null) =>
        lines.Where(line => line.Fate == fate && (reason is null || line.Reason == reason)).Sum(line => line.Rows);

    private sealed record Line(string Fate, string Reason, long Rows);
}
