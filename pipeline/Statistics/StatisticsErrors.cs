using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.Statistics;

/// <summary>What can be wrong with edges, samples and probabilities.</summary>
internal static class StatisticsErrors
{
    public static Misuse TooFewEdges(int found) => new($"a binning needs at least two edges, not {found}");

    public static Misuse EdgeOrder(int index, double before, double edge) => new(new ErrorText(
        "bin edges must be finite and increase strictly",
        [("edge", $"number {index + 1}"), ("found", Text(edge)), ("before it", Text(before))]));

    public static Misuse EdgeNotShared(double edge, BinEdges fine) => new(new ErrorText(
        $"the coarse edge {Text(edge)} is not an edge of the fine binning",
        [
            ("nearest", Text(fine.Edges.MinBy(known => Math.Abs(known - edge)))),
            ("fine bins", $"{fine.Count} from {Text(fine.Low)} to {Text(fine.High)}"),
        ],
        "choose coarse edges among the fine ones, or make the fine binning finer"));

    public static Defect OtherBinning(string found, string expected) =>
        new(new ErrorText("histograms of different binning cannot be combined", [("expected", expected), ("found", found)]));

    public static Defect LengthsDiffer(string what, int expected, int found) =>
        new(new ErrorText($"{what} must have one value a row", [("expected", Text(expected)), ("found", Text(found))]));

    public static StepFailed BadWeight(int row, double weight) => new(new ErrorText(
        "weights must be finite", [("row", Text(row)), ("found", Text(weight))]));

    public static StepFailed BadChance(int index, double weight) => new(new ErrorText(
        "something is drawn with a probability proportional to its weight, which must be finite and not negative",
        [("number", Text(index)), ("found", Text(weight))]));

    public static StepFailed BadScore(int row, double score) =>
        new(new ErrorText("scores must be numbers", [("row", Text(row)), ("found", Text(score))]));

    public static Misuse NotAProbability(string what, double found) =>
        new(new ErrorText($"{what} must lie between 0 and 1", [("found", Text(found))]));

    public static Defect BadCounts(double passed, double total) =>
        new(new ErrorText("a proportion needs 0 <= passed <= total", [("passed", Text(passed)), ("total", Text(total))]));

    public static StepFailed NothingToRank(string what) => new($"{what} needs values whose weights add up to more than zero");

    public static Defect NoConvergence(string what, double a, double b, double at) =>
        new(new ErrorText($"{what} did not converge", [("a", Text(a)), ("b", Text(b)), ("at", Text(at))]));

    public static Misuse TooManyCells(long found, int most) => new(new ErrorText(
        found == 0 ? "cells need at least one variable" : "there are more cells than can be counted in",
        [("found", Text(found)), ("most", Text(most))], "use fewer variables or coarser bins"));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
