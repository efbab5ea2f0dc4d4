namespace TauPipeline.RootIO;

/// <summary>The offsets of one level of a batch as they are found: 0 first, then the end of each list.</summary>
internal sealed class OffsetBuffer
{
    private readonly ValueBuffer<int> _offsets = new();
    private int _end;

    public OffsetBuffer() => Restart();

    /// <inheritdoc cref="ValueBuffer{T}.ReusesMemory"/>
    public bool ReusesMemory
    {
        get => _offsets.ReusesMemory;
        set => _offsets.ReusesMemory = value;
    }

    /// <summary>Adds a list of that many items.</summary>
    public void Add(int items, Place place)
    {
        if (items > Array.MaxLength - _end) throw RootErrors.TooManyValues(place, _offsets.Count);
        _end += items;
        _offsets.Extend(1)[0] = _end;
    }

    /// <summary>Hands the offsets out and begins anew.</summary>
    public ReadOnlyMemory<int> Detach()
    {
        ReadOnlyMemory<int> offsets = _offsets.Detach();
        Restart();
        return offsets;
    }

    private void Restart() => (_end, _offsets.Extend(1)[0]) = (0, 0);
}
