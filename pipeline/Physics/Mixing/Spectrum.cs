using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>Exact counts of candidates by type, abs eta and pt, with what falls outside the bins in under- and overflow.</summary>
public sealed class Spectrum
{
    private readonly CountGrid?[] _grids;

    /// <summary>An empty spectrum of these classes, in index order.</summary>
    public Spectrum(IReadOnlyList<TauClass> classes, BinEdges absEta, BinEdges pt) =>
        (Classes, AbsEta, Pt, _grids) = (classes, absEta, pt, new CountGrid?[classes.Count]);

    /// <summary>The classes that can be counted, in index order.</summary>
    public IReadOnlyList<TauClass> Classes { get; }

    /// <summary>Bins of abs eta (x of each grid).</summary>
    public BinEdges AbsEta { get; }

    /// <summary>Bins of pt in GeV (y of each grid).</summary>
    public BinEdges Pt { get; }

    /// <summary>Types that have been seen, in index order.</summary>
    public IReadOnlyList<TauClass> Types => [.. Classes.Where(type => _grids[type.Index] is not null)];

    /// <summary>All candidates counted, in range or not.</summary>
    public long Entries => _grids.Sum(grid => grid?.Entries ?? 0);

    /// <summary>Both binnings as one text.</summary>
    public string Binning => $"abs eta {AbsEta}; pt {Pt}";

    /// <summary>The histogram's name in files: <c>eta_pt_hist_tau</c>.</summary>
    public static string HistogramName(TauClass type) => $"eta_pt_hist_{type.Name}";

    /// <summary>Counts of one type; all zero for a type never seen.</summary>
    public CountGrid this[TauClass type] => _grids[type.Index] ?? new CountGrid(AbsEta, Pt);

    /// <summary>Counts one candidate.</summary>
    public void Fill(TauClass type, double absEta, double pt) => Grid(type).Fill(absEta, pt);

    /// <summary>Counts all candidates of a batch: columns type, eta and pt.</summary>
    public void Fill(Batch batch)
    {
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> eta = batch.Flat<float>(CandidateColumns.Eta), pt = batch.Flat<float>(CandidateColumns.Pt);
        for (int i = 0; i < type.Length; i++) Fill(Classes[type[i]], Math.Abs(eta[i]), pt[i]);
    }

    /// <summary>Adds counts of one type.</summary>
    /// <exception cref="Defect">The binning differs.</exception>
    public void Add(TauClass type, CountGrid counts) => Grid(type).Add(counts);

    /// <summary>Adds another spectrum: the spectrum of both samples together.</summary>
    /// <exception cref="Defect">The binning differs.</exception>
    public void Add(Spectrum other)
    {
        foreach (TauClass type in other.Types) Add(type, other[type]);
    }

    /// <summary>The same counts of some types only.</summary>
    public Spectrum Only(IEnumerable<TauClass> types)
    {
        var kept = new Spectrum(Classes, AbsEta, Pt);
        foreach (TauClass type in types)
            if (_grids[type.Index] is CountGrid counts) kept.Add(type, counts);
        return kept;
    }

    /// <summary>Says which bin this is, for messages and tables: <c>pt 20-30, abs eta 0-1.5</c>.</summary>
    public string BinName(int absEta, int pt) =>
        FormattableString.Invariant($"pt {Pt.Edges[pt]}-{Pt.Edges[pt + 1]}, abs eta {AbsEta.Edges[absEta]}-{AbsEta.Edges[absEta + 1]}");

    private CountGrid Grid(TauClass type) => _grids[type.Index] ??= new CountGrid(AbsEta, Pt);
}
