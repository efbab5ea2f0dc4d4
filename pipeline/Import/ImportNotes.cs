using TauPipeline.Configuration;

namespace TauPipeline.Import;

/// <summary>Gathers what could not be carried over, in the order of the files.</summary>
internal sealed class ImportNotes
{
    private readonly List<ImportNote> _notes = [];

    /// <summary>Notes one key of a map; it counts as taken, with all that is in it.</summary>
    public void Add(ForeignNode map, string key, string why)
    {
        _notes.Add(new ImportNote(map.At(key), key, why));
        map.Find(key)?.TakeAll();
    }

    /// <summary>Notes those of these keys that stand in a map; they count as taken.</summary>
    public void AddIfThere(ForeignNode? map, string why, params string[] keys)
    {
        foreach (string key in keys)
            if (map?.Has(key) == true) Add(map, key, why);
    }

    /// <summary>Notes of a value that is no key.</summary>
    public void Add(string where, string what, string why) => _notes.Add(new ImportNote(where, what, why));

    /// <summary>All, with every key of these files that nobody took.</summary>
    public IReadOnlyList<ImportNote> Of(IEnumerable<ForeignNode> roots) =>
    [
        .. _notes.Concat(roots.SelectMany(root => root.Left()).Select(left =>
            new ImportNote(left.Where, left.Key, "has no counterpart here"))).Distinct().OrderBy(note => note.Where, ByLine.Order),
    ];

    /// <summary>By file, then by the number of the line.</summary>
    private sealed class ByLine : IComparer<string>
    {
        public static ByLine Order { get; } = new();

        public int Compare(string? x, string? y)
        {
            ((string File, int Line) left, (string File, int Line) right) = (Parts(x!), Parts(y!));
            int byFile = string.CompareOrdinal(left.File, right.File);
            return byFile != 0 ? byFile : left.Line.CompareTo(right.Line);
        }

        private static (string File, int Line) Parts(string where) =>
            where.LastIndexOf(':') is >= 0 and int colon && int.TryParse(where.AsSpan(colon + 1), out int line)
                ? (where[..colon], line)
                : (where, 0);
    }
}
