using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

// Closure test 1 of fast-simulation.md; branching fractions, masses and the decay length are PDG averages.
public class TauDecayTests
{
    private const int Decays = 60_000;

    private static readonly LorentzVector Tau = LorentzVector.FromPtEtaPhiM(40, 0.7, 1.1, 1.77686);

    private readonly GrowingList<GenParticle> _products = new();

    [Fact]
    public void Modes_come_with_their_branching_fractions()
    {
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < Decays; i++)
        {
            string name = Decay(i).Mode.Name;
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        double scale = 0.6479 / 0.627;
        foreach (
            (string name, double fraction) in new[]
            {
                ("e nu nu", 0.1782),
                ("mu nu nu", 0.1739),
                ("h", 0.115 * scale),
                ("h pi0", 0.259 * scale),
            ("h 2pi0", 0.095 * scale), ("h 3pi0", 0.012 * scale), ("3h", 0.098 * scale), ("3h pi0", 0.048 * scale) })
            (counts[name] / (double)Decays).ShouldBe(fraction, 4 * Math.Sqrt(fraction * (1 - fraction) / Decays), name);
    }

    [Fact]
    public void Energy_momentum_and_charge_are_conserved()
    {
        for (int i = 0; i < 2000; i++)
        {
            Decay(i);

            LorentzVector sum = default;
            int charge = 0;
            foreach (GenParticle product in _products.Items)
            {
                sum += product.P4;
                charge += product.Charge;
            }
            charge.ShouldBe(-1);
            // Neutral pions are given the charged pion's mass before they decay, both neutrinos of a lepton are one: per mille.
            sum.Pt.ShouldBe(Tau.Pt, 0.01 * Tau.Pt);
            sum.E.ShouldBe(Tau.E, 0.01 * Tau.E);
        }
    }

    [Fact]
    public void Prongs_and_photons_are_those_of_the_mode()
    {
        for (int i = 0; i < 2000; i++)
        {
            TauDecayMode mode = Decay(i).Mode;

            Count(ParticleKind.ChargedHadron).ShouldBe(mode.Prongs);
            Count(ParticleKind.Photon).ShouldBe(2 * mode.NeutralPions);
        }
    }

    [Fact]
    public void The_h_pi0_mass_peaks_at_the_rho()
    {
        var bins = new int[60];
        for (int i = 0; i < Decays; i++)
            if (Decay(i).Mode.Name == "h pi0") bins[Math.Clamp((int)(VisibleMass() / 0.03), 0, bins.Length - 1)]++;

        ((Array.IndexOf(bins, bins.Max()) + 0.5) * 0.03).ShouldBe(0.775, 0.04);
    }

    [Fact]
    public void The_median_mass_of_three_hadrons_is_that_of_the_a1_in_a_tau()
    {
        List<double> masses = [];
        for (int i = 0; i < Decays; i++)
            if (Decay(i).Mode.Name == "3h") masses.Add(VisibleMass());
        masses.Sort();

        masses[masses.Count / 2].ShouldBeInRange(1.10, 1.25);
    }

    [Fact]
    public void The_mean_flight_is_beta_gamma_c_tau()
    {
        double sum = 0;
        for (int i = 0; i < Decays; i++) sum += Decay(i).Vertex.Length;

        double expected = Tau.P / 1.77686 * 87.03e-4;
        (sum / Decays).ShouldBe(expected, 3 * expected / Math.Sqrt(Decays));
    }

    private (TauDecayMode Mode, Vector3 Vertex) Decay(int index)
    {
        var random = new CounterRandom(42, (ulong)index);
        _products.Clear();
        return TauDecay.Decay(ref random, Tau, -1, default, _products);
    }

    private int Count(ParticleKind kind)
    {
        int count = 0;
        foreach (GenParticle product in _products.Items) if (product.Kind == kind) count++;
        return count;
    }

    private double VisibleMass()
    {
        LorentzVector sum = default;
        foreach (GenParticle product in _products.Items)
            if (product.Kind != ParticleKind.Neutrino) sum += product.P4;
        return sum.Mass;
    }
}
