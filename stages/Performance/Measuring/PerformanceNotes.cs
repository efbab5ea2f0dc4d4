using System.Globalization;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>What could not be shown, or not with all rows, and why.</summary>
internal sealed class PerformanceNotes
{
    private readonly List<string> _notes = [];
    private readonly List<(string Title, string What)> _lacking = [];

    public IReadOnlyList<string> All =>
    [
        .. _notes,
        .. _lacking.GroupBy(one => one.Title)
            .Select(one => $"{one.Key}: the files lack its {string.Join(", ", one.Select(lacking => lacking.What).Distinct())}"),
    ];

    public void NoThresholds(string lacking) => _notes.Add($"No working points of the network: {lacking}.");

    public void NoRows(EvaluationPair pair, string side) => _notes.Add($"{pair.Title}: no {side} row is left; no curve");

    public void Unmatched(EvaluationPair pair, double share) => _notes.Add(
        string.Create(CultureInfo.InvariantCulture, $"{pair.Title}: no background stands for {share:0.0 %} of the signal; use wider bins"));

    public void NoCurve(EvaluationPair pair, Discriminator one, EvaluationBin bin, RocEntry entry) =>
        _notes.Add(
            $"{pair.Title}, {one.Title}, {BinText.Of(bin)}: {entry.Signal} signal and {entry.Background} background rows{(entry.Weight == "none" ? "" : " by weight")}; no curve"
        );

    public void NoScore(EvaluationPair pair, Discriminator one, EvaluationBin bin, int rows) =>
        _notes.Add(
            $"{pair.Title}, {one.Title}, {BinText.Of(bin)}: {rows} {(rows == 1 ? "row has" : "rows have")} no score and {(rows == 1 ? "is" : "are")} left out"
        );

    public void Lacking(Discriminator one, string what) => _lacking.Add((one.Title, what));

    public void NoEncoding(Discriminator one, string column) =>
        _notes.Add(
            $"{one.Title}: the values of {column} do not tell bits from ordinals; no working points until its 'encoding' says which");
}
