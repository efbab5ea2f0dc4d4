using System.Globalization;
using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>How outcomes, forecasts and times are said.</summary>
internal static class Words
{
    public static string Of(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Ran => "ran",
        StepOutcome.RanUnchanged => "ran, same",
        StepOutcome.Restored => "restored",
        StepOutcome.CutOff => "cut off",
        StepOutcome.UpToDate => "up to date",
        StepOutcome.Failed => "failed",
        StepOutcome.Blocked => "blocked",
        _ => "stopped",
    };

    /// <summary>Which attempt comes now, and why.</summary>
    public static string Again(StepRetried retried) =>
        $"attempt {retried.Attempt}{(retried.Memory > retried.Step.Needs.Memory ? $" with {retried.Memory >> 20} MiB" : "")}: {retried.Error.Title}";

    /// <summary>Why a step did not run.</summary>
    public static string WhyNot(StepOutcome outcome) => outcome switch
    {
        StepOutcome.UpToDate => "up to date: inputs, settings, code, tools and products are as the log has them",
        StepOutcome.CutOff => "cut off: a step before it ran, but what this one reads came out the same",
        StepOutcome.Blocked => "blocked: something it needs failed",
        _ => "stopped before it began",
    };

    public static string Of(StepForecast forecast) => forecast switch
    {
        StepForecast.UpToDate => "up to date",
        StepForecast.WouldRun => "would run",
        _ => "may run",
    };

    public static string Of(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s"
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>A moment, in UTC to the second; a dash for none.</summary>
    public static string Of(DateTime? moment) =>
        moment?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (moment is null ? "-" : " UTC");

    /// <summary>Bytes in the nearest unit.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary><c>1 step</c>, <c>2 steps</c>.</summary>
    public static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
