namespace TauPipeline.Simulation;

/// <summary>How a parton of one kind fragments (fast-simulation.md, Jets): quarks harder and into fewer particles than gluons.</summary>
/// <param name="MultiplicityFactor">Mean charged multiplicity over that of a light quark.</param>
/// <param name="Concentration">Of the Dirichlet distribution of energy among the particles of a category.</param>
internal readonly record struct JetShape(double MultiplicityFactor, double Concentration)
{
    public static readonly JetShape Quark = new(1, 0.45), Gluon = new(1.5, 0.75);

    public double MeanCharged(double pt) => MultiplicityFactor * Math.Max(1, 3.5 + 2.6 * Math.Log(pt / 10));
}
