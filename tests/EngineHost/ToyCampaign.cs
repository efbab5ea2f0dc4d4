using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.EngineHost;

/// <summary>
/// The campaign text is a folder of raw files and, after a comma, what the isolated step does. Copy (a step per file) ->
/// Count (one step, two outputs, counts rows) -> Sum (isolated). A text in braces is a real campaign: its external stages;
/// <c>graph,FOLDER</c> is the larger toy of <see cref="GraphCampaign"/>,
/// <c>programs,COUNT,SCRIPT</c> is <see cref="ProgramCampaign"/>.
/// </summary>
public static class ToyCampaign
{
    public static IReadOnlyList<IStage> Compose(string campaign)
    {
        if (campaign.StartsWith('{')) return ExternalCampaign.Compose(CampaignFile.Parse(campaign));
        string[] parts = campaign.Split(',');
        if (parts[0] == "graph") return GraphCampaign.Compose(parts[1]);
        if (parts[0] == "programs") return ProgramCampaign.Compose(parts[1], parts[2]);
        Step[] copies = [.. Directory.GetFiles(parts[0]).Order(StringComparer.Ordinal).Select(Copy)];
        Step count = Count(copies);
        return
        [
            new ToyStage("Copy", copies),
            new ToyStage("Count", count),
            new ToyStage("Sum", Sum(count, parts.Length > 1 ? parts[1] : "add")),
        ];
    }

    private static Step Copy(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        var raw = Artifact.Raw($"toy/{name}", new RawSource(file));
        var copy = new Artifact<ToyText>($"copy/{name}.txt");
        return new Step
        {
            Stage = "Copy",
            Key = name,
            Reads = [new StepInput("raw", raw)],
            Writes = [copy],
            Settings = SettingsUsed.None,
            Work = run => run.Write(copy, new ToyText(run.Stream<ToyReader>(raw).Text)),
        };
    }

    private static Step Count(Step[] copies)
    {
        Artifact<ToyText>[] inputs = [.. copies.Select(copy => (Artifact<ToyText>)copy.Writes[0])];
        Artifact<ToyText> counts = new("count/counts.txt"), all = new("count/all.txt");
        return new Step
        {
            Stage = "Count",
            Reads = [.. inputs.Select(input => new StepInput("text", input))],
            Writes = [counts, all],
            Settings = SettingsUsed.None,
            CountsRows = true,
            Work = run =>
            {
                string[] texts = [.. inputs.Select(input => run.Read(input).Text)];
                foreach (string text in texts) run.Rows.In("text", text.Length, text.Length);
                int length = texts.Sum(text => text.Length);
                run.Rows.Out("text", length, length);
                run.Write(counts, new ToyText(string.Join(' ', texts.Select(text => text.Length))));
                run.Write(all, new ToyText(string.Concat(texts)));
            },
        };
    }

    private static Step Sum(Step count, string how)
    {
        var counts = (Artifact<ToyText>)count.Writes[0];
        var sum = new Artifact<ToyText>("sum.txt");
        return new Step
        {
            Stage = "Sum",
            Reads = [new StepInput("counts", counts), new StepInput("ledger", count.Ledger)],
            Writes = [sum],
            Settings = SettingsUsed.None.And("sum.how", how),
            Environment = new Dictionary<string, string> { ["TOY_VARIABLE"] = "toy value" },
            Isolated = true,
            Work = run => IsolatedToy.Work(run, counts, sum, how),
        };
    }
}

/// <summary>A stage that is nothing but its steps.</summary>
public sealed record ToyStage(string Name, params IReadOnlyList<Step> Declared) : IStage
{
    public string Summary => "a toy";

    public IReadOnlyList<Step> Steps() => Declared;
}
