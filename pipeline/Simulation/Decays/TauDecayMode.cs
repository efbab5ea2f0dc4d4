using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>A generated tau decay: its branching fraction, what it has besides neutrinos, and the resonance of the hadrons.</summary>
internal sealed record TauDecayMode(string Name, double Fraction, int Prongs, int NeutralPions, Resonance? Hadrons)
{
    public static readonly TauDecayMode
        ToElectron = new("e nu nu", 0.1782, 0, 0, null),
        ToMuon = new("mu nu nu", 0.1739, 0, 0, null);

    /// <summary>Hadronic fractions are scaled together to 0.6479 (fast-simulation.md, Genuine taus).</summary>
    private const double Scale = 0.6479 / (0.115 + 0.259 + 0.095 + 0.012 + 0.098 + 0.048);

    public static readonly TauDecayMode[] All =
    [
        ToElectron,
        ToMuon,
        new("h", 0.115 * Scale, 1, 0, null),
        new("h pi0", 0.259 * Scale, 1, 1, Resonance.Rho),
        new("h 2pi0", 0.095 * Scale, 1, 2, Resonance.A1),
        new("h 3pi0", 0.012 * Scale, 1, 3, Resonance.FourPions),
        new("3h", 0.098 * Scale, 3, 0, Resonance.A1),
        new("3h pi0", 0.048 * Scale, 3, 1, Resonance.FourPions),
    ];

    public bool IsHadronic => Prongs > 0;

    public int Pions => Prongs + NeutralPions;

    public static TauDecayMode Draw(ref CounterRandom random)
    {
        double left = random.NextDouble();
        foreach (TauDecayMode mode in All)
            if ((left -= mode.Fraction) < 0) return mode;
        return All[^1];
    }
}
