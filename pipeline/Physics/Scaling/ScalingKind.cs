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
    /// <summary>The median 0, and the wider of the two sides that hold 34 % of the values each 1; cut at given numbers (weaver).</summary>
    Quantile,
}

/// <summary>What becomes of a value that is missing or infinite, where its feature's selection holds.</summary>
public enum NonFinite
{
    /// <summary>What is missing gets the pad value, what is infinite the limit that it lies beyond.</summary>
    Clamp,
    /// <summary>Both get the pad value.</summary>
    Pad,
    /// <summary>Both count as the number 0, and are scaled as it is.</summary>
    Zero,
    /// <summary>The step fails.</summary>
    Error,
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
    /// <summary>The names of policies for what is not finite, in their order.</summary>
    public static readonly IReadOnlyList<string> Policies = ["clamp", "pad", "zero", "error"];

    private static readonly string[] Kinds = ["no_scaling", "categorical", "linear", "normal", "quantile"];
    private static readonly string[] Cones = ["global", "inner", "outer"];

    /// <summary>no_scaling, categorical, linear, normal or quantile.</summary>
    public static string Of(ScalingKind kind) => Kinds[(int)kind];

    /// <summary>global, inner or outer.</summary>
    public static string Of(ConstituentCone cone) => Cones[(int)cone];

    /// <summary>clamp, pad, zero or error.</summary>
    public static string Of(NonFinite policy) => Policies[(int)policy];

    /// <summary>The policy of a name.</summary>
    /// <exception cref="Misuse">There is none; gives the nearest.</exception>
    public static NonFinite ParsePolicy(string name) => (NonFinite)Index("policy for what is not finite", name, [.. Policies]);

    /// <summary>The kind of a name.</summary>
    /// <exception cref="Misuse">There is none; gives the nearest.</exception>
    public static ScalingKind ParseKind(string name) => (ScalingKind)Index("scaling", name, Kinds);

    /// <summary>The cone of a name.</summary>
    /// <exception cref="Misuse">There is none; gives the nearest.</exception>
    public static ConstituentCone ParseCone(string name) => (ConstituentCone)Index("cone", name, Cones);

    private static int Index(string what, string name, string[] known) =>
        Array.IndexOf(known, name) is >= 0 and int index ? index : throw PhysicsErrors.UnknownName(what, name, known);
}
