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

    public static StepFailed NotFinite(double loss, int epoch, int? batch) => new(new ErrorText(
        "the loss is not a finite number",
        [
            ("found", loss.ToString(CultureInfo.InvariantCulture)),
            ("epoch", $"{epoch}"),
            batch is { } number ? ("batch", $"{number}") : ("rows", "validation"),
        ],
        "look for features or weights that are not finite; if there are none, lower the learning rate"));

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
