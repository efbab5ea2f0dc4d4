using System.Text.Json;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>What can be wrong with a product.</summary>
internal static class FormatErrors
{
    public static StepFailed NoEpoch(int epoch, IReadOnlyList<int> there) => new(new ErrorText(
        $"there is no checkpoint of epoch {epoch}",
        [("found", string.Join(", ", there))],
        "a training that no longer gains ends early: take one of these in apply.checkpoint, or raise train.patience"));

    public static StepFailed NoFile(string path) => new($"there is no '{path}'");

    public static StepFailed NotUtf8(string path, Exception cause) => new(new ErrorText($"'{path}' is not a text in UTF-8"), cause);

    public static StepFailed NotA(string path, string expected, JsonException wrong) => new(new ErrorText(
        $"{path}:{(wrong.LineNumber ?? 0) + 1}: this is not a {expected}", [("at", wrong.Path ?? "$"), ("found", wrong.Message)]), wrong);

    public static StepFailed NotA(string path, string expected, string found) => new(new ErrorText(
        $"'{path}' is not a {expected}", [("found", found)]));

    public static StepFailed NoScaling(string path, string feature, IEnumerable<string> known)
    {
        string[] names = [.. known.Distinct(StringComparer.Ordinal)];
        return new(new ErrorText($"'{path}' has no scaling of '{feature}'", [("nearest", ErrorText.Nearest(feature, names))]));
    }

    public static StepFailed SeveralScalings(string path, string feature, IEnumerable<string> groups) => new(new ErrorText(
        $"'{path}' has '{feature}' in several groups", [("groups", string.Join(", ", groups))], "say which by 'group:' of the feature"));

    public static StepFailed NoConstants(string path, string feature, string found) => new(new ErrorText(
        $"'{path}' has no usable constants of {feature}",
        [("found", found), ("needed", "global, or inner and outer, each with finite mean and std and lim_min < lim_max")]));

    public static StepFailed ChangedColumn(string path, string column, ContentHash expected, ContentHash found) => new(new ErrorText(
        $"'{path}': '{column}' is not what was written", [("written", $"sha256 {expected.Short}…"), ("read", $"sha256 {found.Short}…")],
        "the disk, its memory or a library gave other bytes: check the disk, delete the file and run again"));

    public static StepFailed UnwrittenColumn(string path, string column, IEnumerable<string> written) => new(new ErrorText(
        $"'{path}' has a column '{column}', and its writer wrote none", [("nearest", ErrorText.Nearest(column, written))],
        "the disk, its memory or a library gave other bytes: check the disk, delete the file and run again"));

    public static StepFailed Damaged(string path, string what, string found) => new(new ErrorText(
        $"'{path}' is damaged: {what}", [("found", found)]));

    public static Misuse NoColumnWanted(string file, IEnumerable<string> known) => new(new ErrorText(
        $"none of the columns of '{file}' is chosen", [("columns", string.Join(", ", known))]));

    public static StepFailed NoColumn(string path, string name, IEnumerable<string> known) => new(new ErrorText(
        $"'{path}' has no column '{name}'", [("nearest", ErrorText.Nearest(name, known))]));

    public static StepFailed NoTable(string path, string name, IEnumerable<string> known) => new(new ErrorText(
        $"'{path}' has no table '{name}'", [("nearest", ErrorText.Nearest(name, known))]));

    public static StepFailed NoRawColumn(RawTableName table, string name, IEnumerable<string> known) => new(new ErrorText(
        $"{table} has no {table.ColumnKind} '{name}'", [("file", table.File), ("nearest", ErrorText.Nearest(name, known))]));

    public static StepFailed NoSpectrum(string path, string expected, IEnumerable<string> found) => new(new ErrorText(
        $"'{path}' has no spectrum of a class of this campaign",
        [("expected", $"{expected} and the like"), ("found", string.Join(", ", found.Take(20)))]));

    public static StepFailed NotAProfile(string path, string name, int axes) => new(new ErrorText(
        $"'{name}' in '{path}' is no distribution of one variable", [("found", $"{axes} axes"), ("needed", "a TH1")]));

    public static StepFailed NotASpectrum(string path, string name, string found, string expected) => new(new ErrorText(
        $"'{path}': '{name}' is no spectrum", [("found", found), ("expected", expected)]));

    public static StepFailed OtherSpectrumBins(string path, string name, string found, string expected) => new(new ErrorText(
        $"'{path}': '{name}' has other bins than the histograms before it", [("found", found), ("expected", expected)]));

    public static StepFailed NotNumbers(RawTableName table, string name, string type) => new(new ErrorText(
        $"{table.Of(name)} holds no numbers", [("file", table.File), ("found", type)]));

    public static Defect Undeclared(string path, string name) => new(new ErrorText(
        $"column '{name}' is read but was not declared", [("file", path)], "name it in the step's Reads"));

    public static Defect OtherColumns(string path, ColumnSpec expected, ColumnSpec? found) => new(new ErrorText(
        $"a batch for '{path}' has not the columns that were begun",
        [("expected", $"{expected.Name} {expected.TypeName}"), ("found", found is null ? "none" : $"{found.Name} {found.TypeName}")]));

    public static Defect OtherCount(string path, int expected, int found) => new(new ErrorText(
        $"a batch for '{path}' has not the columns that were begun", [("expected", $"{expected} columns"), ("found", $"{found}")]));

    public static Defect OtherOffsets(string table, string column) => new(
        $"column '{column}' does not share the offsets of table '{table}'");
}
