using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>What can be wrong with a column.</summary>
internal static class ColumnErrors
{
    public static StepFailed OtherType(ColumnSpec found, string expected) =>
        new(new ErrorText($"column '{found.Name}' has another type", [("expected", expected), ("found", found.TypeName)]));

    public static StepFailed NoType(string name) => new(new ErrorText(
        $"'{name}' is no type of a column", [("known", string.Join(", ", Enum.GetValues<ColumnType>().Select(ColumnTypes.Name)))]));

    public static StepFailed NoRoom(ColumnSpec column, string value, ColumnType taken) =>
        new(new ErrorText($"column '{column.Name}' holds a number for which the type it is taken as has no room",
            [("found", value), ("type", column.TypeName), ("taken as", ColumnTypes.Name(taken))]));

    public static StepFailed NothingInCommon(string column, (string Source, ColumnSpec Spec) one, (string Source, ColumnSpec Spec) other) =>
        new(new ErrorText($"column '{column}' is of two kinds that no one column holds",
            [(one.Source, InWords(one.Spec)), (other.Source, InWords(other.Spec))]));

    private static string InWords(ColumnSpec column) =>
        column.Table is { } table ? $"{column.TypeName} of {table}" : $"{column.TypeName}, one a row";
}
