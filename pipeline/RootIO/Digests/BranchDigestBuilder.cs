using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TauPipeline.RootIO;

/// <summary>Collects a <see cref="BranchDigest"/> batch by batch; the batches follow each other.</summary>
public sealed class BranchDigestBuilder : IDisposable
{
    private const int Ends = 3;

    private readonly RootColumnShape _shape;
    private readonly IncrementalHash _values = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly OffsetsDigest[] _offsets;
    private readonly List<string> _first = [];
    private readonly List<string> _last = [];
    private readonly FiniteSum _sum = new();
    private long _count;

    /// <summary>A digest of columns of that shape.</summary>
    public BranchDigestBuilder(RootColumnShape shape)
    {
        _shape = shape;
        _offsets = [.. Enumerable.Range(0, shape.Levels).Select(_ => new OffsetsDigest())];
    }

    /// <summary>Takes the next entries.</summary>
    public void Add(RootColumn column)
    {
        _values.AppendData(column.Bytes);
        for (int level = 0; level < _offsets.Length; level++) _offsets[level].Add(column.Offsets(level));
        int items = _shape.IsText ? column.Items : column.ValueCount;
        if (!_shape.IsText) _sum.Add(column);
        _count += items;
        for (int i = 0; i < items && _first.Count < Ends; i++) _first.Add(DigestText.Of(column, i));
        for (int i = Math.Max(0, items - Ends); i < items; i++)
        {
            if (_last.Count == Ends) _last.RemoveAt(0);
            _last.Add(DigestText.Of(column, i));
        }
    }

    /// <summary>The digest of all entries so far; the builder is then empty.</summary>
    public BranchDigest Finish(string file, string tree, string branch, string? field = null) => new()
    {
        File = file,
        Tree = tree,
        Branch = branch,
        Field = field,
        Kind = _shape.Kind,
        DataType = DigestText.NameOf(_shape),
        Count = _count,
        Sum = _shape.IsText ? null : _sum.Value,
        NonFinite = _shape.IsText ? null : _sum.NonFinite,
        First = [.. _first],
        Last = [.. _last],
        Sha256 = Convert.ToHexStringLower(_values.GetHashAndReset()),
        OffsetsSha256 = _offsets.Length == 0 ? null : [.. _offsets.Select(level => level.Finish())],
        OffsetsCounts = _offsets.Length == 0 ? null : [.. _offsets.Select(level => level.Count)],
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        foreach (OffsetsDigest level in _offsets) level.Dispose();
    }

    /// <summary>The offsets of one level over all batches, as int64 from the first entry on.</summary>
    private sealed class OffsetsDigest : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long[] _absolute = [];
        private long _end;

        public long Count { get; private set; }

        public void Add(ReadOnlySpan<int> offsets)
        {
            // The first 0 stands once, before the first batch.
            ReadOnlySpan<int> added = Count == 0 ? offsets : offsets[1..];
            if (_absolute.Length < added.Length) _absolute = new long[added.Length];
            for (int i = 0; i < added.Length; i++) _absolute[i] = _end + added[i];
            _hash.AppendData(MemoryMarshal.AsBytes(_absolute.AsSpan(0, added.Length)));
            Count += added.Length;
            _end += offsets[^1];
        }

        public string Finish()
        {
            if (Count == 0) Add([0]);
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public void Dispose() => _hash.Dispose();
    }
}
