using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace TauPipeline.Foundation;

/// <summary>
/// The identity of one column of a product, taken while it is written: sha256 of name, logical type, values
/// (little-endian, uncompressed, in row order) and row count. A jagged column hashes its counts and its values apart.
/// </summary>
public sealed class ColumnHash : IDisposable
{
    private readonly IncrementalHash _values = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _counts = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _rows;
    private long _elements;

    /// <summary>Starts the hash of a column, say <c>("tau_pt", "float32")</c> or <c>("pfCand_pt", "float32[]")</c>.</summary>
    public ColumnHash(string name, string type)
    {
        Name = name;
        _values.AppendData(Encoding.UTF8.GetBytes($"{name}\0{type}\0"));
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>Adds the next rows of a flat column.</summary>
    public void Append<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        _rows += values.Length;
        _values.AppendData(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Adds the next rows of a jagged column: elements in each row, and all their values end to end.</summary>
    public void Append<T>(ReadOnlySpan<int> counts, ReadOnlySpan<T> values) where T : unmanaged
    {
        _rows += counts.Length;
        _elements += values.Length;
        _counts.AppendData(MemoryMarshal.AsBytes(counts));
        _values.AppendData(MemoryMarshal.AsBytes(values));
    }

    /// <summary>The hash of everything added so far; the object is used up.</summary>
    public ContentHash Finish()
    {
        _values.AppendData(MemoryMarshal.AsBytes([_rows, _elements]));
        Span<byte> counts = stackalloc byte[32];
        _counts.GetHashAndReset(counts);
        _values.AppendData(counts);
        return ContentHash.From(_values);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _counts.Dispose();
    }
}
