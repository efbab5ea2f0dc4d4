using System.Collections;

namespace TauPipeline.BuildGraph;

/// <summary>The variables that a child sees.</summary>
internal static class ChildEnvironment
{
    /// <summary>
    /// Ours, unless it is to have a clean one, with those of the request: <c>NAME=VALUE</c>, <see langword="null"/> last.
    /// </summary>
    public static string?[] Of(ProcessRequest request)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry ours in Environment.GetEnvironmentVariables())
            if (!request.HasCleanEnvironment || (string)ours.Key == AttemptProcesses.Mark)
                variables[(string)ours.Key] = (string?)ours.Value;
        foreach ((string name, string? value) in request.Environment) variables[name] = value;
        return [.. variables.Where(variable => variable.Value is not null).Select(variable => $"{variable.Key}={variable.Value}"), null];
    }
}
