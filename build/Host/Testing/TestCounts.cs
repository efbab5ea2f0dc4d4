using System.Globalization;
using System.Xml.Linq;

namespace TauPipeline.Host;

/// <summary>How many tests passed, failed and were skipped.</summary>
internal readonly record struct TestCounts(int Passed, int Failed, int Skipped)
{
    public static TestCounts None => default;

    /// <summary>Nothing failed, and something ran.</summary>
    public bool IsGood => Failed == 0 && Passed > 0;

    public static TestCounts operator +(TestCounts a, TestCounts b) => new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);

    /// <summary>
    /// The counts of a results file. Only what the file calls passed has passed: a time-out or an abort counts as failed.
    /// </summary>
    public static TestCounts Of(string trx)
    {
        string[] outcomes =
        [
            .. XDocument.Load(trx)
                .Descendants()
                .Where(element => element.Name.LocalName == "UnitTestResult")
                .Select(result => (string?)result.Attribute("outcome") ?? ""),
        ];
        int passed = outcomes.Count(outcome => outcome == "Passed"), skipped = outcomes.Count(outcome => outcome == "NotExecuted");
        return new TestCounts(passed, outcomes.Length - passed - skipped, skipped);
    }

    /// <summary><c>N passed, N failed</c>, and what was skipped if anything was.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed{(Skipped > 0 ? $", {Skipped} skipped" : "")}");
}
