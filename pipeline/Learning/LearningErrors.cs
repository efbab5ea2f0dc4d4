using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.Learning;

/// <summary>What can be wrong with a training.</summary>
internal static class LearningErrors
{
    public static Misuse NoNetwork(string what, string found, string expected) =>
        new(new ErrorText($"no network can be trained with this {what}", [("found", found), ("expected", expected)]));

    public static Defect BadBatch(string found, string expected) =>
        new(new ErrorText("a batch does not fit the network", [("found", found), ("expected", expected)]));

    public static StepFailed NotFinite(string what, int epoch, int batch, NotFiniteRows rows) => new(new ErrorText(
        $"{what} is not a finite number",
        [
            ("epoch", $"{epoch}"),
            ("batch", $"{batch}, of {rows.All} rows"),
            .. rows.Rows > 0 ? [("rows", $"{rows.Rows}, not finite")] : Array.Empty<(string, string)>(),
            .. rows.First is { } first
                ? [(rows.Rows > 0 ? "first of them" : "first of the batch", first)]
                : Array.Empty<(string, string)>(),
            .. rows.What.Length > 0 ? [("it has", rows.What)] : Array.Empty<(string, string)>(),
        ],
        rows.What.Length > 0
            ? "mend that row, or its feature or weight"
            : "all that goes into the network is finite: lower train.learning_rate, or set train.max_gradient"));

    public static StepFailed NoStart(string found, IReadOnlyList<(string, string)> facts, IReadOnlyList<string>? fitting) => new(
        new ErrorText(
            $"a training cannot start from {found}",
            facts,
            fitting is null ? null
            : fitting.Count == 0 ? "train.start takes a model of the network that is trained"
            : $"take what fits alone: train.start_layers: [{string.Join(", ", fitting)}]"));

    public static StepFailed NoSuchLayer(string pattern, IReadOnlyList<string> names) => new(new ErrorText(
        $"train.start_layers: '{pattern}' is no layer of the network",
        [("nearest", ErrorText.Nearest(pattern, names))]));

    public static StepFailed NoWeight(string rows, long count, double weight) =>
        new(
            new ErrorText(
                $"the {rows} rows have no weight to learn from",
                [("rows", $"{count}"), ("sum of weights", weight.ToString(CultureInfo.InvariantCulture))]));

    public static StepFailed ScaledOutside() => new(new ErrorText(
        "a network that takes grids cannot scale them itself: what is absent from a cell is 0 after scaling",
        [],
        "export: scaling: beside"));

    public static StepFailed NothingToExport(string why) => new(new ErrorText("there is no network to export", [("because", why)]));

    public static StepFailed NoModel(string found) => new(new ErrorText("this torch file is not a model of ours", [("found", found)]));
}
