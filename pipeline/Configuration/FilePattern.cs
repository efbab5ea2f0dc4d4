using System.IO.Enumeration;
using System.Text.RegularExpressions;
using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>A path with <c>${VARIABLES}</c> (<c>${NAME:-default}</c>) and globs, in its last part and in folders before it.</summary>
internal static class FilePattern
{
    private static readonly Regex Variable = new(
        @"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?\}",
        RegexOptions.CultureInvariant);

    /// <summary>The files, ordered by path; a path without a glob is given back whether the file is there or not.</summary>
    /// <exception cref="Misuse">A variable is not set, a glob matches nothing, or it is an address of another machine.</exception>
    public static IReadOnlyList<string> Expand(string pattern, string folder, string where)
    {
        string filled = Fill(pattern, where);
        RemoteAddress.Refuse(filled, where);
        if (filled.Contains("://", StringComparison.Ordinal)) return [filled];
        string path = Path.GetFullPath(Path.Combine(folder, filled));
        if (!IsGlob(filled)) return [path];

        string place = Path.GetDirectoryName(path)!;
        string[] found = [.. Folders(place).SelectMany(folder => Matching(Directory.EnumerateFiles(folder), Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new Misuse(new ErrorText($"{where}: no file matches '{pattern}'", [("looked in", place)]));
    }

    /// <summary>A program: a name to look for on <c>PATH</c> as it is, a path made absolute.</summary>
    public static string Absolute(string program, string folder, string where)
    {
        string filled = Fill(program, where);
        return filled.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(Path.Combine(folder, filled)) : filled;
    }

    /// <summary>The value of a variable of the environment, or <see langword="null"/> if it is not set.</summary>
    public static string? ValueOf(string variable) => Environment.GetEnvironmentVariable(variable);

    public static bool IsGlob(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>One file of a glob, written with the glob's own folder; in full if that is a pattern itself.</summary>
    public static string Keep(string pattern, string file) => Path.GetDirectoryName(pattern) is var folder && IsGlob(folder ?? "")
        ? file
        : Path.Combine(folder ?? "", Path.GetFileName(file));

    // The folders that there are of a place whose parts may be patterns.
    private static IEnumerable<string> Folders(string place)
    {
        if (!IsGlob(place)) return Directory.Exists(place) ? [place] : [];
        return Folders(Path.GetDirectoryName(place)!)
            .SelectMany(folder => Matching(Directory.EnumerateDirectories(folder), Path.GetFileName(place)));
    }

    private static IEnumerable<string> Matching(IEnumerable<string> paths, string name) =>
        paths.Where(path => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(path), ignoreCase: false));

    private static string Fill(string pattern, string where) => Variable.Replace(pattern, match =>
        Environment.GetEnvironmentVariable(match.Groups["name"].Value) is { Length: > 0 } value ? value
        : match.Groups["default"].Success ? match.Groups["default"].Value
        : throw new Misuse(
            new ErrorText(
                $"{where}: the variable {match.Groups["name"].Value} is not set",
                [("path", pattern)],
                $"set it, or give the file by  --input=")));
}
