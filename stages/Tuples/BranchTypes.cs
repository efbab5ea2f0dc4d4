using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Whether a raw file's branches hold what the layout and the campaign take them for. Else sums over the letters of a text would be numbers too.</summary>
internal static class BranchTypes
{
    /// <summary>Looks at what is there; what is missing is told elsewhere.</summary>
    /// <exception cref="StepFailed">A branch is of another type than the layout needs.</exception>
    /// <exception cref="Misuse">An expression takes a text for numbers, lists where one number a row is needed, or lists of what is no candidate.</exception>
    public static void Check(RawTuple raw, IngestSettings settings, Schema file)
    {
        string tree = settings.Layout.Tree;
        foreach (BranchType needed in settings.BranchesOf(file).Types)
            if (raw.Find(tree, needed.Name) is { } found && !needed.Fits(found.Numbers)) throw StageErrors.OtherType((raw.File, tree, needed.Name), needed.ToString(), found.TypeName);
        Schema candidates = settings.Layout.CandidateSchema(file);
        foreach (Expression expression in settings.Expressions)
        {
            // What the file has and candidates have not is no missing branch: it would be NaN in every file.
            ColumnSpec[] others = Others(expression.Columns, file, candidates);
            if (others.Length > 0) throw StageErrors.OtherTable(expression, (raw.File, tree), others, candidates);
            Check(raw, tree, expression, candidates);
        }
        foreach (string name in settings.Carried)
            if (raw.Find(tree, name) is { Numbers: null } found) throw StageErrors.OtherType((raw.File, tree, name), "numbers", found.TypeName);
        if (Others(settings.Carried, file, candidates) is [var other, ..]) throw StageErrors.OtherType((raw.File, tree, other.Name), "a column of candidates", StageErrors.InWords(other));
    }

    private static ColumnSpec[] Others(IEnumerable<string> names, Schema file, Schema candidates) =>
        [.. names.Where(name => candidates.Find(name) is null).Select(file.Find).OfType<ColumnSpec>()];

    private static void Check(RawTuple raw, string tree, Expression expression, Schema candidates)
    {
        (string Name, string Type)[] found = [.. expression.Columns.Select(name => (name, raw.Find(tree, name))).Where(branch => branch.Item2 is { Numbers: null }).Select(branch => (branch.name, branch.Item2!.TypeName))];
        if (found.Length > 0) throw StageErrors.WrongOperand(expression, "numbers are", (raw.File, tree), found);
        if (expression.Columns.Any(name => candidates.Find(name) is null) || expression.Check(candidates) is not { } table) return;
        found = [.. expression.Columns.Select(name => candidates.Find(name)!).Where(column => column.Table == table).Select(column => (column.Name, column.TypeName))];
        throw StageErrors.WrongOperand(expression, "one number a row is", (raw.File, tree), found, "make it flat with sum, count, any, maximum…");
    }
}
