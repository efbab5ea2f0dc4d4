using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>A relativistic Breit-Wigner resonance; GeV.</summary>
internal readonly record struct Resonance(double Pole, double Width)
{
    public static readonly Resonance Rho = new(0.775, 0.149), A1 = new(1.23, 0.42), FourPions = new(1.45, 0.40);

    public static readonly Resonance W = new(Masses.W, 2.09),
        Z = new(Masses.Z, 2.50),
        Higgs = new(Masses.Higgs, 0.004),
        ZPrime = new(2000, 60);

    /// <summary>A mass between the two limits, by inversion of the Cauchy distribution of its square.</summary>
    public double Draw(ref CounterRandom random, double low, double high)
    {
        double spread = Pole * Width;
        double from = Math.Atan((low * low - Pole * Pole) / spread), to = Math.Atan((high * high - Pole * Pole) / spread);
        return Math.Sqrt(Pole * Pole + spread * Math.Tan(random.NextBetween(from, to)));
    }
}
