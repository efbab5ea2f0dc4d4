using System.Globalization;
using TauPipeline.RunStore;
using TauPipeline.Stages;

namespace TauPipeline.Host;

/// <summary>Runs beside each other, that of the lowest validation loss first: losses, areas under ROC curves, and settings that
/// differ.</summary>
internal sealed class RunTable
{
    private const string TrainLoss = "train_loss", BestLoss = "best_validation_loss", BestEpoch = "best_epoch", Missing = "-";
    private const int MostLetters = 32, MostSettings = 8;

    private readonly IReadOnlyList<StoredRun> _runs;
    private readonly IReadOnlyList<string> _differing;
    private readonly IReadOnlyList<string> _areas;

    public RunTable(IReadOnlyList<StoredRun> runs)
    {
        _runs =
        [
            .. runs.OrderBy(run => run.Last(BestLoss) ?? double.PositiveInfinity)
                .ThenBy(run => run.Name, StringComparer.Ordinal)
                .ThenBy(run => run.Id, StringComparer.Ordinal),
        ];
        _differing =
        [
            .. runs.SelectMany(run => run.Params.Keys)
                .Distinct()
                .Where(name => runs.Select(run => run.Params.GetValueOrDefault(name)).Distinct().Count() > 1)
                .Order(StringComparer.Ordinal),
        ];
        _areas =
        [
            .. runs.SelectMany(run => run.Metrics.Keys)
                .Where(name => name.StartsWith($"{KeptTraining.Evaluation}/auc/", StringComparison.Ordinal))
                .Distinct()
                .OrderBy(name => !name.Contains("/network/", StringComparison.Ordinal)) // the campaign's own, unless it is called otherwise
                .ThenBy(name => name, StringComparer.Ordinal),
        ];
    }

    /// <summary>For eyes: of the areas the first one.</summary>
    public IEnumerable<string> Lines()
    {
        string[] header =
        [
            "run", "id", "began", "epochs", "best", "train loss", "validation loss", .. _areas.Take(1).Select(_ => "AUC"), .. Shown,
        ];
        foreach (string line in Table.Lines(header, _runs.Select(Row))) yield return line;
        if (_differing.Count > MostSettings)
            yield return $"{Words.Count(_differing.Count - MostSettings, "more setting")} differ; --json has them";
        if (_areas.Count > 0) yield return $"AUC is that of {_areas[0].Split('/', 3)[2]}; --json has all {_areas.Count}";
    }

    /// <summary>For programs: a run a line.</summary>
    public IEnumerable<string> Json() => _runs.Select(run => JsonLine.Of(line =>
    {
        line.Write("event", "run")
            .Write("id", run.Id)
            .Write("name", run.Name)
            .Write("experiment", run.Experiment.Name)
            .Write("user", run.User)
            .Write("began", run.Began)
            .Write("ended", run.Ended ?? run.Began)
            .Write("status", run.Status.ToString());
        foreach ((string key, string metric) in Numbers(run))
            if (run.Last(metric) is { } value && double.IsFinite(value)) line.Write(key, value);
        line.Write("differing", _differing, (one, name) =>
            one.Write("setting", name).Write("value", run.Params.GetValueOrDefault(name)));
    }));

    // Those of the training first: a campaign has many features.
    private IEnumerable<string> Shown =>
        _differing.OrderBy(name => !name.StartsWith("train.", StringComparison.Ordinal)).Take(MostSettings);

    private static IEnumerable<(string Key, string Metric)> Numbers(StoredRun run) =>
    [
        ("best_epoch", BestEpoch), (TrainLoss, TrainLoss), (BestLoss, BestLoss),
        .. run.Metrics.Keys.Where(name => name.StartsWith($"{KeptTraining.Evaluation}/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, name)),
    ];

    private IReadOnlyList<string> Row(StoredRun run) =>
    [
        run.Name,
        run.Id[..8],
        Words.Of((DateTime?)DateTimeOffset.FromUnixTimeMilliseconds(run.Began).UtcDateTime),
        run.Metrics.TryGetValue(TrainLoss, out IReadOnlyList<MetricPoint>? epochs) ? Text(epochs.Count) : Missing,
        Text(run.Last(BestEpoch)),
        Text(run.Last(TrainLoss)),
        Text(run.Last(BestLoss)),
        .. _areas.Take(1).Select(name => Text(run.Last(name))),
        .. Shown.Select(name => Short(run.Params.GetValueOrDefault(name) ?? Missing)),
    ];

    private static string Text(double? value) => value?.ToString("G5", CultureInfo.InvariantCulture) ?? Missing;

    private static string Short(string value) => value.Length <= MostLetters ? value : value[..(MostLetters - 1)] + "…";
}
