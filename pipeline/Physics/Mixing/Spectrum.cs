using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// Exact counts of candidates by type, decay mode, abs eta and pt, with what falls outside the bins of the latter two in under- and
/// overflow.
/// </summary>
public sealed class Spectrum
{
    /// <summary>The decay mode of candidates that have none: jets of other layouts, histograms of abs eta and pt alone.</summary>
    public const int NoMode = -1;

    private const int HighestMode = 99;
    private readonly SortedDictionary<int, CountGrid>[] _modes;

    /// <summary>An empty spectrum of these classes, in index order.</summary>
    public Spectrum(IReadOnlyList<TauClass> classes, BinEdges absEta, BinEdges pt) =>
        (Classes, AbsEta, Pt, _modes) = (classes, absEta, pt, [.. classes.Select(_ => new SortedDictionary<int, CountGrid>())]);

    /// <summary>The classes that can be counted, in index order.</summary>
    public IReadOnlyList<TauClass> Classes { get; }

    /// <summary>Bins of abs eta (x of each grid).</summary>
    public BinEdges AbsEta { get; }

    /// <summary>Bins of pt in GeV (y of each grid).</summary>
    public BinEdges Pt { get; }

    /// <summary>Types that have been seen, in index order.</summary>
    public IReadOnlyList<TauClass> Types => [.. Classes.Where(type => _modes[type.Index].Count > 0)];

    /// <summary>All candidates counted, in range or not.</summary>
    public long Entries => _modes.Sum(modes => modes.Values.Sum(grid => grid.Entries));

    /// <summary>Both binnings as one text.</summary>
    public string Binning => $"abs eta {AbsEta}; pt {Pt}";

    /// <summary>The histogram's name in files: <c>eta_pt_hist_tau</c>.</summary>
    public static string HistogramName(TauClass type) => $"eta_pt_hist_{type.Name}";

    /// <summary>Decay modes of one type that have been seen, ascending; <see cref="NoMode"/> first.</summary>
    public IReadOnlyCollection<int> ModesOf(TauClass type) => _modes[type.Index].Keys;

    /// <summary>A decay mode in words.</summary>
    public static string ModeName(int mode) => mode == NoMode ? "none" : FormattableString.Invariant($"{mode}");

    /// <summary>The same of one decay mode: <c>eta_pt_hist_tau_dm10</c>.</summary>
    public static string HistogramName(TauClass type, string mode) => $"{HistogramName(type)}_dm{mode}";

    /// <summary>Counts of one type over all decay modes; all zero for a type never seen.</summary>
    public CountGrid this[TauClass type]
    {
        get
        {
            var sum = new CountGrid(AbsEta, Pt);
            foreach (CountGrid counts in _modes[type.Index].Values) sum.Add(counts);
            return sum;
        }
    }

    /// <summary>Counts of one type and decay mode; all zero if never seen.</summary>
    public CountGrid this[TauClass type, int mode] => _modes[type.Index].GetValueOrDefault(mode) ?? new CountGrid(AbsEta, Pt);

    /// <summary>Counts one candidate; what cannot be a decay mode is none.</summary>
    public void Fill(TauClass type, double absEta, double pt, int mode = NoMode) =>
        Grid(type, mode is >= 0 and <= HighestMode ? mode : NoMode).Fill(absEta, pt);

    /// <summary>Counts all candidates of a batch: columns type, eta, pt, and the decay mode where there is one.</summary>
    public void Fill(Batch batch)
    {
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> eta = batch.Flat<float>(CandidateColumns.Eta), pt = batch.Flat<float>(CandidateColumns.Pt);
        bool hasMode = batch.Schema.Find(CandidateColumns.DecayMode) is not null;
        ReadOnlySpan<int> mode = hasMode ? batch.Flat<int>(CandidateColumns.DecayMode) : [];
        for (int i = 0; i < type.Length; i++) Fill(Classes[type[i]], Math.Abs(eta[i]), pt[i], hasMode ? mode[i] : NoMode);
    }

    /// <summary>Adds counts of one type and decay mode.</summary>
    /// <exception cref="Defect">The binning differs.</exception>
    public void Add(TauClass type, CountGrid counts, int mode = NoMode) => Grid(type, mode).Add(counts);

    /// <summary>Adds another spectrum: the spectrum of both samples together.</summary>
    /// <exception cref="Defect">The binning differs.</exception>
    public void Add(Spectrum other)
    {
        foreach (TauClass type in other.Types) AddAll(type, other);
    }

    /// <summary>The same counts of some types only.</summary>
    public Spectrum Only(IEnumerable<TauClass> types)
    {
        var kept = new Spectrum(Classes, AbsEta, Pt);
        foreach (TauClass type in types) kept.AddAll(type, this);
        return kept;
    }

    /// <summary>The same candidates in coarser bins; those outside them are in under- and overflow.</summary>
    /// <exception cref="Misuse">An edge is none of this spectrum's, so that one of its bins would have to be cut.</exception>
    public Spectrum In(BinEdges absEta, BinEdges pt)
    {
        (int[] x, int[] y) = (WithOutside(AbsEta.OnTo(absEta), absEta), WithOutside(Pt.OnTo(pt), pt));
        var coarse = new Spectrum(Classes, absEta, pt);
        foreach (TauClass type in Types)
            foreach (int mode in ModesOf(type))
            {
                CountGrid from = this[type, mode], to = coarse.Grid(type, mode);
                for (int i = 0; i < x.Length; i++)
                    for (int j = 0; j < y.Length; j++) to.AddTo(x[i], y[j], from[i - 1, j - 1]);
            }
        return coarse;
    }

    /// <summary>Says which bin this is, for messages and tables: <c>pt 20-30, abs eta 0-1.5</c>.</summary>
    public string BinName(int absEta, int pt) =>
        FormattableString.Invariant($"pt {Pt.Edges[pt]}-{Pt.Edges[pt + 1]}, abs eta {AbsEta.Edges[absEta]}-{AbsEta.Edges[absEta + 1]}");

    private void AddAll(TauClass type, Spectrum other)
    {
        foreach ((int mode, CountGrid counts) in other._modes[type.Index]) Add(type, counts, mode);
    }

    private CountGrid Grid(TauClass type, int mode)
    {
        SortedDictionary<int, CountGrid> modes = _modes[type.Index];
        if (!modes.TryGetValue(mode, out CountGrid? counts)) modes[mode] = counts = new CountGrid(AbsEta, Pt);
        return counts;
    }

    // The bins of a map, with underflow before and overflow behind.
    private static int[] WithOutside(int[] map, BinEdges onTo) => [-1, .. map, onTo.Count];
}
