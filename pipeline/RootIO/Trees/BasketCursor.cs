namespace TauPipeline.RootIO;

/// <summary>
/// Stands at an entry of a branch, with its basket unpacked; going forward unpacks each basket once. Other threads may help: they
/// unpack baskets from the end of what is planned, while the cursor comes from its beginning; then those of the plan after it.
/// </summary>
internal sealed class BasketCursor(BasketSource source, Action<Basket>? check = null)
{
    // Baskets that others took: null until they are unpacked. Also the lock of all that several threads see.
    private readonly Dictionary<int, Basket?> _helped = [];
    private readonly Stack<Basket> _free = [];
    private Basket _basket = new();
    private int _loaded = -1, _at, _next, _end, _ahead, _aheadEnd;
    private long _left;

    public BasketSource Source => source;

    /// <summary>Where the basket stands, for messages.</summary>
    public Place Place => source.PlaceOf(_at);

    /// <summary>The basket around <see cref="Entry"/>.</summary>
    public Basket Basket => _basket;

    /// <summary>The place of the entry in its basket.</summary>
    public int Entry { get; private set; }

    /// <summary>The first entry of the basket; already true while the basket is checked.</summary>
    public long First { get; private set; }

    /// <summary>Bytes in the file of the planned baskets that nobody has taken yet.</summary>
    public long Left
    {
        get { lock (_helped) return _left; }
    }

    /// <summary>Goes to an entry; returns how many entries from there on, at most <paramref name="wanted"/>, are in its basket.</summary>
    public int MoveTo(long entry, int wanted)
    {
        if (source.Count == 0 || entry < source.Start(0) || entry >= source.End)
            throw RootErrors.NoSuchEntries(source.Place, entry, entry + wanted - 1, source.End);
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

    /// <summary>
    /// Says that all of these entries will be asked for, and then those up to <paramref name="after"/>, so that others can help. Nobody
    /// may be helping.
    /// </summary>
    public void Plan(long first, int entries, long after)
    {
        (_next, _end, _ahead, _aheadEnd, _left) = (0, 0, 0, 0, 0);
        if (source.Count == 0 || first < source.Start(0) || first >= source.End) return;
        _next = source.IndexOf(first);
        while (_next == _loaded || _helped.ContainsKey(_next)) _next++;
        for (_end = _next; _end < source.Count && source.Start(_end) < first + entries; _end++) _left += source.StoredBytes(_end);
        for (_ahead = _aheadEnd = _end; _aheadEnd < source.Count && source.Start(_aheadEnd) < after;) _aheadEnd++;
    }

    /// <summary>
    /// Unpacks the last planned basket that nobody has taken, if there is one. A damaged one is left to the cursor, which finds the same.
    /// </summary>
    public void Help()
    {
        if (TryTakeLast(out int index, out Basket basket)) Unpack(index, basket);
    }

    /// <summary>
    /// Unpacks the first basket of the plan after this one that nobody has taken; <see langword="false"/> if there is none.
    /// </summary>
    public bool HelpAhead()
    {
        if (!TryTakeAhead(out int index, out Basket basket)) return false;
        Unpack(index, basket);
        return true;
    }

    /// <summary>Gives all memory back. The cursor must not be used any more.</summary>
    public void Release()
    {
        _basket.Release();
        foreach (Basket basket in _free) basket.Release();
        foreach (Basket? basket in _helped.Values) basket?.Release();
        _loaded = -1;
    }

    private void Unpack(int index, Basket basket)
    {
        bool isUnpacked = false;
        try
        {
            source.Load(index, basket);
            isUnpacked = true;
        }
        catch (Foundation.StepFailed) { }
        finally
        {
            lock (_helped)
            {
                if (isUnpacked) _helped[index] = basket;
                else if (_helped.Remove(index)) _free.Push(basket);
                Monitor.PulseAll(_helped);
            }
        }
    }

    private bool TryTakeLast(out int index, out Basket basket)
    {
        lock (_helped)
        {
            (index, basket) = (-1, null!);
            if (_end <= _next) return false;
            index = --_end;
            _left -= source.StoredBytes(index);
            return source.Start(index) < source.Start(index + 1) && Take(index, out basket); // nobody will ask for an empty one
        }
    }

    private bool TryTakeAhead(out int index, out Basket basket)
    {
        lock (_helped)
        {
            while (_ahead < _aheadEnd && source.Start(_ahead) == source.Start(_ahead + 1)) _ahead++;
            (index, basket) = (_ahead, null!);
            return _ahead < _aheadEnd && Take(_ahead++, out basket);
        }
    }

    private bool Take(int index, out Basket basket)
    {
        basket = null!;
        if (!_helped.TryAdd(index, null)) return false; // unpacked ahead, behind one that is damaged
        basket = _free.TryPop(out Basket? free) ? free : new Basket();
        return true;
    }

    private void Load(int index)
    {
        if (Helped(index) is { } ready)
        {
            lock (_helped) _free.Push(_basket);
            _basket = ready;
        }
        else source.Load(index, _basket);
    }

    // Takes a basket from those who help, once it is ready; or takes it off the plan, to be unpacked here.
    private Basket? Helped(int index)
    {
        lock (_helped)
        {
            for (; _next <= index && _next < _end; _next++) _left -= source.StoredBytes(_next);
            Basket? basket;
            while (_helped.TryGetValue(index, out basket) && basket is null) Monitor.Wait(_helped);
            _helped.Remove(index);
            return basket;
        }
    }
}
