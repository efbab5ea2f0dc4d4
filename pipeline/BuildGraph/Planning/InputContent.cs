using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What a step would read through one of its inputs: the whole file's hash, or the hash of each column.</summary>
internal sealed record InputContent(IReadOnlyList<KeyValuePair<string, string>> Parts)
{
    /// <summary>A whole file, folder or text.</summary>
    public static InputContent Whole(ContentHash hash) => new([new("", hash.ToString())]);

    /// <summary>Not known before its maker has run.</summary>
    public static InputContent Unknown { get; } = new([new("", "not made yet")]);

    /// <summary>The declared columns of a product, and its attributes; the whole file where columns are neither declared nor hashed.</summary>
    public static InputContent Of(OutputRecord product, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0 || product.Columns.Count == 0) return Whole(product.Hash);
        Dictionary<string, ContentHash> hashes = product.Columns.ToDictionary(StringComparer.Ordinal);
        return new([.. columns.Append(ProductOutput.SchemaColumn).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create($"column {name}", hashes.TryGetValue(name, out ContentHash hash) ? hash.ToString() : "absent"))]);
    }

    /// <summary>The fingerprint components of that input.</summary>
    public IEnumerable<KeyValuePair<string, string>> Components(StepInput input) =>
        Parts.Select(part => KeyValuePair.Create(part.Key.Length == 0 ? Name(input) : $"{Name(input)} {part.Key}", part.Value));

    /// <summary>How reasons name an input: role and logical path.</summary>
    public static string Name(StepInput input) => $"input {input.Role} {input.Artifact.Path}";
}
