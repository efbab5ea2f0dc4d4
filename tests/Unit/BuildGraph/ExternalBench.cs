using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Tests.EngineHost;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>
/// A campaign of external stages whose programs are shell scripts of the test, run by the engine in children of the smallest host.
/// </summary>
internal sealed class ExternalBench : IDisposable
{
    public BuildBench Bench { get; } = new();

    public string Out => Bench.Out;

    public void Dispose() => Bench.Dispose();

    public string At(string name) => Path.Combine(Bench.Root, name);

    /// <summary>A shell script of that name.</summary>
    public void Script(string name, string body)
    {
        File.WriteAllText(At(name), "#!/bin/sh\n" + body + "\n");
        ProcessRunner.Run(new ProcessRequest("chmod", ["u+x", At(name)]), CancellationToken.None);
    }

    public CampaignFile Load(string yaml)
    {
        File.WriteAllText(At("campaign.yaml"), yaml);
        return CampaignFile.Load(At("campaign.yaml"), [], []);
    }

    public BuildRequest Request(string yaml)
    {
        CampaignFile campaign = Load(yaml);
        string resolved = campaign.ResolvedText();
        return Bench.Request(ExternalCampaign.Compose(campaign)) with
        {
            Memory = 512 << 20,
            Campaign = resolved,
            ChildCommand = ["dotnet", typeof(ToyCampaign).Assembly.Location],
        };
    }

    public BuildSummary Build(string yaml) => Bench.Build(Request(yaml));

    /// <summary>A campaign of one stage <c>Tool</c> that runs <c>tool.sh</c>.</summary>
    public static string Tool(string arguments, string more = "") => $$"""
        external:
          Tool:
            program: ./tool.sh
            arguments: {{arguments}}
            outputs: { made: { file: made/it.txt } }
            {{more}}
        """;
}
