using TauPipeline.Columns;

namespace TauPipeline.Simulation;

/// <summary>A column that is being filled.</summary>
internal interface IGrowingColumn
{
    int Count { get; }

    ColumnSpec Spec { get; }

    /// <summary>Adds what stands for an absent object.</summary>
    void AddMissing();

    /// <summary>What was added, as a column; starts again from nothing.</summary>
    Column Finish(ReadOnlyMemory<int> offsets);
}

/// <summary>The values of a column that is being filled; its memory is kept from batch to batch.</summary>
internal sealed class Growing<T>(string name, string? table, T missing) : IGrowingColumn where T : unmanaged
{
    private T[] _values = new T[1024];

    public int Count { get; private set; }

    public ColumnSpec Spec { get; } = new(name, ColumnTypes.Of<T>(), table);

    public void Add(T value)
    {
        if (Count == _values.Length) Array.Resize(ref _values, 2 * Count);
        _values[Count++] = value;
    }

    public void AddMissing() => Add(missing);

    public Column Finish(ReadOnlyMemory<int> offsets)
    {
        T[] values = _values.AsSpan(0, Count).ToArray();
        Count = 0;
        return Spec.Table is { } owner ? new JaggedColumn<T>(Spec.Name, owner, offsets, values) : new Column<T>(Spec.Name, values);
    }
}
