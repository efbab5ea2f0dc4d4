using System.Runtime.CompilerServices;
using System.Text.Json;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Statistics;

/// <summary>A fact that compares with scipy and friends; skipped, and counted as such, where they are not installed.</summary>
public sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute()
    {
        if (!Oracle.IsInstalled) Skip = "needs /usr/bin/python3 with scikit-learn and statsmodels";
    }
}

/// <summary>The answers of oracle.py, asked once.</summary>
internal static class Oracle
{
    private static readonly Lazy<JsonElement> Answers = new(() => Ask());

    // looking for folders is cheap; importing takes seconds and would slow every test run down at discovery
    public static bool IsInstalled { get; } = File.Exists("/usr/bin/python3")
        && new[] { "sklearn", "statsmodels", "scipy" }.All(package => Directory.Exists($"/usr/lib/python3/dist-packages/{package}"));

    public static JsonElement Answer(string name) => Answers.Value.GetProperty(name);

    public static double[] Numbers(this JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetDouble())];

    public static double[] Numbers(this JsonElement record, string name) => record.GetProperty(name).Numbers();

    private static JsonElement Ask([CallerFilePath] string here = "")
    {
        using var answers = JsonDocument.Parse(Command.Output("/usr/bin/python3", Path.Combine(Path.GetDirectoryName(here)!, "oracle.py")));
        return answers.RootElement.Clone();
    }
}
