using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// A small product that knows how it is read and written whole, so that its reader is part of what a consumer's code reaches.
/// </summary>
public interface IProduct<T> where T : IProduct<T>
{
    /// <summary>Reads the product.</summary>
    static abstract T Read(ProductInput from);

    /// <summary>Writes the product.</summary>
    static abstract void Write(ProductOutput to, T value);
}

/// <summary>A large product read as a stream.</summary>
public interface IProductReader<R> : IDisposable where R : IProductReader<R>
{
    /// <summary>Opens the file for the declared columns.</summary>
    static abstract R Open(ProductInput from);
}

/// <summary>A large product written as a stream.</summary>
public interface IProductWriter<W> : IDisposable where W : IProductWriter<W>
{
    /// <summary>Creates the file (or, for a folder artifact, the folder).</summary>
    static abstract W Create(ProductOutput to);
}

/// <summary>A file to be read.</summary>
/// <param name="Path">Where it is on this machine.</param>
/// <param name="Columns">The columns that the step declared, or <see langword="null"/> for the whole file; a reader refuses any
/// other.</param>
/// <param name="Memory">About how many bytes a reader may hold at once.</param>
public sealed record ProductInput(string Path, IReadOnlyList<string>? Columns = null, long Memory = 64 << 20)
{
    /// <summary>
    /// The sha256 of the whole file where whoever opens it has taken it already, so that nobody reads the file for it again.
    /// </summary>
    public ContentHash? Hash { get; init; }

    /// <summary>
    /// The hashes that its writer stated of the columns; none if it has no columns, or nobody knows. Whoever reads a column whole can
    /// tell whether it is still the same.
    /// </summary>
    public IReadOnlyDictionary<string, ContentHash> ColumnHashes { get; init; } = new Dictionary<string, ContentHash>();
}

/// <summary>A file (or folder) to be written, and the hashes of its columns taken meanwhile.</summary>
/// <param name="Path">Where to write: a temporary place, renamed by the engine once the step has ended.</param>
public sealed record ProductOutput(string Path)
{
    /// <summary>The pseudo-column of all attributes: always part of what a reader reads.</summary>
    public const string SchemaColumn = "@schema";

    private readonly SortedDictionary<string, ContentHash> _columns = new(StringComparer.Ordinal);

    /// <summary>Column name and hash, for products that have columns.</summary>
    public IReadOnlyDictionary<string, ContentHash> Columns => _columns;

    /// <summary>States the hash of a column, once it is written.</summary>
    public void HasColumn(string name, ContentHash hash) => _columns.Add(name, hash);
}
