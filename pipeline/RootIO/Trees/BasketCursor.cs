namespace TauPipeline.RootIO;

/// <summary>Stands at an entry of a branch, with its basket unpacked; going forward unpacks each basket once.</summary>
internal sealed class BasketCursor(BasketSource source, Action<Basket>? check = null)
{
    private readonly Basket _basket = new();
    private int _loaded = -1, _at;

    public BasketSource Source => source;

    /// <summary>Where the basket stands, for messages.</summary>
    public Place Place => source.PlaceOf(_at);

    /// <summary>The basket around <see cref="Entry"/>.</summary>
    public Basket Basket => _basket;

    /// <summary>The place of the entry in its basket.</summary>
    public int Entry { get; private set; }

    /// <summary>The first entry of the basket; already true while the basket is checked.</summary>
    public long First { get; private set; }

    /// <summary>Goes to an entry; returns how many entries from there on, at most <paramref name="wanted"/>, are in its basket.</summary>
    public int MoveTo(long entry, int wanted)
    {
        if (source.Count == 0 || entry < source.Start(0) || entry >= source.End) throw RootErrors.NoSuchEntries(source.Place, entry, entry + wanted - 1, source.End);
        int index = source.IndexOf(entry);
        if (index != _loaded)
        {
            _at = index;
            _loaded = -1; // a basket that fails to load is not mistaken for a loaded one
            source.Load(index, _basket);
            First = source.Start(index);
            check?.Invoke(_basket);
            _loaded = index;
        }
        Entry = (int)(entry - source.Start(index));
        return Math.Min(wanted, _basket.Entries - Entry);
    }
}
