namespace TauPipeline.Physics;

/// <summary>
/// How far efficiencies lie from their targets, at the worst one, beyond the weight of one tau that no threshold can avoid.
/// What meets all targets from above is nearer than what falls short of one, whatever the excess.
/// </summary>
/// <param name="Shortfall">The largest target minus achieved.</param>
/// <param name="Excess">The largest achieved minus target.</param>
internal readonly record struct WorkingPointMiss(double Shortfall, double Excess) : IComparable<WorkingPointMiss>
{
    // sums of shares are rounded
    private const double Rounding = 1e-12;

    /// <summary>Of thresholds that no tau passes.</summary>
    public static WorkingPointMiss Worst { get; } = new(double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>This, and one more efficiency that lies <paramref name="above"/> its target.</summary>
    public WorkingPointMiss With(double above, double oneTau)
    {
        double beyond = Math.Abs(above) - oneTau - Rounding;
        if (beyond <= 0) return this;
        return above < 0 ? this with { Shortfall = Math.Max(Shortfall, beyond) } : this with { Excess = Math.Max(Excess, beyond) };
    }

    /// <inheritdoc/>
    public int CompareTo(WorkingPointMiss other) =>
        Shortfall != other.Shortfall ? Shortfall.CompareTo(other.Shortfall) : Excess.CompareTo(other.Excess);
}
