using TauPipeline.Learning;

namespace TauPipeline.Stages;

/// <summary>What a tensor step states of the libraries it computes with.</summary>
internal static class TensorTools
{
    /// <summary>Versions that can change a result.</summary>
    public static IReadOnlyList<string> Versions(string numeric) => [LearningEnvironment.Version, $"numeric {numeric}"];

    /// <summary>The environment that makes a result the same on any machine of the same library versions.</summary>
    public static IReadOnlyDictionary<string, string> Environment(string numeric, int threads) =>
        numeric == "portable" ? LearningEnvironment.Portable(threads) : LearningEnvironment.Fastest(threads);
}
