using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>Bins of training weights: rows of pt, each with its own bins of abs eta.</summary>
public sealed class WeightBinning
{
    /// <summary>Rows of pt with one list of abs eta edges each.</summary>
    /// <exception cref="Misuse">The number of lists is not the number of pt bins.</exception>
    public WeightBinning(BinEdges pt, IReadOnlyList<BinEdges> absEtaByPt)
    {
        if (absEtaByPt.Count != pt.Count) throw PhysicsErrors.EdgeListsDiffer(pt.Count, absEtaByPt.Count);
        (Pt, AbsEtaByPt) = (pt, absEtaByPt);
    }

    /// <summary>The same bins of abs eta in every row.</summary>
    public WeightBinning(BinEdges pt, BinEdges absEta) : this(pt, [.. Enumerable.Repeat(absEta, pt.Count)]) { }

    /// <summary>Edges of pt, GeV.</summary>
    public BinEdges Pt { get; }

    /// <summary>Edges of abs eta in each bin of pt.</summary>
    public IReadOnlyList<BinEdges> AbsEtaByPt { get; }

    /// <summary>Row and column of a candidate; <see langword="null"/> outside the bins.</summary>
    public (int Pt, int AbsEta)? Find(double absEta, double pt)
    {
        if (!Pt.Contains(pt)) return null;
        int row = Pt.Find(pt);
        return AbsEtaByPt[row].Contains(absEta) ? (row, AbsEtaByPt[row].Find(absEta)) : null;
    }

    /// <summary>Row and column of the bin nearest to a candidate; NaN has none.</summary>
    public (int Pt, int AbsEta)? FindNearest(double absEta, double pt)
    {
        if (double.IsNaN(absEta) || double.IsNaN(pt)) return null;
        int row = Math.Clamp(Pt.Find(pt), 0, Pt.Count - 1);
        return (row, Math.Clamp(AbsEtaByPt[row].Find(absEta), 0, AbsEtaByPt[row].Count - 1));
    }

    /// <summary>Adds fine counts up in these bins: one array of abs eta bins for each pt bin.</summary>
    /// <exception cref="Misuse">An edge here is not an edge of the fine counts.</exception>
    public double[][] Sum(CountGrid fine)
    {
        int[] rows = fine.Y.OnTo(Pt);
        double[][] sums = [.. AbsEtaByPt.Select(edges => new double[edges.Count])];
        int[][] columns = [.. AbsEtaByPt.Select(fine.X.OnTo)];
        for (int y = 0; y < rows.Length; y++)
        {
            if (rows[y] < 0 || rows[y] >= Pt.Count) continue;
            double[] row = sums[rows[y]];
            int[] column = columns[rows[y]];
            for (int x = 0; x < column.Length; x++)
                if (column[x] >= 0 && column[x] < row.Length) row[column[x]] += fine[x, y];
        }
        return sums;
    }

    /// <summary>Says which bin this is, for messages: <c>pt 20-30, abs eta 0-0.1</c>.</summary>
    public string BinName(int pt, int absEta) => FormattableString.Invariant(
        $"pt {Pt.Edges[pt]}-{Pt.Edges[pt + 1]}, abs eta {AbsEtaByPt[pt].Edges[absEta]}-{AbsEtaByPt[pt].Edges[absEta + 1]}");
}
