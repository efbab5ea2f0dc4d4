using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>What can be wrong with the data a stage is given.</summary>
internal static class StageErrors
{
    public static StepFailed MissingBranches(IReadOnlyList<string> missing, string tree, Schema file) => new(new ErrorText(
        missing.Count == 1 ? $"tree '{tree}' has no branch '{missing[0]}'" : $"tree '{tree}' lacks {missing.Count} branches",
        [.. missing.Take(10).Select(name => (name, "nearest " + ErrorText.Nearest(name, file.Columns.Select(column => column.Name))))],
        "if results can do without, list it under  ingest: optional:"));

    public static StepFailed OtherType((string File, string Tree, string Branch) where, string needed, string found) => new(new ErrorText(
        $"branch '{where.Branch}' of tree '{where.Tree}' has another type", [("file", where.File), ("needed", needed), ("found", found)]));

    public static Misuse WrongOperand(Expression expression, string needed, (string File, string Tree) where, IReadOnlyList<(string Name, string Type)> found, string? advice = null) => new(new ErrorText(
        $"{expression.Where}: {needed} needed here", [("text", expression.Text), .. found.Select(branch => ("found", $"branch '{branch.Name}' of tree '{where.Tree}', which is {branch.Type}")), ("file", where.File)], advice));

    public static Misuse OtherTable(Expression expression, (string File, string Tree) where, IReadOnlyList<ColumnSpec> found, Schema candidates) => new(new ErrorText(
        $"{expression.Where}: columns of candidates are needed here",
        [
            ("text", expression.Text),
            .. found.SelectMany(branch => new[] { ("found", $"branch '{branch.Name}' of tree '{where.Tree}', which is {InWords(branch)}"), ("meant", Meant(branch, candidates)) }),
            ("file", where.File),
        ],
        "a list that is not of candidates gives them no value, not even as a sum: name what candidates have, or a number of the whole entry"));

    /// <summary>A column's type, and of what it is a list.</summary>
    public static string InWords(ColumnSpec column) => column.Table is { } table ? $"{column.TypeName} of {table}" : column.TypeName;

    public static StepFailed EmptyClass(string what, string @class, string where) => new(new ErrorText(
        $"{what} has no row of class '{@class}'", [("where", where)], "add a dataset that has this class, widen the selection, or take the class out of the campaign"));

    public static StepFailed Leaks(IReadOnlyList<Leak> leaks) => new(new ErrorText(
        $"{leaks.Count} events stand in two parts of the split",
        [.. leaks.Take(5).Select(leak => ($"{leak.First}, {leak.Second}", $"dataset {leak.Dataset}, run {leak.Run}, lumi {leak.Lumi}, event {leak.Evt}"))],
        "the raw files of a dataset may number their events twice; see validate/validation.json"));

    public static StepFailed ChunksDiffer(ChunkTest worst, double alpha) => new(new ErrorText(
        "chunks of the mixed rows differ more than chance allows",
        [("worst", $"{worst.Distribution}, chunk {worst.Chunk}: p = {worst.PValue:g3}, {worst.Adjusted:g3} after Holm's correction"), ("allowed", $"{alpha:g3}")],
        "raise shuffle_merge.block_rows, or see validate/validation.json"));

    // The same quantity of candidates and of the entry, how many there are, else names that look alike.
    private static string Meant(ColumnSpec branch, Schema candidates)
    {
        string[] names = [.. candidates.Columns.Select(column => column.Name)];
        string quantity = branch.Name.IndexOf('_', StringComparison.Ordinal) is var bar and >= 0 ? branch.Name[bar..] : "_" + branch.Name;
        string[] same = [.. names.Where(name => name.EndsWith(quantity, StringComparison.Ordinal) || name == $"n{branch.Table}")];
        return ErrorText.Nearest(branch.Name, same.Length > 0 ? same : names, 6);
    }
}
