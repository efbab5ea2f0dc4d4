using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Reads a lock line by line; the form is so strict that what was not written by us is seen.</summary>
internal sealed class LockParser(string file)
{
    private const string StageIndent = "  ", PartIndent = "    ";
    private static readonly string[] ConflictMarks = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];
    private readonly List<LockedStage> _stages = [];
    private string[] _lines = [];
    private int _at;

    /// <exception cref="Misuse">Something is not as we write it; says where.</exception>
    public ProductLock Parse(string[] lines)
    {
        _lines = lines;
        for (int i = 0; i < lines.Length; i++)
            if (ConflictMarks.Any(mark => lines[i].StartsWith(mark, StringComparison.Ordinal))) throw LockErrors.Conflict(file, i + 1);

        string format = After("format: ");
        if (format != ProductLock.Format.ToString(CultureInfo.InvariantCulture)) throw LockErrors.UnknownFormat(file, _at, format);
        string campaign = After("campaign: ");
        After("stages:");
        while (Peek() is not null) _stages.Add(Stage());
        return new ProductLock(campaign, _stages);
    }

    private LockedStage Stage()
    {
        string name = After(StageIndent);
        if (name is not [not ' ', .., ':']) throw LockErrors.Malformed(file, _at, "the name of a stage and a colon", _lines[_at - 1]);
        name = name[..^1];
        if (_stages.Count > 0 && string.CompareOrdinal(_stages[^1].Name, name) >= 0)
            throw LockErrors.OutOfOrder(file, _at, _stages[^1].Name, name);
        ContentHash digest = Hash(After(PartIndent + "digest: "));
        int stated = _at;
        After(PartIndent + "products:");
        var products = new List<LockedLine>();
        while (Peek() is { } line && line.StartsWith(PartIndent + "- ", StringComparison.Ordinal))
            products.Add(Product(After(PartIndent + "- ")));
        for (int i = 1; i < products.Count; i++)
            if (string.CompareOrdinal(products[i - 1].What, products[i].What) >= 0)
                throw LockErrors.OutOfOrder(file, stated + 2 + i, products[i - 1].What, products[i].What);
        var stage = new LockedStage(name, products);
        return stage.Digest == digest ? stage : throw LockErrors.Edited(file, stated, name);
    }

    // A path may hold spaces, size and hash may not: so from the right.
    private LockedLine Product(string text)
    {
        int hash = text.LastIndexOf(' '), size = hash > 0 ? text.LastIndexOf(' ', hash - 1) : -1;
        if (
            size < 1
            || !long.TryParse(text.AsSpan(size + 1, hash - size - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
            throw LockErrors.Malformed(file, _at, "a path, a size and a sha256", text);
        return new LockedLine(text[..size], bytes, Hash(text[(hash + 1)..]));
    }

    private ContentHash Hash(string text) =>
        text.StartsWith("sha256:", StringComparison.Ordinal)
        && ContentHash.TryParse(text, out ContentHash hash)
        && text[7..] == hash.ToString()
        ? hash
        : throw LockErrors.Malformed(file, _at, "sha256: and 64 hexadecimal digits", text);

    private string? Peek()
    {
        while (_at < _lines.Length && _lines[_at].StartsWith('#')) _at++;
        return _at < _lines.Length ? _lines[_at] : null;
    }

    // Moves on, so that afterwards _at is the number of the line just read, counted from 1.
    private string After(string start)
    {
        string? line = Peek();
        _at++;
        if (line is null) throw LockErrors.CutShort(file, _lines.Length, start.Trim());
        return line.StartsWith(start, StringComparison.Ordinal)
            ? line[start.Length..]
            : throw LockErrors.Malformed(file, _at, $"'{start.Trim()}'", line);
    }
}
