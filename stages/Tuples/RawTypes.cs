using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Whether a raw table's columns hold what the layout and the campaign take them for. Else sums over the letters of a text would be
/// numbers too.
/// </summary>
internal static class RawTypes
{
    /// <summary>Looks at what is there; what is missing is told elsewhere.</summary>
    /// <exception cref="StepFailed">A column is of another type than the layout needs.</exception>
    /// <exception cref="Misuse">An expression takes a text for numbers, lists where one number a row is needed, or lists of what is no
    /// candidate.</exception>
    public static void Check(IRawTable table, IngestSettings settings)
    {
        foreach (NeededColumn needed in settings.NeedsOf(table.Schema).Types)
            if (table.Find(needed.Name) is { } found && !needed.Fits(found.Numbers))
                throw StageErrors.OtherType(table.Name, needed.Name, needed.ToString(), found.TypeName);
        Schema candidates = settings.Layout.CandidateSchema(table.Schema);
        foreach (Expression expression in settings.Expressions)
        {
            // What the file has and candidates have not is no missing column: it would be NaN in every file.
            ColumnSpec[] others = Others(expression.Columns, table.Schema, candidates);
            if (others.Length > 0) throw StageErrors.OtherTable(expression, table.Name, others, candidates);
            Check(table, expression, candidates);
        }
        foreach (string name in settings.Carried)
            if (table.Find(name) is { Numbers: null } found) throw StageErrors.OtherType(table.Name, name, "numbers", found.TypeName);
        if (Others(settings.Carried, table.Schema, candidates) is [var other, ..])
            throw StageErrors.OtherType(table.Name, other.Name, "a column of candidates", StageErrors.InWords(other));
    }

    /// <summary>Looks for run and luminosity section, which some layouts can do without and certified data cannot.</summary>
    /// <exception cref="StepFailed">One is missing: no row could be told to be certified.</exception>
    public static void CheckSections(IRawTable table, ITupleLayout layout)
    {
        if (layout.Identity.Take(2).FirstOrDefault(name => table.Find(name) is null) is { } lacking)
            throw StageErrors.NoSection(table.Name, lacking, table.Schema);
    }

    private static ColumnSpec[] Others(IEnumerable<string> names, Schema file, Schema candidates) =>
        [.. names.Where(name => candidates.Find(name) is null).Select(file.Find).OfType<ColumnSpec>()];

    private static void Check(IRawTable table, Expression expression, Schema candidates)
    {
        (string Name, string Type)[] found =
        [
            .. from name in expression.Columns
            let column = table.Find(name)
            where column is { Numbers: null }
            select (name, column.TypeName),
        ];
        if (found.Length > 0) throw StageErrors.WrongOperand(expression, "numbers are", table.Name, found);
        if (expression.Columns.Any(name => candidates.Find(name) is null) || expression.Check(candidates) is not { } constituents) return;
        found =
        [
            .. expression.Columns.Select(name => candidates.Find(name)!)
                .Where(column => column.Table == constituents)
                .Select(column => (column.Name, column.TypeName)),
        ];
        throw StageErrors.WrongOperand(expression, "one number a row is", table.Name, found, "make it flat with sum, count, any, maximum…");
    }
}
