using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What a step would read through one of its inputs: the whole file, or some of its columns.</summary>
internal sealed class InputContent
{
    private const string NotMade = "not made yet", Absent = "absent", Column = " column ";
    private readonly IReadOnlyList<KeyValuePair<string, ContentHash?>> _columns;

    private InputContent(ContentHash? whole, IReadOnlyList<KeyValuePair<string, ContentHash?>> columns)
    {
        Hash = whole;
        _columns = columns;
    }

    /// <summary>A whole file, folder or text.</summary>
    public static InputContent Whole(ContentHash hash) => new(hash, []);

    /// <summary>Not known before its maker has run.</summary>
    public static InputContent Unknown { get; } = new(null, []);

    /// <summary>The hash of the whole file; <see langword="null"/> if columns count or nothing is known.</summary>
    public ContentHash? Hash { get; }

    /// <summary>The declared columns of a product, and its attributes; the whole file where columns are neither declared nor hashed.</summary>
    public static InputContent Of(OutputRecord product, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0 || product.Columns.Count == 0) return Whole(product.Hash);
        Dictionary<string, ContentHash> hashes = product.Columns.ToDictionary(StringComparer.Ordinal);
        return new(null, [.. columns.Append(ProductOutput.SchemaColumn).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create(name, hashes.TryGetValue(name, out ContentHash hash) ? hash : (ContentHash?)null))]);
    }

    /// <summary>What <see cref="Frozen"/> gave.</summary>
    public static InputContent Thaw(FrozenContent frozen) => new(Parse(frozen.Whole), [.. frozen.Columns.Select(column => KeyValuePair.Create(column.Key, Parse(column.Value)))]);

    /// <summary>As texts, for a frozen plan.</summary>
    public FrozenContent Frozen() => new(Hash?.ToString(), _columns.ToDictionary(column => column.Key, column => column.Value?.ToString()));

    /// <summary>Adds the parts of that input.</summary>
    public void AddTo(FingerprintText text, StepInput input)
    {
        string name = Name(input);
        if (_columns.Count == 0) Add(text, name, "", Hash, NotMade);
        foreach ((string column, ContentHash? hash) in _columns) Add(text, name, Column + column, hash, Absent);
    }

    /// <summary>How reasons name an input: role and logical path.</summary>
    public static string Name(StepInput input) => $"input {input.Role} {input.Artifact.Path}";

    private static void Add(FingerprintText text, string name, string part, ContentHash? value, string otherwise)
    {
        if (value is { } hash) text.Add(name, part, "", hash);
        else text.Add(name + part, otherwise);
    }

    private static ContentHash? Parse(string? text) => text is null ? null : ContentHash.TryParse(text, out ContentHash hash) ? hash : throw new Defect($"a frozen plan gives '{text}' as a hash");
}
