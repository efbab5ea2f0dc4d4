using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>Lines of numbers, printed as they come and kept beside the benchmark with machine and versions.</summary>
internal sealed class ResultTable(string name)
{
    private readonly StringBuilder _lines = new();

    /// <summary>A heading.</summary>
    public void Head(string text) => Line("", $"## {text}", "");

    /// <summary>A version of something that takes part.</summary>
    public void Version(string of, string version) => Line($"- {of}: {version}");

    /// <summary>A measured line: what, ours, the peer's, their ratio, and the bound that was set.</summary>
    public void Row(string what, params string[] cells) => Line($"| {what} | {string.Join(" | ", cells)} |");

    /// <summary>Writes <c>tests/Benchmarks/results/NAME.md</c>.</summary>
    public void Save()
    {
        string folder = Path.Combine(Environment.CurrentDirectory, "tests", "Benchmarks", "results");
        Directory.CreateDirectory(folder);
        string machine =
            $"{Environment.ProcessorCount} processors ({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.OSDescription.Split('#')[0].Trim()}, {RuntimeInformation.FrameworkDescription}";
        File.WriteAllText(Path.Combine(folder, name + ".md"), $"# {name}\n\n{machine}\n{_lines}");
    }

    /// <summary>A number with three digits or so.</summary>
    public static string Number(double value) =>
        value >= 100 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private void Line(params string[] lines)
    {
        foreach (string line in lines)
        {
            Console.WriteLine(line);
            _lines.Append(line).Append('\n');
        }
    }
}
