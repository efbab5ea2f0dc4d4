using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// <c>exec-step --plan=P --row=I</c>: the child's half of an isolated step, called by the engine and by batch jobs, never by hand.
/// </summary>
internal static class ExecStep
{
    public static int Run(string[] words, Campaigns campaigns, CancellationToken cancellation)
    {
        string plan = Value(words, "--plan="), row = Value(words, "--row=");
        if (!int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            throw new Misuse($"--row={row} is not a row of a plan");
        return StepChild.Execute(plan, index, campaigns.Compose, cancellation, CodeFingerprints.Of);
    }

    private static string Value(string[] words, string option) =>
        words.FirstOrDefault(word => word.StartsWith(option, StringComparison.Ordinal))?[option.Length..]
        ?? throw new Misuse($"exec-step needs {option}…");
}
