using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>How a feature is scaled.</summary>
public enum ScalingKind
{
    /// <summary>Left as it is.</summary>
    NoScaling,
    /// <summary>A code, left as it is.</summary>
    Categorical,
    /// <summary>A given range onto [-1, 1].</summary>
    Linear,
    /// <summary>Mean 0 and standard deviation 1, cut at given deviations.</summary>
    Normal,
}

/// <summary>Which constituents a scaling is for.</summary>
public enum ConstituentCone
{
    /// <summary>All of them, or the candidate itself.</summary>
    Global,
    /// <summary>Those in the signal cone.</summary>
    Inner,
    /// <summary>Those around it.</summary>
    Outer,
}

/// <summary>The names of scaling kinds and cones in settings and files.</summary>
public static class ScalingNames
{
    private static readonly string[] Kinds = ["no_scaling", "categorical", "linear", "normal"];
    private static readonly string[] Cones = ["global", "inner", "outer"];

    /// <summary>no_scaling, categorical, linear or normal.</summary>
    public static string Of(ScalingKind kind) => Kinds[(int)kind];

    /// <summary>global, inner or outer.</summary>
    public static string Of(ConstituentCone cone) => Cones[(int)cone];

    /// <summary>The kind of a name.</summary>
    /// <exception cref="Misuse">There is none; gives the nearest.</exception>
    public static ScalingKind ParseKind(string name) => (ScalingKind)Index("scaling", name, Kinds);

    /// <summary>The cone of a name.</summary>
    /// <exception cref="Misuse">There is none; gives the nearest.</exception>
    public static ConstituentCone ParseCone(string name) => (ConstituentCone)Index("cone", name, Cones);

    private static int Index(string what, string name, string[] known) =>
        Array.IndexOf(known, name) is >= 0 and int index ? index : throw PhysicsErrors.UnknownName(what, name, known);
}
