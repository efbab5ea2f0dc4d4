using System.Text.RegularExpressions;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>A data configuration of weaver: flat trees with labels, selection, inputs and weights.</summary>
internal sealed class WeaverImporter : ICampaignImporter
{
    /// <summary>The one dataset: weaver names its files on the command line.</summary>
    public const string Dataset = "data";

    /// <inheritdoc/>
    public string Kind => "weaver";

    /// <inheritdoc/>
    public string Summary => "a data configuration of weaver";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) =>
        source.First.Root is { } root && root.Has("inputs") && root.Peek("labels") is { IsMap: true } labels && labels.Has("type");

    /// <inheritdoc/>
    public ImportedCampaign Import(ImportSource source)
    {
        ForeignNode root = source.First.Root ?? throw source.First.NotYaml!;
        var notes = new ImportNotes();
        var expressions = new WeaverExpressions(root.Find("new_variables"), notes);
        ForeignNode labels = root.Need("labels");
        if (labels.Need("type").Text != "simple") throw labels.Need("type").Wrong("simple (labels that are 0 or 1)");
        string[] classes = [.. labels.Need("value").Texts()];
        if (classes.Length < 2) throw labels.Need("value").Wrong("at least two labels");

        var campaign = new CampaignBlock();
        campaign.Add("campaign", source.Campaign).Add("description", "Imported from a data configuration of weaver").Add("seed", 42);
        campaign.Block("datasets", "Name the files by --input=FILE, or here.")
            .Block(Dataset).Add("use", "both").Add("files", ["${WEAVER_DATA}/*.root"]);
        CampaignBlock block = campaign.Block("classes", "weaver has no signal and no background: the first is told from the others here.");
        foreach (string one in classes)
            block.Block(one).Add("role", one == classes[0] ? "signal" : "background").Add("truth", $"{expressions.Of(one)} == 1");
        string[] observers = [.. (root.Find("observers") ?? root.Find("monitor_variables"))?.Texts() ?? []];
        CampaignBlock ingest = Ingest(campaign, root, expressions, observers, notes);
        campaign.Block("split").Block("fractions")
            .Add("train", 0.5).Add("validation", 0.15).Add("calibration", 0.1).Add("test", 0.25);
        CampaignBlock definitions = campaign.Block("definitions");
        definitions.Block("binning").Add("pt", [0.0, 100, 200, 300, 500, 1000, 10000]).Add("abs_eta", [0.0, 1.2, 5]);
        ForeignNode? preprocess = root.Find("preprocess");
        bool isAuto = preprocess?.Find("method")?.Text == "auto";
        notes.AddIfThere(preprocess, "all train rows are looked at", "data_fraction", "params");
        new WeaverInputs(expressions, isAuto, notes).Write(root.Need("inputs"), ingest.Block("columns"), definitions.Block("features"));
        WeaverSampling.Write(campaign, definitions.Block("cells"), root.Find("weights"), classes, notes);
        campaign.Block("train").Add("epochs", 20);
        campaign.Block("working_points");
        foreach (string other in classes.Skip(1))
        {
            CampaignBlock pair = campaign.Item("evaluation");
            pair.Add("name", $"{classes[0]}_vs_{other}").Add("title", $"{classes[0]} against {other}").Add("against", other);
            pair.Block("signal").Add(Dataset, [classes[0]]);
            pair.Block("background").Add(Dataset, [other]);
        }
        campaign.Block("discriminators").Block("network").Add("title", "Flat network").Add("source", "network");
        return ImportedCampaign.Of(campaign, source, notes.Of([root]));
    }

    private static CampaignBlock Ingest(
        CampaignBlock campaign, ForeignNode root, WeaverExpressions expressions, string[] observers, ImportNotes notes)
    {
        CampaignBlock ingest = campaign.Block("ingest").Add("layout", "flat");
        CampaignBlock flat = ingest.Block("flat");
        string[] names = [.. observers, .. Variables(root), .. WeaverExpressions.Names(root.Peek("selection")?.Text ?? "")];
        string? tree = root.Find("treename")?.Text;
        flat.Add("table", tree ?? "tree");
        if (tree is null) notes.Add(root.At("treename"), "treename", "the tree must be named in  ingest: flat: table:");
        foreach ((string key, string pattern, bool isNeeded) in new[]
        {
            ("pt", "(^|_)[pP][tT]$|[a-z]Pt$", true), ("eta", "(^|_)eta$|[a-z]Eta$", true), ("phi", "(^|_)phi$|[a-z]Phi$", false),
            ("run", "^run(_?no|_?[nN]umber)?$", false),
            ("lumi", "^lumi", false), ("event", "^(evt|event(_?no|_?[nN]umber)?)$", false),
        })
            if (Array.Find(names, name => Regex.IsMatch(name, pattern, RegexOptions.CultureInvariant)) is { } found) flat.Add(key, found);
            else if (isNeeded)
                throw new Misuse(new ErrorText($"{root.Where}: no variable is the candidate's {key}",
                    [("looked at", string.Join(", ", names))], "name one that ends in it among the observers"));
            else if (key == "event") ingest.Add("identity", "entry", "No observer is an event number: events are told apart by file and entry.");
        if (root.Find("selection")?.Text is { } cut && cut.Trim().Length > 0)
            if (WeaverExpressions.Translated(cut) is { } ours) ingest.Add("selection", expressions.Of(ours));
            else notes.Add(root, "selection", $"has functions that are not known here: {cut.Trim()}");
        if (observers.Length > 0) ingest.Add("keep", observers.Select(Regex.Escape));
        return ingest;
    }

    // Those by which rows are weighed, and scalar inputs.
    private static IEnumerable<string> Variables(ForeignNode root) =>
        [
            .. root.Peek("weights")?.Peek("reweight_vars")?.Keys ?? [],
            .. root.Peek("inputs") is not { } inputs ? [] : inputs.Keys.Select(name => inputs.Peek(name)!)
                .Where(group => group.Peek("length")?.Text is null)
                .SelectMany(group => group.Peek("vars")?.Items ?? []).SelectMany(variable => variable.Items.Take(1))
                .Select(name => name.Text).OfType<string>(),
        ];
}
