namespace TauPipeline.Import;

/// <summary>Blocks of a campaign on TauTuples that no configuration of theirs has.</summary>
internal static class TauTupleBlocks
{
    private static readonly string[] Backgrounds = ["e", "mu", "jet"];

    /// <summary>Writes a few features of the candidate, where nothing says what is learned from.</summary>
    public static void Features(CampaignBlock features)
    {
        features.Block("tau_pt").Add("scaling", "linear").Add("range", [20.0, 1000]);
        features.Block("tau_eta").Add("scaling", "linear").Add("range", [-2.3, 2.3]);
        foreach (string name in new[] { "tau_mass", "tau_chargedIsoPtSum", "tau_neutralIsoPtSum", "tau_puCorrPtSum" })
            features.Block(name).Add("scaling", "normal").Add("range", [-5.0, 5]);
    }

    /// <summary>Writes what genuine taus are told from, and by what.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="datasetsOf">The datasets that each class comes from.</param>
    public static void Evaluation(CampaignBlock campaign, ILookup<string, string> datasetsOf)
    {
        campaign.Block("working_points");
        foreach (string other in Backgrounds.Where(datasetsOf.Contains))
        {
            CampaignBlock pair = campaign.Item("evaluation");
            pair.Add("name", $"tau_vs_{other}").Add("title", $"Genuine taus against {other}").Add("against", other);
            foreach (string dataset in datasetsOf["tau"]) pair.Block("signal").Add(dataset, ["tau"]);
            foreach (string dataset in datasetsOf[other]) pair.Block("background").Add(dataset, [other]);
        }
        campaign.Block("discriminators").Block("network").Add("title", "Flat network").Add("source", "network");
    }
}
