using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>The stages of the campaign and what each needs, as text and as a Mermaid drawing.</summary>
internal sealed class GraphTool : ITool
{
    public string Name => "Graph";

    public string Summary => "the stages and what each needs, as text and as a Mermaid drawing";

    public int Run(Invocation call)
    {
        IReadOnlyList<IStage> stages = call.Campaign.Stages;
        IReadOnlyDictionary<string, IReadOnlyList<string>> needs = StageGraph.Needs(stages);
        IEnumerable<string> lines = call.Line.Has(Options.Json)
            ? stages.Select(stage => JsonLine.Of(line => line.Write("stage", stage.Name).Write("steps", stage.Steps().Count).Write("needs", needs[stage.Name])))
            : [.. Text(stages, needs), "", .. Mermaid(stages, needs)];
        foreach (string line in lines) call.Terminal.Output.WriteLine(line);
        return ExitCode.Done;
    }

    private static IEnumerable<string> Text(IReadOnlyList<IStage> stages, IReadOnlyDictionary<string, IReadOnlyList<string>> needs)
    {
        int width = stages.Max(stage => stage.Name.Length);
        return stages.Select(stage => $"{stage.Name.PadRight(width)}  {Words.Count(stage.Steps().Count, "step"),-10}  <- {string.Join(", ", needs[stage.Name])}".TrimEnd(' ', '-', '<'));
    }

    private static IEnumerable<string> Mermaid(IReadOnlyList<IStage> stages, IReadOnlyDictionary<string, IReadOnlyList<string>> needs) =>
        stages.SelectMany(stage => needs[stage.Name].Select(need => $"  {need} --> {stage.Name}")).Prepend("graph LR");
}
