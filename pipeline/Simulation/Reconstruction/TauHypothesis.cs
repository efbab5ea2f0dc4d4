using TauPipeline.Physics;

namespace TauPipeline.Simulation;

/// <summary>Tracks and strips taken together as a tau; unused places are -1.</summary>
internal readonly record struct TauHypothesis(int DecayMode, LorentzVector P, int Charge, Places Tracks, Places Strips)
{
    public static readonly TauHypothesis None = new(-1, default, 0, Places.None, Places.None);

    public bool Exists => DecayMode >= 0;
}

/// <summary>Up to three places in a list, -1 where there is none.</summary>
internal readonly record struct Places(int First, int Second = -1, int Third = -1)
{
    public static readonly Places None = new(-1);

    public int Count => First < 0 ? 0 : Second < 0 ? 1 : Third < 0 ? 2 : 3;

    public int this[int i] => i switch { 0 => First, 1 => Second, _ => Third };
}
