using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Campaigns, or blocks of them, from texts.</summary>
internal static class Campaigns
{
    public static CampaignFile Of(string yaml) => CampaignFile.Parse(yaml);

    public static ConfigBlock Root(string yaml) => Of(yaml).Root;

    /// <summary>The stages of <c>configs/smoke.yaml</c> with these settings, all of which were read.</summary>
    public static IReadOnlyList<IStage> Smoke(params string[] sets)
    {
        CampaignFile campaign = CampaignFile.Load(Checkout.At("configs", "smoke.yaml"), sets, []);
        IReadOnlyList<IStage> stages = StageCatalogue.Compose(campaign);
        campaign.Finish();
        return stages;
    }

    /// <summary>The titles of what is wrong.</summary>
    public static string[] MistakesOf(ConfigBlock block) => [.. block.Mistakes.Found.Select(mistake => mistake.Title)];

    public static Dataset Dataset(string name, int index = 0, DatasetUse use = DatasetUse.Both) => new(name, index, use, null, []);

    public static string Facts(ErrorText text) => string.Join('\n', text.Facts.Select(fact => $"{fact.Label}: {fact.Value}"));
}
