using TauPipeline.Configuration;

namespace TauPipeline.Stages;

/// <summary>How the datasets of a pooled sample share its weight.</summary>
public enum Composition
{
    /// <summary>As many candidates as each has.</summary>
    Events,
    /// <summary>As many as each would give at the same integrated luminosity.</summary>
    CrossSection,
    /// <summary>The same of each.</summary>
    Equal,
}

/// <summary>The names and workings of compositions.</summary>
internal static class Compositions
{
    private static readonly string[] Names = ["events", "cross_section", "equal"];

    public static string Name(Composition composition) => Names[(int)composition];

    public static Composition Read(ConfigBlock block) => (Composition)Math.Max(0, Array.IndexOf(Names, block.Choice("composition", Names, Names[0])));

    /// <summary>For each dataset of some rows the factor on its weights with which they share the sample as wanted.</summary>
    /// <param name="composition">How they share it.</param>
    /// <param name="rows">All rows of the sample.</param>
    /// <param name="factors">For each dataset the factor that takes its weights to its cross section.</param>
    public static double[] Scales(Composition composition, ScoredRows rows, IReadOnlyDictionary<string, double> factors) => composition switch
    {
        Composition.CrossSection => [.. rows.DatasetNames.Select(name => factors.GetValueOrDefault(name, 1))],
        Composition.Equal => [.. rows.DatasetNames.Select((_, dataset) => Equally(rows.Weights.Where((_, i) => rows.Datasets[i] == dataset).Sum()))],
        _ => [.. rows.DatasetNames.Select(_ => 1.0)],
    };

    // A dataset whose weights cancel has no share that could be scaled.
    private static double Equally(double sum) => sum > 0 ? 1 / sum : 0;
}
