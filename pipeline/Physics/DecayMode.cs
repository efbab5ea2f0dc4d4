using System.Globalization;

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

/// <summary>Names and selections of decay modes.</summary>
public static class DecayModes
{
    /// <summary>What analyses use: 0, 1, 2, 10, 11; the two-prong modes are left out.</summary>
    public static IReadOnlyList<DecayMode> Standard { get; } =
        [DecayMode.OneProng, DecayMode.OneProngOnePi0, DecayMode.OneProngTwoPi0, DecayMode.ThreeProng, DecayMode.ThreeProngOnePi0];

    /// <summary>Whether a code is one of <see cref="Standard"/>.</summary>
    public static bool IsStandard(int code) => code is 0 or 1 or 2 or 10 or 11;

    /// <summary>A short label for plots and tables; the code itself for codes without a name.</summary>
    public static string Label(int code) => code switch
    {
        0 => "h±",
        1 => "h±π⁰",
        2 => "h±2π⁰",
        5 => "2h±",
        6 => "2h±π⁰",
        7 => "2h±2π⁰",
        10 => "3h±",
        11 => "3h±π⁰",
        _ => code.ToString(CultureInfo.InvariantCulture),
    };
}
