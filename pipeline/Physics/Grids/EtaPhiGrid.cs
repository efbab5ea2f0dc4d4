namespace TauPipeline.Physics;

/// <summary>
/// A grid of square cells around a candidate in (eta, phi), its numbers as in training-and-evaluation 1.3. With odd counts of cells both
/// ways the middle of a cell is at the candidate; with an even one a corner is, and cells hold their lower edge. What lies outside has no
/// cell; so has what lies at the upper edge exactly, where the original throws (odd counts) or loses it unseen (even ones).
/// </summary>
/// <param name="EtaCells">Cells along eta, the slower index.</param>
/// <param name="PhiCells">Cells along phi.</param>
/// <param name="Size">Length of a cell's side.</param>
public sealed record EtaPhiGrid(int EtaCells, int PhiCells, double Size)
{
    /// <summary>The cell of what is in none.</summary>
    public const int Outside = -1;

    /// <summary>How many cells there are.</summary>
    public int Cells => EtaCells * PhiCells;

    private bool IsCentred => (EtaCells & PhiCells & 1) == 1;

    /// <summary>The cell at those differences of eta and phi from the candidate's, eta by eta; or <see cref="Outside"/>.</summary>
    public int CellOf(double deta, double dphi)
    {
        int eta = Place(deta, EtaCells), phi = Place(dphi, PhiCells);
        return eta == Outside || phi == Outside ? Outside : eta * PhiCells + phi;
    }

    // From 0. Quotients round: what is inside by its size can still be one cell too far.
    private int Place(double difference, int cells)
    {
        double size = Math.Abs(difference);
        if (!(size <= 0.5 * Size * cells)) return Outside;
        double index = IsCentred ? Math.CopySign(Math.Floor(size / Size + 0.5), difference) : Math.Floor(difference / Size);
        double place = index + cells / 2;
        return place >= 0 && place < cells ? (int)place : Outside;
    }
}
