using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>What a dry run says of each target.</summary>
internal sealed class ForecastText(
    IReadOnlyList<(Step Step, StepForecast Forecast, IReadOnlyList<StaleReason> Reasons)> forecasts,
    bool isExplaining)
{
    /// <summary>The target with its number, and below it the steps that would or may run.</summary>
    public IEnumerable<string> Lines(int number, string target)
    {
        var steps = Of(target).ToList();
        var stale = steps.Where(one => one.Forecast != StepForecast.UpToDate).ToList();
        yield return steps.Count > 0 && stale.Count == 0 ? $"{number}. {target} (up to date)" : $"{number}. {target}";
        foreach ((Step step, StepForecast forecast, IReadOnlyList<StaleReason> reasons) in stale)
        {
            yield return $"   {Words.Of(forecast),-9}  {step.Id}";
            if (isExplaining) foreach (StaleReason reason in reasons) yield return $"     {reason}";
        }
    }

    /// <summary>A JSON object for each step of the target.</summary>
    public IEnumerable<string> Json(string target) => Of(target).Select(one => JsonLine.Of(line =>
        line.Write("event", "forecast").Write("step", one.Step.Id).Write("forecast", one.Forecast.ToString()).Write(one.Reasons)));

    private IEnumerable<(Step Step, StepForecast Forecast, IReadOnlyList<StaleReason> Reasons)> Of(string target) =>
        forecasts.Where(one => one.Step.Stage == target);
}
