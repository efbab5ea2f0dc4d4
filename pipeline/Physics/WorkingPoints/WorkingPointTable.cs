using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>The threshold of one working point.</summary>
/// <param name="Against">Name of the class it discriminates against.</param>
/// <param name="Point">Its name.</param>
/// <param name="Target">Efficiency asked for.</param>
/// <param name="Threshold">Passed by a score strictly above it.</param>
/// <param name="Achieved">Efficiency of the (rounded) threshold on the taus it was found with that pass the requirements.</param>
/// <param name="History">Threshold after each iteration, not rounded.</param>
public sealed record WorkingPointRow(
    string Against, WorkingPoint Point, double Target, double Threshold, double Achieved, IReadOnlyList<double> History)
{
    /// <summary>Where 68 % of samples of as many taus would have their threshold.</summary>
    public Interval Uncertainty { get; init; } = new(Threshold, Threshold);

    /// <summary>The share of the heaviest tau: what no threshold can meet a target more closely than.</summary>
    public double OneTau { get; init; }

    /// <summary>Achieved minus target.</summary>
    public double Remains => Achieved - Target;

    /// <summary>Whether a score passes.</summary>
    public bool IsPassedBy(double score) => score > Threshold;
}

/// <summary>Thresholds of all working points, by class in the order given and from the loosest.</summary>
public sealed class WorkingPointTable
{
    /// <summary>The table of some thresholds.</summary>
    public WorkingPointTable(IReadOnlyList<WorkingPointRow> rows) =>
        Rows = [.. rows.GroupBy(row => row.Against).SelectMany(against => against.OrderBy(row => row.Point))];

    /// <summary>All thresholds.</summary>
    public IReadOnlyList<WorkingPointRow> Rows { get; }

    /// <summary>Why there is no threshold at all, in words; <see langword="null"/> where there are some, or none was asked for.</summary>
    public string? Lacking { get; private init; }

    /// <summary>A table without thresholds.</summary>
    public static WorkingPointTable Without(string lacking) => new([]) { Lacking = lacking };

    /// <summary>How the search for them ended.</summary>
    public SearchEnding Ending { get; init; }

    /// <summary>Iterations of the search.</summary>
    public int Iterations => Rows.Count > 0 ? Rows[0].History.Count : 0;

    /// <summary>Working points against a class, loosest first.</summary>
    public IEnumerable<WorkingPointRow> Against(string @class) => Rows.Where(row => row.Against == @class);
}
