using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>What kind of thing an artifact is.</summary>
public enum ArtifactKind
{
    /// <summary>A file below the output folder, made by one step.</summary>
    Product,
    /// <summary>
    /// A folder below the output folder, made whole by one step; its content is the sorted list of its files and their hashes.
    /// </summary>
    Folder,
    /// <summary>An input that nobody here makes: only read.</summary>
    Raw,
    /// <summary>A text that the engine itself gives to a step: how the products it reads were made, without times or hosts.</summary>
    Lineage,
}

/// <summary>
/// A file (or folder) of known kind. Its path is logical: below the output folder, or <c>dataset/entry</c> for raw files; never a place
/// on a machine.
/// </summary>
public class Artifact
{
    /// <summary>An artifact of that kind at that logical path, with <c>/</c> between its parts.</summary>
    protected Artifact(ArtifactKind kind, string path)
    {
        Kind = kind;
        Path = path;
    }

    /// <summary>Product, folder, raw file or lineage.</summary>
    public ArtifactKind Kind { get; }

    /// <summary>The logical path: what fingerprints, logs and the lock name.</summary>
    public string Path { get; }

    /// <summary>Where a raw file is and what it must contain; <see langword="null"/> for all others.</summary>
    public RawSource? Source { get; private init; }

    /// <summary>A product that is read and written as a stream.</summary>
    public static Artifact Product(string path) => new(ArtifactKind.Product, path);

    /// <summary>A folder of products.</summary>
    public static Artifact Folder(string path) => new(ArtifactKind.Folder, path);

    /// <summary>
    /// The text that says how everything the step reads, directly or not, was made: settings, inputs, tools and outputs of each producing
    /// step.
    /// </summary>
    public static Artifact Lineage(string path) => new(ArtifactKind.Lineage, path);

    /// <summary>
    /// A raw file: logical path <c>dataset/entry</c>, its place on this machine, and its expected content if the manifest states one.
    /// </summary>
    public static Artifact Raw(string path, RawSource source) => new(ArtifactKind.Raw, path) { Source = source };

    /// <summary>What is wrong with a path for a product, or <see langword="null"/>: <c>is absolute</c>, <c>has the part '..'</c>.</summary>
    public static string? FaultOf(string path) => LogicalPath.ProductFault(path);

    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>A small product that is read and written whole.</summary>
public sealed class Artifact<T>(string path) : Artifact(ArtifactKind.Product, path) where T : IProduct<T>;

/// <summary>Where a raw file is, and what the manifest says of it.</summary>
/// <param name="Location">Absolute path on this machine.</param>
/// <param name="Hash">The sha256 that it must have, if stated: another file is misuse.</param>
/// <param name="Size">The size in bytes that it must have, if stated.</param>
/// <param name="StatedAt"><c>file:line</c> of that statement.</param>
public sealed record RawSource(string Location, ContentHash? Hash = null, long? Size = null, string? StatedAt = null);
