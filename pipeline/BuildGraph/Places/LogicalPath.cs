using System.Text;

namespace TauPipeline.BuildGraph;

/// <summary>What a logical path may look like: parts between <c>/</c>, below its root, the same on every machine.</summary>
internal static class LogicalPath
{
    private const int LongestPart = 255;

    /// <summary>What is wrong with a path, or <see langword="null"/>.</summary>
    public static string? Fault(string path)
    {
        if (IsPlain(path)) return null;
        if (path.Length == 0) return "is empty";
        if (path.StartsWith('/')) return "is absolute";
        foreach (string part in path.Split('/'))
        {
            if (part.Length == 0) return "has an empty part";
            if (part is "." or "..") return $"has the part '{part}'";
            if (Encoding.UTF8.GetByteCount(part) > LongestPart) return $"has a part of more than {LongestPart} bytes";
        }
        if (path.Any(char.IsControl)) return "has a control character";
        if (!IsText(path)) return "is no Unicode text";
        return path.Contains('\\', StringComparison.Ordinal) ? "has a backslash" : null;
    }

    /// <summary>What is wrong with the path of a product, or <see langword="null"/>.</summary>
    public static string? ProductFault(string path)
    {
        string? fault = Fault(path)
            ?? (
                IsIn(BuildFolder.OwnName, path) ? "is a place of the engine"
                : IsIn(BuildFolder.Journals, path) ? "is the place of journals"
                : null);
        if (fault is not null || IsPlain(path)) return fault;
        char letter = path.FirstOrDefault(HasAnotherSpelling);
        return letter == '\0' ? null : $"has U+{(int)letter:X4}, which some disks spell in another way: two names may be one file there";
    }

    // Nearly all paths are; graphs of ten thousands of steps are planned in each run.
    private static bool IsPlain(string path)
    {
        int start = 0;
        for (int i = 0; i <= path.Length; i++)
        {
            if (i == path.Length || path[i] == '/')
            {
                if (i == start || i - start > LongestPart || path[start] == '.') return false;
                start = i + 1;
            }
            else if (!char.IsAsciiLetterOrDigit(path[i]) && path[i] is not ('_' or '-' or '.')) return false;
        }
        return true;
    }

    // Half of a surrogate pair becomes a replacement character on disk, so that two such names are one.
    private static bool IsText(string path)
    {
        for (int i = 0; i < path.Length; i++)
        {
            if (!char.IsSurrogate(path[i])) continue;
            if (i + 1 == path.Length || !char.IsSurrogatePair(path[i], path[i + 1])) return false;
            i++;
        }
        return true;
    }

    // The commonest letters that have a canonically equal spelling (NFC), not all: combining marks, conjoining Hangul, and
    // signs that are only another code of a letter, among them polytonic Greek and the compatibility ideographs. The tables
    // of Unicode's normal forms are not at hand where .NET runs without ICU.
    private static bool HasAnotherSpelling(char letter) =>
        char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark
        || letter
            is '\u037E'
                or '\u0387'
                or >= '\u1100'
                and <= '\u11FF'
                or >= '\u1F00'
                and <= '\u1FFF'
                or '\u2126'
                or '\u212A'
                or '\u212B'
                or >= '\uF900'
                and <= '\uFAFF';

    private static bool IsIn(string folder, string path) =>
        path.StartsWith(folder, StringComparison.OrdinalIgnoreCase) && (path.Length == folder.Length || path[folder.Length] == '/');

    /// <summary>The folders that a path stands in, nearest last.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }

    /// <summary>A path that can be printed whatever is in it.</summary>
    public static string Shown(string path) => string.Concat(path.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
}
