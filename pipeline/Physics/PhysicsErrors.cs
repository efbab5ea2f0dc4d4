using System.Globalization;
using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>What can be wrong with truth, spectra, mixing, weights and scalings.</summary>
internal static class PhysicsErrors
{
    public static Misuse UnknownName(string what, string name, IEnumerable<string> known)
    {
        string[] names = [.. known];
        return new(
            new ErrorText($"'{name}' is not a {what}", [("nearest", ErrorText.Nearest(name, names)), ("known", string.Join(", ", names))]));
    }

    public static StepFailed UnknownCode(string what, double found, string expected) =>
        new(new ErrorText($"unknown {what}", [("found", Text(found)), ("expected", expected)]));

    public static StepFailed UnknownClass(int found, int known) => new(new ErrorText(
        "a row has a class that this campaign does not know", [("found", Text(found)), ("known", $"0 to {Text(known - 1)}")]));

    public static StepFailed TwoClasses(TauClass first, ClassDefinition second, int row) => new(new ErrorText(
        $"a candidate belongs to two classes, '{first.Name}' and '{second.Class.Name}'",
        [("row", Text(row)), ("rule", $"{second.Truth.Text} ({second.Truth.Where})")],
        "make the truth rules of the classes exclude each other"));

    public static StepFailed PromptLeptonInEmbedded(GenLeptonMatch match) =>
        new(
            new ErrorText(
                "an embedded sample cannot hold a prompt lepton",
                [("found", match.ToString())],
                "check the dataset's sample type"));

    public static StepFailed NoSumOfWeights(double found) => new(new ErrorText(
        "the generator weights of a dataset sum to nothing that its events can be scaled by",
        [("found", Text(found)), ("needed", "above 0")],
        "see ingest/<dataset>/*.events.json; data have no cross section"));

    public static StepFailed NoProfile(PileUpProfile profile, int bin, double found) => new(new ErrorText(
        $"{profile.Name} is no distribution of pile-up",
        [("bin", $"{Text(profile.Bins.Edges[bin])} to {Text(profile.Bins.Edges[bin + 1])}"), ("found", Text(found)), ("needed", "0 or more")]));

    public static StepFailed EmptyProfile(PileUpProfile profile) => new(new ErrorText(
        $"{profile.Name} has nothing in its bins", [("bins", $"{Text(profile.Bins.Low)} to {Text(profile.Bins.High)}")]));

    public static StepFailed NoPileUp(PileUpProfile simulation, double found) => new(new ErrorText(
        $"a simulated event has a pile-up that {simulation.Name} does not have",
        [("found", Text(found)), ("bins", $"{Text(simulation.Bins.Low)} to {Text(simulation.Bins.High)}")],
        "take the profile that this sample was simulated with, or give such events weight 0 by  outside: zero"));

    public static Misuse OtherBinning(string group, Spectrum spectrum, Spectrum expected) => new(new ErrorText(
        $"the spectrum of group '{group}' has another binning", [("expected", expected.Binning), ("found", spectrum.Binning)]));

    public static StepFailed EmptyBins(IReadOnlyList<string> bins, string advice) => new(new ErrorText(
        $"{bins.Count} spectrum {(bins.Count == 1 ? "bin is" : "bins are")} empty", [("empty", Listed(bins))], advice));

    public static StepFailed EmptySpectrumBins(IReadOnlyList<string> bins, BinSuggestion? suggestion) => new(new ErrorText(
        $"{bins.Count} spectrum {(bins.Count == 1 ? "bin is" : "bins are")} empty",
        [("empty", Listed(bins)), ("bins that leave none empty", suggestion?.ToString() ?? "there are none: a type has no candidate in range")],
        "use coarser bins (definitions: binning), take the type out of the group, or allow_empty_bins"));

    public static StepFailed EmptySpectrum(string group, TauClass type) =>
        new(new ErrorText($"group '{group}' has no {type.Name} in range", [], "widen the bins, or take the type out of the group"));

    public static StepFailed NothingAboveThreshold(string group, TauClass type, double disbalance) => new(new ErrorText(
        $"no {type.Name} of group '{group}' in the last pt bin, so that its disbalance bounds everything to zero",
        [("disbalance", Text(disbalance))],
        "move the last pt edge down, or do not take all of the last bin"));

    public static Misuse TypeWithoutRatio(string group, TauClass type) =>
        new(
            new ErrorText(
                $"group '{group}' delivers {type.Name}, which has no ratio",
                [],
                $"add {type.Name} to the ratios, or take it out of the group"));

    public static StepFailed RatioWithoutType(TauClass type) =>
        new(new ErrorText($"a ratio is asked for {type.Name}, which no group delivers"));

    public static Misuse BadRatio(TauClass type, double ratio) => new(new ErrorText(
        $"the ratio of {type.Name} must be positive, or -1 for all", [("found", Text(ratio))]));

    public static Misuse TooFewPtBins(int found) =>
        new(new ErrorText("taking all of the last pt bin needs at least two pt bins", [("found", Text(found))]));

    public static Misuse BadDisbalance(double found) =>
        new(new ErrorText("the disbalance of the last bin must be above zero", [("found", Text(found))]));

    public static Misuse NoGroups() => new("there is no group to mix");

    public static Misuse EdgeListsDiffer(int ptBins, int lists) =>
        new(new ErrorText("each pt bin needs one list of abs eta edges", [("pt bins", Text(ptBins)), ("lists", Text(lists))]));

    public static StepFailed WeightSpread(double spread, double largest) => new(new ErrorText(
        "training weights differ too much",
        [("largest over smallest", Text(spread)), ("allowed", Text(largest))],
        "use coarser bins where a type is rare"));

    public static StepFailed OutsideWeights(TauClass type, double absEta, double pt) => new(new ErrorText(
        "a candidate lies outside the range of the training weights", [("type", type.Name), ("abs eta", Text(absEta)), ("pt", Text(pt))],
        "select candidates inside the bins, or choose what happens to those outside: drop or nearest"));

    public static StepFailed NoWeights(TauClass type) => new($"there are no training weights for {type.Name}");

    public static StepFailed NoWeights(int index) => new($"there are no training weights for the class of number {Text(index)}");

    public static Misuse BadLimits(string feature, double low, double high) => new(new ErrorText(
        $"the limits of '{feature}' must be two increasing numbers", [("found", $"{Text(low)}, {Text(high)}")]));

    public static StepFailed TooFewValues(string feature, Moments moments) => new(new ErrorText(
        $"'{feature}' has too few values for a mean and a spread",
        [("values", Text(moments.Count)), ("not a number", Text(moments.NotANumber)), ("infinite", Text(moments.Infinite))]));

    public static StepFailed TooManyNotFinite(string feature, Moments moments, long seen, double largest) => new(new ErrorText(
        $"too many values of '{feature}' are not finite",
        [
            ("not a number", Text(moments.NotANumber)),
            ("infinite", Text(moments.Infinite)),
            ("of", Text(seen)),
            ("allowed share", Text(largest)),
        ]));

    public static StepFailed NotFinite(string feature, int row, double value) => new(new ErrorText(
        $"'{feature}' is not finite after scaling",
        [("row", Text(row)), ("value", Text(value))],
        "give the feature finite limits, or mark the value as missing at ingest"));

    public static StepFailed OtherLength((string Name, int Found) column, (string Name, int Found) first, int row) => new(new ErrorText(
        "the constituents of a candidate have lists of different lengths",
        [("row", Text(row)), (first.Name, Text(first.Found)), (column.Name, Text(column.Found))]));

    public static StepFailed NoLists(string column) => new(new ErrorText(
        $"'{column}' holds one number a candidate, where a list of its constituents is needed"));

    public static StepFailed NotRequired(Expressions.Expression rule, int row, int place, string found) => new(new ErrorText(
        "a constituent is none that this campaign knows",
        [("row", Text(row)), ("constituent", Text(place)), ("found", found), ("required", $"{rule.Text} ({rule.Where})")]));

    public static StepFailed NotAScore(TauClass against, int row, double tau, double other) => new(new ErrorText(
        $"class probabilities must lie in [0, 1] for the score against {against.Name}",
        [("row", Text(row)), ("tau", Text(tau)), (against.Name, Text(other))]));

    public static ErrorText BadTarget(WorkingPointTarget target) => new(
        $"the target efficiency of {target.Point} against {target.Against} must lie between 0 and 1", [("found", Text(target.Efficiency))]);

    public static ErrorText TargetOrder(WorkingPointTarget looser, WorkingPointTarget tighter) => new(
        looser.Point == tighter.Point
            ? $"{tighter.Point} against {tighter.Against} is defined twice"
            : $"{tighter.Point} against {tighter.Against} must have a smaller efficiency than {looser.Point}, which is looser",
        [(looser.Point.ToString(), Text(looser.Efficiency)), (tighter.Point.ToString(), Text(tighter.Efficiency))]);

    public static Misuse BadSetting(string what, double found, string expected) =>
        new(new ErrorText($"{what} must be {expected}", [("found", Text(found))]));

    public static ErrorText RequirementUndefined(string against, WorkingPoint point, IEnumerable<WorkingPointTarget> defined)
    {
        string[] names = [.. defined.Select(target => target.Point.ToString())];
        return new(
            $"{point} against {against} is required, but it is not among the working points to find",
            [("defined", names.Length == 0 ? $"none against {against}" : string.Join(", ", names))],
            "define its efficiency, or require one that is defined");
    }

    public static Defect NoTausLeft(string against) =>
        new($"a search for working points against {against} began without a tau that counts");

    public static StepFailed RoundingMerges(WorkingPointTarget looser, WorkingPointTarget tighter, double threshold) => new(new ErrorText(
        $"rounding gives two working points against {looser.Against} the same threshold",
        [("points", $"{looser.Point}, {tighter.Point}"), ("threshold", Text(threshold))], "keep more decimals"));

    public static Misuse BadFractions(double sum) =>
        new(new ErrorText("the fractions of the splits must be positive and add up to 1", [("sum", Text(sum))]));

    public static Misuse SplitTwice(string name) => new($"the split '{name}' is named twice");

    public static StepFailed TwoRules(
        string what,
        (string Name, Expressions.Expression When) first,
        (string Name, Expressions.Expression When) second,
        int row) =>
        new(new ErrorText(
            $"a row belongs to two: {what} '{first.Name}' and '{second.Name}'",
            [
                ("row", Text(row)),
                (first.Name, $"{first.When.Text} ({first.When.Where})"),
                (second.Name, $"{second.When.Text} ({second.When.Where})"),
            ],
            "make the rules exclude each other"));

    public static StepFailed NothingToWeigh(string table) =>
        new(new ErrorText($"'{table}' has no row to make weights of", [], "see the row ledger for what became of the train rows"));

    public static StepFailed NothingToSample(string table, int one) => new(new ErrorText(
        $"'{table}' cannot weigh class {Text(one)}, which has no row where it could be drawn",
        [],
        "take the class out of the sample, or use coarser cells"));

    public static StepFailed TargetWithoutRows(string table, IReadOnlyList<string> cells) => new(new ErrorText(
        $"'{table}' has a target in {cells.Count} cells in which a class has no row to carry it",
        [("cells", Listed(cells))],
        "use coarser cells, or 'empty_cells: zero' to leave the rows of such cells out with weight 0"));

    public static StepFailed TooFewRows(string component, ClassRows of, long needed, long wanted) => new(new ErrorText(
        $"'{component}' has too few rows of class {of.Class.Name} to draw {wanted}",
        [("needed", Text(needed)), ("found", Text(of.Rows))],
        "lower rows of the component, or raise sampling_fraction; 'rows: -1' takes all that there are"));

    public static StepFailed NoWeightsOf(string table, int found, IEnumerable<int> known) => new(new ErrorText(
        $"'{table}' has no weights for class {Text(found)}: no train row is of it",
        [("known", string.Join(", ", known))]));

    private static string Listed(IReadOnlyList<string> items) =>
        string.Join("\n", items.Take(20)) + (items.Count > 20 ? $"\nand {items.Count - 20} more" : "");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
