using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Photons: resolution, threshold, merging, conversions.</summary>
internal static class PhotonResponse
{
    private const double Conversion = 0.30, MergeDistance = 0.02, LegElectron = 0.2;

    public static void Measure(ref CounterRandom random, in GenParticle particle, Tracker tracker, ParticleFlow flow)
    {
        if (random.NextBelow(Conversion) && particle.Pt > 2 && Math.Abs(particle.Eta) < Tracker.Acceptance)
            Convert(ref random, particle, tracker, flow);
        else AddPhoton(ref random, particle.Pt, particle.Eta, particle.Phi, flow);
    }

    /// <summary>Adds a photon if it is above threshold after smearing.</summary>
    public static void AddPhoton(ref CounterRandom random, double pt, double eta, double phi, ParticleFlow flow)
    {
        double measured = pt * (1 + Calorimeter.PhotonResolution(pt * Math.Cosh(eta)) * random.NextNormal());
        if (measured < Calorimeter.PhotonThreshold) return;
        PfCandidate photon = PfCandidate.Of(
            PfType.Photon,
            0,
            measured,
            eta + 0.001 * random.NextNormal(),
            phi + 0.001 * random.NextNormal(),
            0);
        photon.RawCaloFraction = 1;
        VertexAssociation.Neutral(ref photon);
        flow.Candidates.Add(photon);
    }

    // The field opens the pair along phi; the tracks begin inside the detector and miss its inner hits.
    private static void Convert(ref CounterRandom random, in GenParticle photon, Tracker tracker, ParticleFlow flow)
    {
        double share = random.NextUnit(), opening = 0.2 * random.NextUnit();   // GeV (c)
        for (int charge = -1; charge <= 1; charge += 2, share = 1 - share)
        {
            double pt = share * photon.Pt;
            if (pt < 0.5) continue;
            double phi = photon.Phi + charge * Math.Min(0.2, opening / pt);
            GenParticle leg = photon with
            {
                Kind = ParticleKind.Electron,
                Charge = (sbyte)charge,
                Pt = pt,
                Phi = Angles.Wrap(phi),
                Mass = Masses.Electron,
            };
            PfCandidate electron = tracker.Measure(ref random, leg, PfType.Electron, isDense: false);
            electron.LostInnerHits = 2;
            electron.PixelHits = random.NextBelow(0.6) ? 0 : 1 + random.NextInt(2);
            VertexAssociation.Associate(ref electron, photon.IsPileUp);
            flow.Candidates.Add(electron);
            if (pt > 5 && random.NextBelow(LegElectron))
                flow.Electrons.Add(ElectronObject.Genuine(ref random, electron, Bremsstrahlung.Draw(ref random, leg.Eta)));
        }
    }

    /// <summary>Photons closer than 0.02 become one, at the mean direction.</summary>
    public static void Merge(GrowingList<PfCandidate> candidates)
    {
        Span<PfCandidate> all = candidates.Items;
        bool isAnyMerged = false;
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Type != PfType.Photon || all[i].Pt == 0) continue;
            for (int j = i + 1; j < all.Length; j++)
            {
                if (all[j].Type != PfType.Photon || all[j].Pt == 0 || Math.Abs(all[i].Eta - all[j].Eta) > MergeDistance) continue;
                if (Angles.DeltaR2(all[i].Eta, all[i].Phi, all[j].Eta, all[j].Phi) > MergeDistance * MergeDistance) continue;
                all[i] = Merged(all[i], all[j]);
                all[j].Pt = 0;
                isAnyMerged = true;
            }
        }
        if (isAnyMerged) candidates.RemoveWhere(static (in candidate) => candidate.Pt == 0);
    }

    private static PfCandidate Merged(in PfCandidate a, in PfCandidate b)
    {
        double pt = a.Pt + b.Pt, share = b.Pt / pt;
        PfCandidate merged = PfCandidate.Of(
            PfType.Photon,
            0,
            pt,
            a.Eta + share * (b.Eta - a.Eta),
            a.Phi + share * Angles.Wrap(b.Phi - a.Phi),
            0);
        merged.RawCaloFraction = 1;
        VertexAssociation.Neutral(ref merged);
        return merged;
    }
}
