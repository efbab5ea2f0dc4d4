using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Architecture;

/// <summary>A file is one screen or two.</summary>
public sealed class SizeTests(ITestOutputHelper output)
{
    private const int Limit = 500;

    // File -> why it may be longer.
    private static readonly Dictionary<string, string> Exceptions = [];

    private static readonly string[] Endings = [".cs", ".cake", ".proj", ".targets", ".mjs", ".cpp", ".h", ".py"];

    [Fact]
    public void No_file_is_longer_than_the_limit()
    {
        Dictionary<string, int> sizes = Endings.SelectMany(ending => Checkout.Sources(ending, "pipeline", "stages", "build", "tests"))
            .Distinct()
            .ToDictionary(file => file, file => File.ReadLines(Checkout.At(file)).Count());

        Print("lines a file", sizes);

        sizes.Where(file => file.Value > Limit && !Exceptions.ContainsKey(file.Key))
            .Select(file => $"{file.Key}: {file.Value} lines")
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_type_is_longer_than_the_limit()
    {
        Dictionary<string, int> sizes = Checkout.Sources(".cs", "pipeline", "stages", "build").SelectMany(Types)
            .GroupBy(type => type.Name).ToDictionary(group => group.Key, group => group.Max(type => type.Lines));

        Print("lines a type", sizes);

        sizes.Where(type => type.Value > Limit).Select(type => $"{type.Key}: {type.Value} lines").ShouldBeEmpty();
    }

    [Fact]
    public void The_launcher_is_thin() => File.ReadLines(Checkout.At("build.cake")).Count().ShouldBeLessThanOrEqualTo(60);

    [Fact]
    public void Every_exception_is_still_needed() =>
        Exceptions.Keys.Where(file => !File.Exists(Checkout.At(file)) || File.ReadLines(Checkout.At(file)).Count() <= Limit)
            .ShouldBeEmpty();

    // The format is checked, so a type ends at the first closing brace in its own column.
    private static IEnumerable<(string Name, int Lines)> Types(string file)
    {
        string[] lines = File.ReadAllLines(Checkout.At(file));
        for (int at = 0; at < lines.Length; at++)
        {
            Match type = Regex.Match(lines[at], @"^(?<indent> *)(?:\w+ )*(?:class|record|struct|interface) (?:struct )?(?<name>[A-Z]\w*)");
            if (!type.Success) continue;
            int end = Array.FindIndex(lines, at, line =>
                line == type.Groups["indent"].Value + "}" || line == type.Groups["indent"].Value + "};");
            bool isOneLine = lines[at].TrimEnd().EndsWith(';');
            yield return ($"{file}: {type.Groups["name"].Value}", isOneLine || end < 0 ? 1 : end - at + 1);
        }
    }

    private void Print(string title, Dictionary<string, int> sizes)
    {
        int[] sorted = [.. sizes.Values.Order()];
        output.WriteLine(
            $"{title}: {sorted.Length}, median {sorted[sorted.Length / 2]}, p90 {sorted[sorted.Length * 9 / 10]}, longest {sorted[^1]}");
        foreach ((string name, int lines) in sizes.OrderByDescending(one => one.Value).Take(10)) output.WriteLine($"  {lines,4}  {name}");
    }
}
