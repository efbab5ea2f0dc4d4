using System.Text.Json;

namespace TauPipeline.Tasks;

/// <summary>What MSBuild is told of a run that went well.</summary>
internal static class RunWords
{
    /// <summary>The line at the end, from a JSON line <c>summary</c>.</summary>
    public static string Summary(JsonElement line) =>
        $"{Number(line, "Ran") + Number(line, "RanUnchanged")} steps ran, {Number(line, "Restored")} restored, {Number(line, "UpToDate")} up to date, {Number(line, "CutOff")} cut off, {Number(line, "Failed")} failed";

    /// <summary>Whether the step has new products: worth a line in every log.</summary>
    public static bool IsNews(string outcome) => outcome is "Ran" or "RanUnchanged" or "Restored";

    private static long Number(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;
}
