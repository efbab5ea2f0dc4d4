using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>
/// The block <c>weights</c> of a weaver data configuration, which there says how often rows are drawn and here what they weigh.
/// </summary>
internal static class WeaverSampling
{
    /// <summary>Writes the campaign's way of mixing, its cells and weights.</summary>
    public static void Write(CampaignBlock campaign, CampaignBlock cells, ForeignNode? weights, string[] classes, ImportNotes notes)
    {
        bool isGiven = weights?.Find("use_precomputed_weights")?.Flag() == true;
        if (isGiven || weights?.Find("reweight_vars") is not { } variables)
        {
            Mixed(campaign, classes);
            CampaignBlock given = campaign.Block("weights").Add("kind", "none");
            if (isGiven) given.Add("times", string.Join(" * ", weights!.Need("weight_branches").Texts()));
            return;
        }
        if (variables.Keys.Count != 2) throw variables.Wrong("two variables with their edges");
        foreach (string variable in variables.Keys) cells.Block("reweight").Block("axes").Add(variable, variables.Need(variable).Numbers());
        bool isFlat = (weights.Find("reweight_method")?.Text ?? "flat") == "flat";
        string[] named = [.. weights.Find("reweight_classes")?.Texts() ?? classes];
        if (named.Except(classes).Any())
        {
            notes.Add(weights.At("reweight_classes"), "reweight_classes", $"classes are the labels: {string.Join(", ", classes)}");
            named = classes;
        }
        CampaignBlock block = campaign.Block("reweight", "Rows weigh what they are drawn by in weaver; none is repeated or left out.")
            .Add("empty_cells", "zero").Add("outside", "zero");
        CampaignBlock table = block.Block("tables").Block("reweight_weight")
            .Add("cells", "reweight").Add("method", isFlat ? "flat" : "reference");
        if (!isFlat) table.Add("target", named[0]);
        if (weights.Find("reweight_threshold") is { } threshold) table.Add("threshold", threshold.Number());
        IReadOnlyList<double> ratios = weights.Find("class_weights")?.Numbers() ?? [];
        if (ratios.Count == named.Length && ratios.Distinct().Count() > 1)
            foreach ((string one, double ratio) in named.Zip(ratios)) table.Block("ratios").Add(one, ratio);
        notes.AddIfThere(weights, "rows beyond the edges weigh nothing", "reweight_discard_under_overflow");
        notes.AddIfThere(weights, "spectra are counted anew", "reweight_hists");
        campaign.Block("weights").Add("kind", "none").Add("times", "reweight_weight");
    }

    private static void Mixed(CampaignBlock campaign, string[] classes)
    {
        CampaignBlock mixing = campaign.Block("shuffle_merge").Add("thinning", "none");
        mixing.Block("groups").Block("all").Add("datasets", [WeaverImporter.Dataset]).Add("types", classes);
        foreach (string one in classes) mixing.Block("tau_ratio").Add(one, -1);
    }
}
