using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.RunStore;

/// <summary>Names of settings, numbers and words are names of files, and MLflow takes few characters.</summary>
public static class StoreNames
{
    private const int Most = 200; // characters of a part: file systems take 255 bytes

    /// <summary>
    /// A text as a name without <c>/</c>: letters, digits, <c>_</c>, <c>-</c>, <c>.</c> and blanks stay; a text with anything else
    /// carries the beginning of its own hash, so that no two texts share a name.
    /// </summary>
    public static string Part(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (char one in text) name.Append(char.IsAsciiLetterOrDigit(one) || one is '_' or '-' or '.' or ' ' ? one : '_');
        if (name.Length > Most) name.Length = Most;
        string part = name.ToString();
        return part == text && text.Trim(' ', '.').Length > 0 && text == text.Trim() ? part : $"{part.Trim()}_{ContentHash.Of(text).Short[..8]}";
    }

    /// <summary>A name of several parts.</summary>
    public static string Of(params IEnumerable<string> parts) => string.Join('/', parts.Select(Part));
}
