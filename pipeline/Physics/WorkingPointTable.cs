using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>The threshold of one working point.</summary>
/// <param name="Against">Name of the class it discriminates against.</param>
/// <param name="Point">Its name.</param>
/// <param name="Target">Efficiency asked for.</param>
/// <param name="Threshold">Passed by a score strictly above it.</param>
/// <param name="Achieved">Efficiency of the (rounded) threshold on the taus it was found with that pass the requirements.</param>
/// <param name="History">Threshold after each iteration, not rounded.</param>
public sealed record WorkingPointRow(string Against, WorkingPoint Point, double Target, double Threshold, double Achieved, IReadOnlyList<double> History);

/// <summary>Thresholds of all working points, class by class and from the loosest, as they were found.</summary>
public sealed class WorkingPointTable(IReadOnlyList<WorkingPointRow> rows)
{
    /// <summary>All thresholds.</summary>
    public IReadOnlyList<WorkingPointRow> Rows { get; } = rows;

    /// <summary>Working points against a type, loosest first.</summary>
    public IEnumerable<WorkingPointRow> Against(TauClass type) => Rows.Where(row => row.Against == type.Name);

    /// <summary>The threshold of a working point.</summary>
    /// <exception cref="Misuse">It is not in the table; gives the nearest.</exception>
    public double Threshold(TauClass against, WorkingPoint point) =>
        Against(against).FirstOrDefault(row => row.Point == point)?.Threshold
        ?? throw PhysicsErrors.UnknownName($"working point against {against.Name}", point.ToString(), Against(against).Select(row => row.Point.ToString()));

    /// <summary>Whether a score passes a working point.</summary>
    public bool Passes(TauClass against, WorkingPoint point, double score) => score > Threshold(against, point);
}
