using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>
/// A file as far as it is told from all others, whatever is in it: its sha256, which the engine has taken already where a step reads it
/// whole.
/// </summary>
public sealed class FileContent : IProductReader<FileContent>
{
    private FileContent(ContentHash hash) => Hash = hash;

    /// <summary>The sha256 of its bytes.</summary>
    public ContentHash Hash { get; }

    /// <inheritdoc/>
    public static FileContent Open(ProductInput from) => new(from.Hash ?? ContentHash.OfFile(from.Path));

    /// <inheritdoc/>
    public void Dispose() { }
}
