using Shouldly;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

public class LorentzVectorTests
{
    [Fact]
    public void Transverse_momentum_direction_and_mass_come_back()
    {
        LorentzVector p = LorentzVector.FromPtEtaPhiM(40, -1.7, 3.1, 1.77686);

        p.Pt.ShouldBe(40, 1e-12);
        p.Eta.ShouldBe(-1.7, 1e-12);
        p.Phi.ShouldBe(3.1, 1e-12);
        p.Mass.ShouldBe(1.77686, 1e-9);
    }

    // Oracle: a pion of 0.1 GeV along z, seen from a frame that moves with gamma = 2 along z, by hand.
    [Fact]
    public void A_boost_along_z_follows_the_textbook()
    {
        const double mass = 0.5, gamma = 2;
        double beta = Math.Sqrt(1 - 1 / (gamma * gamma)), energy = Math.Sqrt(mass * mass + 0.01);
        var frame = new LorentzVector(0, 0, 3 * gamma * beta, 3 * gamma);

        LorentzVector seen = new LorentzVector(0, 0, 0.1, energy).BoostedFrom(frame);

        seen.Pz.ShouldBe(gamma * (0.1 + beta * energy), 1e-12);
        seen.E.ShouldBe(gamma * (energy + beta * 0.1), 1e-12);
    }

    [Fact]
    public void A_boost_across_keeps_the_mass()
    {
        LorentzVector seen = LorentzVector.FromPtEtaPhiM(2, 0.4, 1, 0.14).BoostedFrom(LorentzVector.FromPtEtaPhiM(70, 2.0, -2, 1.2));

        seen.Mass.ShouldBe(0.14, 1e-6);
    }

    [Theory]
    [InlineData(Math.PI, Math.PI)]
    [InlineData(-Math.PI, Math.PI)]
    [InlineData(3.5, 3.5 - 2 * Math.PI)]
    [InlineData(-7, -7 + 2 * Math.PI)]
    [InlineData(0, 0)]
    public void Angles_are_wrapped_into_minus_pi_exclusive_to_pi_inclusive(double angle, double wrapped) =>
        Angles.Wrap(angle).ShouldBe(wrapped, 1e-12);

    [Fact]
    public void Distances_close_over_the_edge_of_azimuth() =>
        Angles.DeltaR(1.0, 3.1, 1.3, -3.1).ShouldBe(Math.Sqrt(0.09 + Math.Pow(2 * Math.PI - 6.2, 2)), 1e-12);
}
