namespace TauPipeline.Simulation;

/// <summary>What a campaign may change about the simulation; the defaults are those of fast-simulation.md.</summary>
public sealed record SimulationSettings
{
    private const double MaxPileUp = 200;

    /// <summary>Mean number of pile-up vertices.</summary>
    public double PileUpMean { get; init => field = Within("pile_up", value, 0, MaxPileUp); } = 35;

    /// <summary>Fraction of candidates that are planted without a truth value.</summary>
    public double UnmatchedFraction { get; init => field = Within("unmatched", value, 0, 1); } = 0.03;

    /// <summary>Fraction of events that stand in their file and in the one before.</summary>
    public double DuplicateFraction { get; init => field = Within("duplicates", value, 0, 1); } = 0.01;

    /// <summary>Events of one file; 0 when there is only one file, which then has no duplicates.</summary>
    public long EventsPerFile { get; init => field = (long)Within("events_per_file", value, 0, 1e15); }

    /// <summary>Whether generated hadronic taus without a candidate are written too, with tau_index -1.</summary>
    public bool WithLostTaus { get; init; } = true;

    /// <summary>Factor on the resolution of impact parameters: 1.10 in the shifted sample for domain adaptation.</summary>
    public double ImpactResolution { get; init => field = Within("impact_resolution", value, 0.1, 10); } = 1;

    /// <summary>Factor on charged and neutral isolation sums: 1.08 in the shifted sample.</summary>
    public double IsolationScale { get; init => field = Within("isolation_scale", value, 0.1, 10); } = 1;

    private static double Within(string name, double value, double low, double high) =>
        value >= low && value <= high ? value : throw SimulationErrors.OutOfRange(name, value, low, high);
}
