namespace TauPipeline.RootIO;

/// <summary>What a reader hands its columns out in: a new object for each batch, or the same again where memory is used again.</summary>
internal sealed class ColumnSlot<T>(RootColumnShape shape) where T : unmanaged
{
    private ReadOnlyMemory<int>[] _offsets = new ReadOnlyMemory<int>[shape.Levels];
    private RootColumn<T>? _column;

    /// <inheritdoc cref="ValueBuffer{T}.ReusesMemory"/>
    public bool ReusesMemory { get; set; }

    /// <summary>Room for the offsets of all levels of the next column.</summary>
    public Span<ReadOnlyMemory<int>> Offsets => _offsets;

    /// <summary>The column of these values and the offsets just set.</summary>
    public RootColumn Fill(int entries, ReadOnlyMemory<T> values)
    {
        if (ReusesMemory && _column is { } column) return column.Refill(entries, values);
        _column = new RootColumn<T>(shape, entries, _offsets, values);
        if (!ReusesMemory && _offsets.Length > 0) _offsets = new ReadOnlyMemory<int>[shape.Levels];
        return _column;
    }
}
