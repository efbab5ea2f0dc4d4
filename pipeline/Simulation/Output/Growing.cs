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

/// <summary>
/// The values of a column that is being filled; given away without a copy, the next batch begins at the size of the last.
/// </summary>
internal sealed class Growing<T>(string name, string? table, T missing) : IGrowingColumn where T : unmanaged
{
    private const int FirstSize = 256;

    private T[] _values = new T[FirstSize];

    public int Count { get; private set; }

    public ColumnSpec Spec { get; } = new(name, ColumnTypes.Of<T>(), table);

    public void Add(T value)
    {
        if (Count == _values.Length) Grow();
        _values[Count++] = value;
    }

    public void AddMissing() => Add(missing);

    public Column Finish(ReadOnlyMemory<int> offsets)
    {
        ReadOnlyMemory<T> values = _values.AsMemory(0, Count);
        (_values, Count) = (GC.AllocateUninitializedArray<T>(Math.Max(FirstSize, Count + Count / 8)), 0);
        return Spec.Table is { } owner ? new JaggedColumn<T>(Spec.Name, owner, offsets, values) : new Column<T>(Spec.Name, values);
    }

    private void Grow()
    {
        T[] larger = GC.AllocateUninitializedArray<T>(2 * _values.Length);
        _values.AsSpan(0, Count).CopyTo(larger);
        _values = larger;
    }
}
