namespace TauPipeline.Physics;

/// <summary>
/// What makes simulated events stand for collisions: the expected number of events of a process, and so the weight of each that was
/// generated.
/// </summary>
/// <param name="CrossSection">Cross section, pb.</param>
/// <param name="Luminosity">Integrated luminosity, fb^-1.</param>
/// <param name="FilterEfficiency">Part of the process that the generator's filter lets through: above 0, at most 1.</param>
public sealed record ProcessNormalisation(double CrossSection, double Luminosity, double FilterEfficiency = 1)
{
    private const double PicobarnsInAFemtobarn = 1e-3;

    /// <summary>Events expected in that luminosity.</summary>
    public double ExpectedEvents => CrossSection / PicobarnsInAFemtobarn * Luminosity * FilterEfficiency;

    /// <summary>
    /// The weight of an event: its generator weight times expected events over the sum of generator weights of <b>all</b> events generated
    /// for all files of the dataset, those without a candidate too. Negative weights stay negative.
    /// </summary>
    /// <exception cref="Foundation.StepFailed">The sum is not above 0: there is nothing to scale by.</exception>
    public double Weight(double generatorWeight, double sumOfWeights) =>
        double.IsFinite(sumOfWeights) && sumOfWeights > 0
            ? generatorWeight * ExpectedEvents / sumOfWeights
            : throw PhysicsErrors.NoSumOfWeights(sumOfWeights);
}
