using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Campaigns from YAML files.</summary>
internal sealed class Campaigns : ICampaigns
{
    public LoadedCampaign Load(CommandLine line) => throw new Misuse($"'{line.Config}' cannot be read: there is no stage catalogue yet");

    public IReadOnlyList<IStage> Compose(string resolvedText) => throw new Defect("there is no stage catalogue yet");
}
