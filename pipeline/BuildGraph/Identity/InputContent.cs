using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What a step would read through one of its inputs: the whole file, or some of its columns.</summary>
internal sealed class InputContent
{
    private const string NotMade = "not made yet", Absent = "absent", Column = " column ";
    private readonly Part[] _columns;

    private InputContent(ContentHash? whole, Part[] columns)
    {
        Hash = whole;
        _columns = columns;
        ColumnHashes = Stated(columns);
    }

    /// <summary>A whole file, folder or text.</summary>
    public static InputContent Whole(ContentHash hash) => new(hash, []);

    /// <summary>Not known before its maker has run.</summary>
    public static InputContent Unknown { get; } = new(null, []);

    /// <summary>The hash of the whole file; <see langword="null"/> if columns count or nothing is known.</summary>
    public ContentHash? Hash { get; }

    /// <summary>The hashes that its writer stated of the columns that count, or of all where the whole file does.</summary>
    public IReadOnlyDictionary<string, ContentHash> ColumnHashes { get; private init; }

    /// <summary>
    /// The declared columns of a product, and its attributes; the whole file where columns are neither declared nor hashed.
    /// </summary>
    public static InputContent Of(OutputRecord product, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0 || product.Columns.Count == 0)
            return new(product.Hash, [])
            {
                ColumnHashes = product.Columns.ToDictionary(column => column.Name, column => column.Hash, StringComparer.Ordinal),
            };
        Dictionary<string, ContentHash> hashes =
            product.Columns.ToDictionary(column => column.Name, column => column.Hash, StringComparer.Ordinal);
        return new(null, [.. columns.Append(ProductOutput.SchemaColumn).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => new Part(name, hashes.TryGetValue(name, out ContentHash hash) ? hash : (ContentHash?)null))]);
    }

    /// <summary>What <see cref="Frozen"/> gave.</summary>
    public static InputContent Thaw(FrozenContent frozen)
    {
        Part[] columns = [.. frozen.Columns.Select(column => new Part(column.Key, Parse(column.Value)))];
        return frozen.Whole is null ? new(null, columns) : new(Parse(frozen.Whole), []) { ColumnHashes = Stated(columns) };
    }

    /// <summary>As texts, for a frozen plan.</summary>
    public FrozenContent Frozen() => new(Hash?.ToString(),
        Hash is null
            ? _columns.ToDictionary(column => column.Name, column => column.Hash?.ToString())
            : ColumnHashes.ToDictionary(column => column.Key, string? (column) => column.Value.ToString()));

    /// <summary>Adds the parts of that input.</summary>
    public void AddTo(FingerprintText text, StepInput input)
    {
        if (_columns.Length == 0) Add(text, input, "", Hash, NotMade);
        foreach (Part column in _columns) Add(text, input, Column + column.Name, column.Hash, Absent);
    }

    /// <summary>How reasons name an input: role and logical path.</summary>
    public static string Name(StepInput input) => $"input {input.Role} {input.Artifact.Path}";

    private static Dictionary<string, ContentHash> Stated(IEnumerable<Part> columns) =>
        columns.Where(column => column.Hash is not null)
            .ToDictionary(column => column.Name, column => column.Hash!.Value, StringComparer.Ordinal);

    private static void Add(FingerprintText text, StepInput input, string part, ContentHash? value, string otherwise)
    {
        if (value is { } hash) text.Add(hash, "input ", input.Role, " ", input.Artifact.Path, part);
        else text.Add(Name(input) + part, otherwise);
    }

    // A column that the product does not have is one without a hash.
    private sealed record Part(string Name, ContentHash? Hash);

    private static ContentHash? Parse(string? text) =>
        text is null ? null
        : ContentHash.TryParse(text, out ContentHash hash) ? hash
        : throw new Defect($"a frozen plan gives '{text}' as a hash");
}
