namespace TauPipeline.Physics;

/// <summary>Energy and momentum of a particle; GeV.</summary>
public readonly record struct LorentzVector(double Px, double Py, double Pz, double E)
{
    /// <summary>From transverse momentum, pseudorapidity, azimuth and mass.</summary>
    public static LorentzVector FromPtEtaPhiM(double pt, double eta, double phi, double mass)
    {
        (double sine, double cosine) = Math.SinCos(phi);
        double pz = pt * Math.Sinh(eta);
        return new(pt * cosine, pt * sine, pz, Math.Sqrt(pt * pt + pz * pz + mass * mass));
    }

    /// <summary>Transverse momentum.</summary>
    public double Pt => Math.Sqrt(Px * Px + Py * Py);

    /// <summary>Momentum.</summary>
    public double P => Math.Sqrt(Px * Px + Py * Py + Pz * Pz);

    /// <summary>Azimuth in (-pi, pi].</summary>
    public double Phi => Math.Atan2(Py, Px);

    /// <summary>Pseudorapidity; along the beam an infinity.</summary>
    public double Eta => Math.Asinh(Pz / Pt);

    /// <summary>Mass; 0 where rounding makes its square negative.</summary>
    public double Mass => Math.Sqrt(Math.Max(0, E * E - Px * Px - Py * Py - Pz * Pz));

    /// <summary>The momentum as a plain vector.</summary>
    public Vector3 Momentum => new(Px, Py, Pz);

    /// <summary>This vector, given in the rest frame of <paramref name="frame"/>, as seen where the frame moves.</summary>
    public LorentzVector BoostedFrom(LorentzVector frame)
    {
        double mass = frame.Mass;
        double along = (Px * frame.Px + Py * frame.Py + Pz * frame.Pz) / (frame.E + mass);
        double factor = (E + along) / mass;
        return new(Px + factor * frame.Px, Py + factor * frame.Py, Pz + factor * frame.Pz, (frame.E * E + along * (frame.E + mass)) / mass);
    }

    /// <summary>Sum.</summary>
    public static LorentzVector operator +(LorentzVector a, LorentzVector b) => new(a.Px + b.Px, a.Py + b.Py, a.Pz + b.Pz, a.E + b.E);

    /// <summary>Difference.</summary>
    public static LorentzVector operator -(LorentzVector a, LorentzVector b) => new(a.Px - b.Px, a.Py - b.Py, a.Pz - b.Pz, a.E - b.E);
}
