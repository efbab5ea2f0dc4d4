using TauPipeline.Configuration;

namespace TauPipeline.Stages;

/// <summary>How the datasets of a pooled sample share its weight.</summary>
public enum Composition
{
    /// <summary>As many candidates as each has.</summary>
    Events,
    /// <summary>As many as each gives at its cross section, luminosity and filter efficiency.</summary>
    CrossSection,
    /// <summary>The same of each.</summary>
    Equal,
}

/// <summary>The names of compositions.</summary>
internal static class Compositions
{
    private static readonly string[] Names = ["events", "cross_section", "equal"];

    public static string Name(Composition composition) => Names[(int)composition];

    public static Composition Read(ConfigBlock block) =>
        (Composition)Math.Max(0, Array.IndexOf(Names, block.Choice("composition", Names, Names[0])));
}
