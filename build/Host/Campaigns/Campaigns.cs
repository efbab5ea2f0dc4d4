using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Queues;

namespace TauPipeline.Host;

/// <summary>Reads campaigns and composes their stages; the one seam between the host and the catalogue that it hosts.</summary>
/// <param name="catalogue">Makes the stages of a campaign.</param>
internal sealed class Campaigns(Func<CampaignFile, IReadOnlyList<ComposedStage>> catalogue)
{
    private const string Default = "configs/demo.yaml";

    /// <summary>How the campaign is called in messages.</summary>
    public static string NameOf(CommandLine line) => line.Value(Options.Config) ?? Default;

    /// <summary>Where its file is, from here.</summary>
    public static string PathOf(CommandLine line) =>
        line.Value(Options.Config) ?? Path.GetRelativePath(Environment.CurrentDirectory, Repository.At("configs", "demo.yaml"));

    /// <summary>Reads and composes the campaign that the command line names.</summary>
    /// <exception cref="Misuse">The campaign or a manifest is wrong: all mistakes at once.</exception>
    public LoadedCampaign Load(CommandLine line)
    {
        CampaignFile file = CampaignFile.Load(PathOf(line), line.All(Options.Set), line.All(Options.Input));
        string resolved = file.ResolvedText();
        IReadOnlyList<ComposedStage> stages = catalogue(file);
        QueueSettings queue = QueueBlock.Read(file.Root.Block("queue"), [.. stages.Select(stage => stage.Name)]);
        file.Finish();
        return new LoadedCampaign(file.Name, file.Seed, resolved, OutputFolder.Of(line, file.Name), stages, file.StepMemory)
        {
            Queue = queue,
        };
    }

    /// <summary>Reads and composes another campaign, to see whether it can be.</summary>
    /// <exception cref="Misuse">It cannot: all mistakes at once.</exception>
    public void Check(string path)
    {
        CampaignFile file = CampaignFile.Load(path, [], []);
        QueueBlock.Read(file.Root.Block("queue"), [.. catalogue(file).Select(stage => stage.Name)]);
        file.Finish();
    }

    /// <summary>Composes the stages again from a <see cref="LoadedCampaign.ResolvedText"/>.</summary>
    public IReadOnlyList<ComposedStage> Compose(string resolvedText) => catalogue(CampaignFile.Parse(resolvedText));
}
