using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Stages;

namespace TauPipeline.Tests.EngineHost;

/// <summary>A campaign that is nothing but its external stages.</summary>
public static class ExternalCampaign
{
    public static IReadOnlyList<IStage> Compose(CampaignFile campaign)
    {
        IReadOnlyList<ExternalSettings> settings = ExternalSettings.ReadAll(campaign.Root);
        var products = new ExternalProducts([], [], settings, campaign.Mistakes);
        IStage[] stages = [.. settings.Select(one => new ExternalStage(one, products.ItemsOf(one)))];
        campaign.Finish();
        return stages;
    }
}
