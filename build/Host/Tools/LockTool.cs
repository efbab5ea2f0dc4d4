using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Writes down what the products of the campaign are, in a file beside it that is kept with it.</summary>
internal sealed class LockTool : ITool
{
    public string Name => "Lock";

    public string Summary => "write <campaign>.lock beside the YAML: path, size and sha256 of each product";

    public int Run(Invocation call)
    {
        if (CampaignLock.Obstacle(call.Line) is { } trial) throw CommandErrors.NotLocked(trial);
        var held = new CampaignLock(call);
        BuildRequest request = BuildRequests.Of(
            call,
            CampaignLock.Targets(call),
            new LineReporter(call.Terminal.Error.WriteLine, isExplaining: false));
        var steps = BuildPreview.Of(request, call.Cancellation);
        if (steps.Where(one => one.Forecast != StepForecast.UpToDate).ToArray() is { Length: > 0 } stale)
            throw CommandErrors.StaleProducts([
                .. stale.Select(one => (one.Step.Id, one.Reasons.Count > 0 ? one.Reasons[0].ToString() : "something before it is stale")),
            ]);

        ProductLock products = held.Found(steps.Select(one => one.Step), request.Out);
        products.Write(held.File);
        call.Terminal.Output.WriteLine(call.Line.Has(Options.Json)
            ? JsonLine.Of(line =>
                line.Write("event", "locked")
                    .Write("file", held.File)
                    .Write("stages", products.Stages.Count)
                    .Write("lines", products.Stages.Sum(stage => stage.Lines.Count)))
            : $"wrote {held.File}: {Words.Count(products.Stages.Sum(stage => stage.Lines.Count), "line")} for {Words.Count(products.Stages.Count, "stage")}"
    );
        return ExitCode.Done;
    }
}
