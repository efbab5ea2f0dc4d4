using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>
/// A configuration of umami-preprocessing (UPP): ATLAS training files split by event number, with all jets of each flavour in regions of
/// phase space, and then resampled or reweighted as it says.
/// </summary>
internal sealed class UppImporter : ICampaignImporter
{
    private const string NoVirtualFiles = "files are read as they are", Products = "products go where --out says";

    /// <inheritdoc/>
    public string Kind => "upp";

    /// <inheritdoc/>
    public string Summary => "a configuration of umami-preprocessing";

    /// <inheritdoc/>
    public bool Recognises(ImportSource source) => source.First.Root is { } root && root.Has("components") && root.Has("global_cuts");

    /// <inheritdoc/>
    public ImportedCampaign Import(ImportSource source)
    {
        ForeignNode root = source.First.Root ?? throw source.First.NotYaml!;
        var notes = new ImportNotes();
        ForeignNode global = root.Need("global");
        UppFlavours flavours = UppFlavours.Read(source, global);
        UppComponents components = UppComponents.Read(root.Need("components"), flavours, notes);
        UppVariables variables = UppVariables.Read(root.Need("variables"), notes);
        string[] used = [.. components.Flavours];

        var campaign = new CampaignBlock();
        campaign.Add("campaign", source.Campaign).Add("description", "Imported from a configuration of umami-preprocessing").Add("seed", 42);
        components.WriteDatasets(campaign, pattern => PathOf(source, global, pattern, notes));
        flavours.Write(campaign, used);
        ForeignNode cuts = root.Need("global_cuts");
        CampaignBlock ingest = campaign.Block("ingest").Add("layout", "atlas_hdf5");
        if (cuts.Find("common") is { } common && UppCut.All(common) is { Length: > 0 } selection) ingest.Add("selection", selection);
        CampaignBlock split = campaign.Block("split");
        CampaignBlock parts = split.Block("parts");
        foreach ((string theirs, string ours) in new[] { ("train", "train"), ("val", "validation"), ("test", "test") })
            parts.Add(ours, UppCut.All(cuts.Need(theirs)));
        var balancing = UppBalancing.Read(root, components, used, notes);
        components.WriteRegions(split, flavours, balancing.Ranges);
        CampaignBlock definitions = campaign.Block("definitions");
        definitions.Block("binning", "Bins of pt and |eta| that numbers are given in; columns of the files are in MeV.")
            .Add("pt", ["0", "40", "70", "100", "250", "1000", "10000 GeV"]).Add("abs_eta", [0.0, 1.2, 5]);
        balancing.Write(campaign, definitions.Block("cells"));
        variables.Write(campaign, definitions.Block("features"), global.Find("num_jets_per_output_file")?.Whole());
        Network(campaign, used, components);

        notes.AddIfThere(global, Products, "components_dir", "out_dir", "out_fname");
        notes.AddIfThere(global, "memory is bounded by step_memory", "batch_size");
        notes.AddIfThere(global, "all jets are counted",
            "num_jets_estimate", "num_jets_estimate_available", "num_jets_estimate_hist", "num_jets_estimate_norm", "num_jets_estimate_plotting");
        notes.AddIfThere(global, NoVirtualFiles, "vds_dir", "skip_checks", "skip_config_copy");
        if (global.Find("jets_name") is { Text: not "jets" }) notes.Add(global, "jets_name", "the records must be called 'jets'");
        notes.AddIfThere(root, "the report has its own figures", "plotting");
        foreach (string anchor in root.Keys.Where(key => IsAnchor(root, key))) root.Find(anchor)?.TakeAll();
        return ImportedCampaign.Of(campaign, source, notes.Of([root]));
    }

    private static string PathOf(ImportSource source, ForeignNode global, string pattern, ImportNotes notes)
    {
        string folder = Path.Combine(global.Need("base_dir").Text ?? "", global.Find("ntuple_dir")?.Text ?? "ntuples");
        string path = source.PathFromCampaign(Path.Combine(folder, pattern), out bool isThere);
        if (!isThere)
            notes.Add(global.At("base_dir"), "base_dir", $"there is no folder {folder} here: name the files with --input=DATASET=FILE");
        return path;
    }

    // What UPP does not have: which class is told from which, and by what.
    private static void Network(CampaignBlock campaign, string[] flavours, UppComponents components)
    {
        campaign.Block("train").Add("epochs", 10);
        campaign.Block("working_points");
        foreach (string other in flavours.Skip(1))
        {
            CampaignBlock pair = campaign.Item("evaluation");
            pair.Add("name", $"{flavours[0]}_vs_{other}").Add("title", $"{flavours[0]} against {other}").Add("against", other);
            foreach ((string side, string flavour) in new[] { ("signal", flavours[0]), ("background", other) })
                foreach (string sample in components.SamplesOf(flavour)) pair.Block(side).Add(sample, [flavour]);
        }
        campaign.Block("discriminators").Block("network").Add("title", "Flat network").Add("source", "network");
    }

    // Samples and regions stand at the top to be used by their anchors.
    private static bool IsAnchor(ForeignNode root, string key) =>
        key is not ("variables" or "global_cuts" or "components" or "resampling" or "reweighting" or "transform" or "plotting" or "global");
}
