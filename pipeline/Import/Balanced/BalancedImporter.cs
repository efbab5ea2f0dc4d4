using System.Text.RegularExpressions;
using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>
/// The balanced batches of DeepTau for Phase 2: <c>process_types.yaml</c> and <c>binning.yaml</c>, with the database of counted files if it
/// is given. Each batch has as many rows of each process, class, and bin of |eta| and pt.
/// </summary>
internal sealed class BalancedImporter : ICampaignImporter
{
    // Each axis has an open bin above its last edge there.
    private const double BeyondPt = 14_000, BeyondAbsEta = 5;

    private const int RowsPerRegion = 10;

    private static readonly Dictionary<string, string> Classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["electron"] = "e",
        ["e"] = "e",
        ["muon"] = "mu",
        ["mu"] = "mu",
        ["genuine"] = "tau",
        ["tau"] = "tau",
        ["jet"] = "jet",
    };

    /// <inheritdoc/>
    public string Kind => "balanced_batches";

    /// <inheritdoc/>
    public string Summary => "DeepTau's balanced batches: process_types.yaml and binning.yaml (and counts.json)";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => Processes(source) is not null;

    /// <inheritdoc/>
    public ImportedCampaign Import(ImportSource source)
    {
        ForeignNode processes = Processes(source) ?? throw ImportErrors.Nothing(source, Summary);
        ForeignNode binning = source.Roots.FirstOrDefault(root => root.Has("pt") && root.Has("abseta"))
            ?? source.First.Beside("binning.yaml").Root ?? throw ImportErrors.Nothing(source, Summary);
        var notes = new ImportNotes();
        var campaign = new CampaignBlock();
        campaign.Add("campaign", source.Campaign).Add("description", "Imported from DeepTau's balanced batches").Add("seed", 1234567);
        CampaignBlock datasets = campaign.Block("datasets");
        CampaignBlock balance = campaign.Block("balance");
        balance.Add("rows_per_region", RowsPerRegion, "Rows of each region in a batch, which stand on the command line there.")
            .Add("empty_regions", "skip");
        ILookup<string, string> files = Counted(source, processes);
        var of = new List<(string Class, string Dataset)>();
        foreach (string name in processes.Keys)
        {
            ForeignNode process = processes.Need(name);
            process.Find("regex");
            string[] types = [.. process.Need("active_types").Items.Select(ClassOf)];
            if (types.Length == 0) continue;
            if (!files.Contains(name))
                notes.Add(processes.At(name), name, $"its files are named by --input={name}=FILE, or in the campaign");
            datasets.Block(name).Add("use", "both")
                .Add("files", files.Contains(name)
                    ? files[name].Select(file => source.PathFromCampaign(file, out _))
                    : [$"${{TAU_TUPLES}}/{name}/*.root"]);
            balance.Block("processes").Block(name).Add("datasets", [name]).Add("types", types);
            of.AddRange(types.Select(type => (type, name)));
        }
        campaign.Block("definitions").Block("binning", "The last bin of each axis is the open one.")
            .Add("pt", Edges(binning.Need("pt"), BeyondPt)).Add("abs_eta", Edges(binning.Need("abseta"), BeyondAbsEta));
        campaign.Block("ingest").Add("layout", "tau_tuple");
        TauTupleBlocks.Features(campaign.Block("definitions").Block("features"));
        campaign.Block("weights").Add("kind", "none");
        campaign.Block("train").Add("epochs", 10);
        TauTupleBlocks.Evaluation(campaign, of.Distinct().ToLookup(one => one.Class, one => one.Dataset));
        return ImportedCampaign.Of(campaign, source, notes.Of([processes, binning]));
    }

    private static ForeignNode? Processes(ImportSource source) =>
        source.Roots.FirstOrDefault(root => root.Keys.Count > 0 && root.Keys.All(key => root.Peek(key)!.Has("active_types")));

    // The first process whose pattern fits the file's name, or the one that the database says.
    private static ILookup<string, string> Counted(ImportSource source, ForeignNode processes)
    {
        ForeignNode? counts = source.Roots.FirstOrDefault(root => root.Keys is [var first, ..] && root.Peek(first)!.Has("path"));
        return (counts?.Keys ?? []).Select(key => counts!.Need(key))
            .Select(file => (Path: file.Need("path").Text ?? "", Process: file.Find("process")?.Text))
            .ToLookup(file => file.Process ?? First(processes, file.Path), file => file.Path, StringComparer.Ordinal);
    }

    private static string First(ForeignNode processes, string path) => processes.Keys.FirstOrDefault(name =>
        processes.Need(name).Find("regex")?.Text is { } pattern && Regex.IsMatch(path, pattern, RegexOptions.CultureInvariant)) ?? "";

    private static string ClassOf(ForeignNode type) =>
        Classes.TryGetValue(type.Text ?? "", out string? known) ? known : throw type.Wrong($"one of {string.Join(", ", Classes.Keys)}");

    // Whole steps, so that no edge is gained or lost by rounding.
    private static List<double> Edges(ForeignNode ranges, double beyond)
    {
        var edges = new List<double>();
        foreach (IReadOnlyList<double> range in ranges.Items.Select(range => range.Numbers()))
        {
            if (range is not [var low, var high, var step] || !(low < high) || step <= 0) throw ranges.Wrong("ranges [from, to, step]");
            int cells = (int)Math.Max(1, Math.Round((high - low) / step));
            if (edges.Count == 0) edges.Add(low);
            for (int i = 1; i <= cells; i++) edges.Add(Math.Round(low + i * (high - low) / cells, 9));
        }
        if (edges[^1] < beyond) edges.Add(beyond);
        return edges;
    }
}
