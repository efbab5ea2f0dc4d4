namespace TauPipeline.RootIO;

/// <summary>Stands at an entry of a branch, with its basket unpacked; going forward unpacks each basket once.</summary>
internal sealed class BasketCursor(BasketSource source, Action<Basket>? check = null)
{
    private readonly Dictionary<int, Basket> _ready = [];
    private readonly Stack<Basket> _free = [];
    private Basket _basket = new();
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
            Load(index);
            First = source.Start(index);
            check?.Invoke(_basket);
            _loaded = index;
        }
        Entry = (int)(entry - source.Start(index));
        return Math.Min(wanted, _basket.Entries - Entry);
    }

    /// <summary>The baskets of these entries that are not unpacked yet.</summary>
    public List<BasketJob> Plan(long first, int entries)
    {
        List<BasketJob> jobs = [];
        if (source.Count == 0 || first < source.Start(0) || first >= source.End) return jobs;
        for (int index = source.IndexOf(first); index < source.Count && source.Start(index) < first + entries; index++)
            if (index != _loaded && !_ready.ContainsKey(index)) jobs.Add(new BasketJob(index, source.StoredBytes(index)));
        return jobs;
    }

    /// <summary>Unpacks a planned basket; several threads may do so at the same time.</summary>
    public void Unpack(int index)
    {
        Basket? basket;
        lock (_ready)
            if (!_free.TryPop(out basket)) basket = new Basket();
        source.Load(index, basket);
        lock (_ready) _ready[index] = basket;
    }

    private void Load(int index)
    {
        if (_ready.Remove(index, out Basket? ready))
        {
            _free.Push(_basket);
            _basket = ready;
        }
        else source.Load(index, _basket);
    }
}

/// <summary>A basket to be unpacked ahead of its use.</summary>
internal readonly record struct BasketJob(int Index, int StoredBytes);
