namespace TauPipeline.Stages;

/// <summary>
/// What each row of a pair counts: its weight, scaled so that the datasets of a side share it as wanted, and where the pair is matched
/// a row of the background times the signal's share of its cell over the background's, cells being those of the matched variables.
/// </summary>
internal sealed class PairWeights
{
    public PairWeights(
        EvaluationPair pair,
        (ScoredRows Signal, ScoredRows Background) rows,
        IReadOnlyDictionary<string, double> factors,
        IReadOnlyList<EfficiencyVariable> variables)
    {
        (Signal, Background) = (Scaled(pair.Composition, rows.Signal, factors), Scaled(pair.Composition, rows.Background, factors));
        EfficiencyVariable[] matched = [.. pair.Matched.Select(name => variables.First(one => one.Name == name))];
        if (matched.Length > 0) Match(CellsOf(rows.Signal, matched), CellsOf(rows.Background, matched));
    }

    /// <summary>Of each row of the signal.</summary>
    public double[] Signal { get; }

    /// <summary>Of each row of the background.</summary>
    public double[] Background { get; }

    /// <summary>The share of the signal's weight that no background stands for: in cells without any, or in none.</summary>
    public double Unmatched { get; private set; }

    // A cell whose background does not add up to more than zero cannot stand for the signal's, and a row outside all cells for none.
    private void Match(int[] signalCells, int[] backgroundCells)
    {
        int count = signalCells.Concat(backgroundCells).DefaultIfEmpty(-1).Max() + 1;
        double[] signal = Sums(Signal, signalCells, count), background = Sums(Background, backgroundCells, count);
        double signals = signal.Sum(), backgrounds = background.Sum(), total = Signal.Sum(), matched = 0;
        var factors = new double[count];
        for (int cell = 0; cell < count; cell++)
        {
            if (!(background[cell] > 0) || !(signals > 0) || !(backgrounds > 0)) continue;
            factors[cell] = signal[cell] / signals / (background[cell] / backgrounds);
            matched += signal[cell];
        }
        for (int row = 0; row < Background.Length; row++)
            Background[row] *= backgroundCells[row] < 0 ? 0 : factors[backgroundCells[row]];
        Unmatched = total > 0 ? 1 - matched / total : 0;
    }

    private static int[] CellsOf(ScoredRows side, EfficiencyVariable[] variables)
    {
        var cells = new int[side.Rows];
        foreach (EfficiencyVariable variable in variables)
        {
            double[] values = side.Values(variable);
            for (int row = 0; row < cells.Length; row++)
            {
                int bin = variable.Find(values[row]);
                cells[row] = cells[row] < 0 || bin < 0 ? -1 : cells[row] * variable.Count + bin;
            }
        }
        return cells;
    }

    private static double[] Sums(double[] weights, int[] cells, int count)
    {
        var sums = new double[count];
        for (int row = 0; row < weights.Length; row++)
            if (cells[row] >= 0) sums[cells[row]] += weights[row];
        return sums;
    }

    private static double[] Scaled(Composition composition, ScoredRows side, IReadOnlyDictionary<string, double> factors)
    {
        double[] scales = Scales(composition, side, factors), weights = side.Weights;
        int[] datasets = side.Datasets;
        return [.. weights.Select((weight, row) => weight * scales[datasets[row]])];
    }

    // For each dataset the factor on its weights with which all share the side as wanted.
    private static double[] Scales(Composition composition, ScoredRows side, IReadOnlyDictionary<string, double> factors) =>
        composition switch
        {
            // What stands alone is not pooled, and counts as it is.
            Composition.CrossSection when side.DatasetNames.Count > 1 => [.. side.DatasetNames.Select(name => factors[name])],
            Composition.Equal =>
            [
                .. side.DatasetNames.Select((_, dataset) => Equally(side.Weights.Where((_, i) => side.Datasets[i] == dataset).Sum())),
            ],
            _ => [.. side.DatasetNames.Select(_ => 1.0)],
        };

    // A dataset whose weights cancel has no share that could be scaled.
    private static double Equally(double sum) => sum > 0 ? 1 / sum : 0;
}
