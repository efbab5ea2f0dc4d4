namespace TauPipeline.Physics;

/// <summary>Decay modes of hadronic taus with CMS's codes, 5 (charged hadrons - 1) + neutral pions.</summary>
public enum DecayMode
{
    /// <summary>One charged hadron.</summary>
    OneProng = 0,
    /// <summary>One charged hadron and a neutral pion.</summary>
    OneProngOnePi0 = 1,
    /// <summary>One charged hadron and two neutral pions.</summary>
    OneProngTwoPi0 = 2,
    /// <summary>Two charged hadrons.</summary>
    TwoProng = 5,
    /// <summary>Two charged hadrons and a neutral pion.</summary>
    TwoProngOnePi0 = 6,
    /// <summary>Two charged hadrons and two neutral pions.</summary>
    TwoProngTwoPi0 = 7,
    /// <summary>Three charged hadrons.</summary>
    ThreeProng = 10,
    /// <summary>Three charged hadrons and a neutral pion.</summary>
    ThreeProngOnePi0 = 11,
}
