using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>What can be wrong with a column.</summary>
internal static class ColumnErrors
{
    public static StepFailed OtherType(ColumnSpec found, string expected) =>
        new(new ErrorText($"column '{found.Name}' has another type", [("expected", expected), ("found", found.TypeName)]));
}
