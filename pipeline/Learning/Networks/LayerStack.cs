using System.Text.Json.Serialization;

namespace TauPipeline.Learning;

/// <summary>
/// Blocks of layers one after the other, each: a dense layer (on rows, on each cell of a grid, or on each object of a list), batch
/// normalisation with Keras' constants if it is wanted, an activation, dropout.
/// </summary>
/// <param name="Widths">Outputs of each, first to last.</param>
/// <param name="Activation">One of <see cref="Activations"/>.</param>
/// <param name="Dropout">Share of each block's outputs left out in training, in [0, 1).</param>
public sealed record LayerStack(IReadOnlyList<int> Widths, string Activation, double Dropout)
{
    /// <summary>The activations known.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["prelu", "relu", "tanh", "elu", Selu];

    /// <summary>The one whose layers keep mean 0 and variance 1 by themselves: it has no batch normalisation.</summary>
    internal const string Selu = "selu";

    /// <summary>Whether the blocks have no batch normalisation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WithoutNorm { get; init; }

    internal bool HasNorm => !WithoutNorm && Activation != Selu;

    /// <summary>Width of the last block; of none, that of what goes in.</summary>
    public int After(int inputs) => Widths.Count == 0 ? inputs : Widths[^1];

    internal void Check(string what)
    {
        if (Widths.Any(width => width < 1)) throw LearningErrors.NoNetwork(what, string.Join(", ", Widths), "widths of at least 1");
        Check(what, Activation, Dropout);
    }

    internal static void Check(string what, string activation, double dropout)
    {
        if (!(dropout >= 0 && dropout < 1)) throw LearningErrors.NoNetwork($"dropout of {what}", $"{dropout}", "from 0 to below 1");
        if (!Activations.Contains(activation))
            throw LearningErrors.NoNetwork($"activation of {what}", activation, string.Join(", ", Activations));
    }
}
