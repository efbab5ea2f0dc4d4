using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>What becomes of a candidate outside the bins of the training weights.</summary>
public enum OutsideWeights
{
    /// <summary>The step fails and names the candidate.</summary>
    Fail,
    /// <summary>It takes the weight of the nearest bin.</summary>
    Nearest,
}

/// <summary>
/// Weights that give every type the spectrum of the signal, genuine taus: w_T(bin) = taus in the target / candidates of type T in
/// the input (training-and-evaluation 2, looked up in the bins themselves, without the original's uniform copy).
/// </summary>
public sealed class TrainingWeights
{
    private readonly SortedDictionary<TauClass, double[][]> _tables = new(TauClass.ByIndex);

    /// <summary>Weights from stored tables: for each type one array of abs eta bins for each pt bin.</summary>
    public TrainingWeights(WeightBinning binning, IEnumerable<KeyValuePair<TauClass, double[][]>> tables)
    {
        Binning = binning;
        foreach ((TauClass type, double[][] table) in tables) _tables[type] = table;
    }

    /// <summary>
    /// Weights from fine spectra; target and input may be the same, the signals together are the taus. <paramref name="largestSpread"/>
    /// bounds the largest over
    /// the smallest weight of all types and bins.
    /// </summary>
    /// <exception cref="StepFailed">A bin is empty (all such bins are named), or the weights differ by more than allowed.</exception>
    /// <exception cref="Misuse">An edge is not an edge of the fine spectra.</exception>
    public static TrainingWeights From(
        Spectrum input,
        Spectrum target,
        WeightBinning binning,
        ClassScheme classes,
        IReadOnlyList<TauClass>? types = null,
        double largestSpread = 1e5)
    {
        var signal = new CountGrid(target.AbsEta, target.Pt);
        foreach (TauClass one in classes.Signals) signal.Add(target[one]);
        double[][] taus = binning.Sum(signal);
        List<string> empty = EmptyBins($"target {string.Join(" + ", classes.Signals.Select(one => one.Name))}", taus, binning);
        var tables = new SortedDictionary<TauClass, double[][]>(TauClass.ByIndex);
        foreach (TauClass type in types ?? classes.Trained)
        {
            double[][] counts = binning.Sum(input[type]);
            empty.AddRange(EmptyBins(type.Name, counts, binning));
            tables[type] = [.. counts.Select((row, pt) => row.Select((count, eta) => taus[pt][eta] / count).ToArray())];
        }
        if (empty.Count > 0) throw PhysicsErrors.EmptyBins(empty, "use coarser bins of the training weights, or more candidates");
        double[] all = [.. tables.Values.SelectMany(table => table).SelectMany(row => row)];
        double spread = all.Max() / all.Min();
        return spread <= largestSpread ? new(binning, tables) : throw PhysicsErrors.WeightSpread(spread, largestSpread);
    }

    /// <summary>The bins.</summary>
    public WeightBinning Binning { get; }

    /// <summary>Types with weights, in index order.</summary>
    public IReadOnlyCollection<TauClass> Types => _tables.Keys;

    /// <summary>Weights of one type by pt bin and abs eta bin.</summary>
    /// <exception cref="StepFailed">The type has no weights.</exception>
    public IReadOnlyList<double[]> Table(TauClass type) =>
        _tables.TryGetValue(type, out double[][]? table) ? table : throw PhysicsErrors.NoWeights(type);

    /// <summary>Weights of 1 for every class, for campaigns that do not reweight.</summary>
    public static TrainingWeights Ones(WeightBinning binning, ClassScheme classes) => new(binning, classes.Trained.Select(type =>
        KeyValuePair.Create(type, binning.AbsEtaByPt.Select(edges => Enumerable.Repeat(1.0, edges.Count).ToArray()).ToArray())));

    /// <summary>The weights of a batch's candidates, as a column: columns type, eta and pt are read.</summary>
    /// <exception cref="StepFailed">A type has no weights, or a candidate is outside with <see cref="OutsideWeights.Fail"/>.</exception>
    public Column<float> Of(Batch batch, OutsideWeights outside)
    {
        ReadOnlySpan<int> type = batch.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> eta = batch.Flat<float>(CandidateColumns.Eta), pt = batch.Flat<float>(CandidateColumns.Pt);
        var weights = new float[batch.Rows];
        var classes = new TauClass?[_tables.Count == 0 ? 0 : 1 + _tables.Keys.Max(one => one.Index)];
        foreach (TauClass one in _tables.Keys) classes[one.Index] = one;
        for (int i = 0; i < weights.Length; i++)
        {
            TauClass @class = (uint)type[i] < classes.Length && classes[type[i]] is { } one ? one : throw PhysicsErrors.NoWeights(type[i]);
            weights[i] = (float)Of(@class, Math.Abs(eta[i]), pt[i], outside);
        }
        return new Column<float>(CandidateColumns.Weight, weights);
    }

    /// <summary>The weight of a candidate.</summary>
    /// <exception cref="StepFailed">The type has no weights, or the candidate is outside with
    /// <see cref="OutsideWeights.Fail"/>.</exception>
    public double Of(TauClass type, double absEta, double pt, OutsideWeights outside)
    {
        (int Pt, int AbsEta)? bin = outside == OutsideWeights.Nearest ? Binning.FindNearest(absEta, pt) : Binning.Find(absEta, pt);
        if (bin is (int row, int column)) return Table(type)[row][column];
        throw PhysicsErrors.OutsideWeights(type, absEta, pt);
    }

    private static List<string> EmptyBins(string name, double[][] counts, WeightBinning binning)
    {
        if (counts.All(row => row.All(count => count == 0))) return [$"{name}, every bin"];
        return
        [
            .. counts.SelectMany((row, pt) => row.Select((count, eta) => (Count: count, Name: $"{name}, {binning.BinName(pt, eta)}")))
                .Where(bin => bin.Count == 0)
                .Select(bin => bin.Name),
        ];
    }
}
