namespace TauPipeline.Simulation;

/// <summary>How a tau shares its energy between the calorimeters, and where its hardest track meets the first.</summary>
internal readonly record struct CaloShape(double ERatio, double EmFraction, double EtaAtEcal, bool IsInCrack)
{
    private const double BarrelRadius = 129, EndcapDistance = 315;   // cm

    public static CaloShape Of(ReadOnlySpan<PfCandidate> candidates, in TauCandidate tau, double vertexZ)
    {
        double ecal = 0, hcal = 0;
        foreach (ref readonly PfCandidate candidate in candidates)
        {
            if (candidate.Role is not (TauRole.Prong or TauRole.SignalPhoton)) continue;
            double seen = candidate.Energy * (candidate.Charge != 0 ? candidate.RawCaloFraction : 1);
            hcal += seen * candidate.HcalFraction;
            ecal += seen * (1 - candidate.HcalFraction);
        }
        double eRatio = ecal + hcal > 0 ? ecal / (ecal + hcal) : -1;
        ref readonly PfCandidate lead = ref candidates[tau.Lead];
        return new(eRatio, Math.Min(1, ecal / tau.P.E), EtaAt(lead.Eta, vertexZ + lead.Dz), Calorimeter.IsCrack(tau.Eta));
    }

    private static double EtaAt(double eta, double z)
    {
        double slope = Math.Sinh(eta), atBarrel = z + BarrelRadius * slope;
        if (Math.Abs(atBarrel) < EndcapDistance) return Math.Asinh(atBarrel / BarrelRadius);
        double endcap = Math.CopySign(EndcapDistance, eta);
        return Math.Asinh(endcap * slope / (endcap - z));
    }
}
