using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>What can be wrong with a column.</summary>
internal static class ColumnErrors
{
    public static StepFailed OtherType(ColumnSpec found, string expected) =>
        new(new ErrorText($"column '{found.Name}' has another type", [("expected", expected), ("found", found.TypeName)]));

    public static StepFailed NoRoom(ColumnSpec column, string value, ColumnType widened) =>
        new(new ErrorText($"column '{column.Name}' holds a number that is too large where some may be missing",
            [("found", value), ("type", column.TypeName), ("taken as", ColumnTypes.Name(widened))]));
}
