using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>FAULTS.md says which test injects which fault; here it is held to that.</summary>
public sealed class FaultTableTests
{
    private const int Rows = 45;

    [Fact]
    public void Every_fault_has_a_test_that_exists_or_a_reason()
    {
        Dictionary<string, string> sources = Directory.GetFiles(Checkout.At("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(Checkout.At("tests"), file), File.ReadAllText);
        string[] lines =
        [
            .. File.ReadAllLines(Checkout.At("tests", "Unit", "BuildGraph", "FAULTS.md")).Where(line => Regex.IsMatch(line, @"^\| \d")),
        ];

        lines.Select(line => int.Parse(line.Split('|')[1])).ShouldBe(Enumerable.Range(1, Rows));
        foreach (string line in lines)
        {
            MatchCollection named = Regex.Matches(line, @"`(?<class>\w+Tests)\.(?<method>\w+)`");
            if (named.Count == 0) line.ShouldContain("Cut:", Case.Sensitive, line);
            foreach (Match test in named)
                sources.ShouldContain(
                    file =>
                        Path.GetFileNameWithoutExtension(file.Key) == test.Groups["class"].Value
                        && Regex.IsMatch(file.Value, $@"\b(void|Task) {test.Groups["method"].Value}\("),
                    test.Value);
        }
    }
}
