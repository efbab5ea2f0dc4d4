using System.Runtime.CompilerServices;
using TauPipeline.Columns;

namespace TauPipeline.Simulation;

/// <summary>A column that is being filled.</summary>
internal interface IGrowingColumn
{
    int Count { get; }

    ColumnSpec Spec { get; }

    /// <summary>Adds what stands for an absent object.</summary>
    void AddMissing();

    /// <summary>What was added, as a column that is lent until the next value comes; starts again from nothing.</summary>
    Column Finish(ReadOnlyMemory<int> offsets);
}

/// <summary>The values of a column that is being filled; the memory is the same from batch to batch.</summary>
internal sealed class Growing<T>(string name, string? table, T missing) : IGrowingColumn where T : unmanaged
{
    private const int FirstSize = 256;

    private T[] _values = new T[FirstSize];

    public int Count { get; private set; }

    public ColumnSpec Spec { get; } = new(name, ColumnTypes.Of<T>(), table);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T value)
    {
        if (Count == _values.Length) Grow(1);
        _values[Count++] = value;
    }

    /// <summary>Room for that many further values, to be filled by the caller.</summary>
    public Span<T> Extend(int count)
    {
        if (Count + count > _values.Length) Grow(count);
        Span<T> room = _values.AsSpan(Count, count);
        Count += count;
        return room;
    }

    public void AddMissing() => Add(missing);

    public Column Finish(ReadOnlyMemory<int> offsets)
    {
        ReadOnlyMemory<T> values = _values.AsMemory(0, Count);
        Count = 0;
        return Spec.Table is { } owner ? new JaggedColumn<T>(Spec.Name, owner, offsets, values) : new Column<T>(Spec.Name, values);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => Array.Resize(ref _values, Math.Max(2 * _values.Length, Count + count));
}
