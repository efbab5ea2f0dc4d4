using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What can be wrong with a lock. The cure is nearly always to lock again: nothing in it is not in the products.</summary>
internal static class LockErrors
{
    private const string Again = "bring the campaign up to date and write the lock anew:  --target=Lock";

    public static Misuse Conflict(string file, int line) =>
        new(new ErrorText($"{At(file, line)}: the lock has a merge conflict", [], Again));

    public static Misuse UnknownFormat(string file, int line, string format) =>
        new(
            new ErrorText(
                $"{At(file, line)}: the lock is of format '{format}'",
        [("known", ProductLock.Format.ToString(CultureInfo.InvariantCulture))],
        "it was written by another version of this program: use that one, or lock again"));

    public static Misuse Malformed(string file, int line, string expected, string found) =>
        new(
            new ErrorText(
                $"{At(file, line)}: this is not a line of a lock",
        [("expected", expected), ("found", LogicalPath.Shown(found))], Again));

    public static Misuse CutShort(string file, int line, string expected) => new(new ErrorText($"{At(file, line)}: the lock ends here",
        [("expected", expected.Length > 0 ? $"'{expected}'" : "more lines")], Again));

    public static Misuse OutOfOrder(string file, int line, string before, string after) =>
        new(new ErrorText($"{At(file, line)}: the lock is not sorted", [("found", after), ("after", before)], Again));

    public static Misuse Edited(string file, int line, string stage) =>
        new(
            new ErrorText(
                $"{At(file, line)}: the lines of stage '{stage}' are not those that were locked",
        [("differs", "their digest: a line was edited by hand, or comes from another branch")], Again));

    public static Misuse OtherCampaign(string file, string locked, string here) =>
        new(new ErrorText($"{file} is the lock of another campaign", [("of", locked), ("expected", here)], Again));

    public static Misuse MissingStages(string file, IReadOnlyList<string> stages) =>
        new(new ErrorText($"{file} lacks {Stages(stages)} of this campaign", [], Again));

    public static Misuse StrangeStages(string file, IReadOnlyList<string> stages, IReadOnlyList<string> here) =>
        new(
            new ErrorText(
                $"{file} has {Stages(stages)}, which this campaign does not have",
        [("stages here", string.Join(", ", here))], Again));

    private static string Stages(IReadOnlyList<string> names) =>
        $"stage{(names.Count == 1 ? "" : "s")} {string.Join(", ", names.Select(name => $"'{name}'"))}";

    private static string At(string file, int line) => string.Create(CultureInfo.InvariantCulture, $"{file}:{line}");
}
