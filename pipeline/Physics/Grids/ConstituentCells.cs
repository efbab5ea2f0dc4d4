using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>Where the constituents of one kind are in the grids of their candidates, over the rows of a batch.</summary>
internal sealed class ConstituentCells
{
    private readonly int[][] _cells;

    /// <summary>Finds the cells.</summary>
    /// <exception cref="Foundation.StepFailed">A row has lists of different lengths, or no lists but numbers.</exception>
    public ConstituentCells(Batch batch, string kind, GridLayout layout)
    {
        Column first = batch[ConstituentCones.EtaOf(kind)];
        if (!first.Spec.IsJagged) throw PhysicsErrors.NoLists(first.Spec.Name);
        (Kind, Offsets) = (kind, ElementRows.OffsetsOf(first));
        double[] eta = ListOf(batch, ConstituentCones.EtaOf(kind)), phi = ListOf(batch, $"{kind}_phi");
        Pt = ListOf(batch, ConstituentCones.PtOf(kind));
        _cells = [.. layout.Locations.Select(_ => new int[eta.Length])];
        Rows = new int[eta.Length];
        double[] tauPt = batch[CandidateColumns.Pt].ToDoubles(), tauEta = batch[CandidateColumns.Eta].ToDoubles(),
            tauPhi = batch[CandidateColumns.Phi].ToDoubles();
        for (int row = 0; row < batch.Rows; row++)
            for (int i = Offsets[row]; i < Offsets[row + 1]; i++)
            {
                Rows[i] = row;
                double deta = eta[i] - tauEta[row], dphi = Angles.Wrap(phi[i] - tauPhi[row]);
                double distance = Math.Sqrt(deta * deta + dphi * dphi);
                for (int at = 0; at < _cells.Length; at++)
                {
                    GridLocation location = layout.Locations[at];
                    _cells[at][i] = location.Takes(distance, tauPt[row], layout.Cones)
                        ? location.Grid.CellOf(deta, dphi) : EtaPhiGrid.Outside;
                }
            }
    }

    /// <summary>What their columns' names begin with.</summary>
    public string Kind { get; }

    /// <summary>Where those of each row begin, and of the last one end.</summary>
    public int[] Offsets { get; }

    /// <summary>The row of each.</summary>
    public int[] Rows { get; }

    /// <summary>GeV, of each; NaN where it is missing.</summary>
    public double[] Pt { get; }

    /// <summary>The cell of each in a grid.</summary>
    public ReadOnlySpan<int> CellsIn(int location) => _cells[location];

    /// <summary>Holds a column to one value for each of them.</summary>
    /// <exception cref="Foundation.StepFailed">A row has more or fewer.</exception>
    public void Check(Column column) => ConstituentLengths.Check(column, ConstituentCones.EtaOf(Kind), Offsets);

    private double[] ListOf(Batch batch, string column)
    {
        Check(batch[column]);
        return batch[column].ToDoubles();
    }
}
