using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The stages of the campaign, or its steps, what each needs, and in what state it is: as text or drawn.</summary>
internal sealed class GraphTool : ITool
{
    private static readonly (string Name, Func<FlowGraph, IEnumerable<string>> Lines)[] Formats =
        [("text", GraphTexts.Plain), ("mermaid", GraphTexts.Mermaid), ("dot", GraphTexts.Dot), ("svg", SvgGraph.Lines)];

    public string Name => "Graph";

    public string Summary => "the stages, what each needs and its state: --format=text|mermaid|dot|svg [--steps]";

    public int Run(Invocation call)
    {
        string wanted = call.Line.Value(Options.Format) ?? Formats[0].Name;
        if (call.Line.Has(Options.Json) && call.Line.Has(Options.Format)) throw CommandErrors.NotTogether(Options.Json, Options.Format);
        if (!Formats.Any(format => format.Name == wanted))
            throw CommandErrors.BadValue(Options.Format, wanted, string.Join(", ", Formats.Select(format => format.Name)));
        bool isOfSteps = call.Line.Has(Options.Steps);
        IReadOnlyList<IStage> stages = call.Campaign.Stages;
        FlowGraph graph = isOfSteps ? FlowGraph.OfSteps(stages, Looks(call)) : FlowGraph.OfStages(stages, Looks(call));
        IEnumerable<string> lines = call.Line.Has(Options.Json)
            ? GraphTexts.Json(graph, isOfSteps ? "step" : "stage")
            : Formats.First(format => format.Name == wanted).Lines(graph);
        foreach (string line in lines) call.Terminal.Output.WriteLine(line);
        return ExitCode.Done;
    }

    // A campaign can be drawn before its raw files are there.
    private static IReadOnlyList<StepLook>? Looks(Invocation call)
    {
        try { return StepLook.All(call); }
        catch (PipelineException unknown) when (unknown is Misuse or StepFailed)
        {
            call.Terminal.Error.WriteLine($"the states are not known: {unknown.Text.Title}");
            return null;
        }
    }
}
