using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// One call of the program: what was typed, where text goes, the campaign (read when first needed), and the wish to stop.
/// </summary>
internal sealed class Invocation(CommandLine line, Terminal terminal, Campaigns campaigns, CancellationToken cancellation)
{
    private Lazy<LoadedCampaign> _campaign = new(() => campaigns.Load(line));

    public CommandLine Line => line;

    public Terminal Terminal => terminal;

    public LoadedCampaign Campaign => _campaign.Value;

    public CancellationToken Cancellation => cancellation;

    /// <summary>What keeps a campaign's file from being composed, or <see langword="null"/>.</summary>
    public ErrorText? Obstacle(string file)
    {
        try
        {
            campaigns.Check(file);
            return null;
        }
        catch (Misuse wrong) { return wrong.Text; }
    }

    /// <summary>Composes the campaign anew: what has just been installed is among the tools that its steps state.</summary>
    public void ReadCampaignAgain() => _campaign = new(() => campaigns.Load(line));
}
