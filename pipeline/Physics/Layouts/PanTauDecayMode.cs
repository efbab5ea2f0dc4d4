using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// Decay modes as ATLAS numbers them (1p0n, 1p1n, 1pXn, 3p0n, 3pXn from 0 on, then others), in the numbers that all candidates have.
/// </summary>
public static class PanTauDecayMode
{
    /// <summary>The <see cref="DecayMode"/> of a code: X neutral pions are two or more, in three prongs one or more; others have none.</summary>
    public static int Of(double code) => code switch
    {
        0 => (int)DecayMode.OneProng,
        1 => (int)DecayMode.OneProngOnePi0,
        2 => (int)DecayMode.OneProngTwoPi0,
        3 => (int)DecayMode.ThreeProng,
        4 => (int)DecayMode.ThreeProngOnePi0,
        _ => Missing.Of<int>(),
    };

    /// <summary>A column of codes as one of that name.</summary>
    public static Column<int> Of(Column codes, string name) => new(name, Array.ConvertAll(codes.ToDoubles(), Of));
}
