using System.Text.Json.Serialization;

namespace TauPipeline.Learning;

/// <summary>
/// What the cells without a candidate count for in training. Blocks on cells run on filled ones and once on an empty one, whose
/// result stands for all empty cells; a trained network is the same function either way, that of the dense network.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmptyGridCells>))]
public enum EmptyGridCells
{
    /// <summary>Nothing: batch normalisation takes the moments of the filled cells.</summary>
    Skip,
    /// <summary>
    /// Each as much as a filled one, as in the dense network: the empty cell enters the moments as often as it is there. Most cells are
    /// empty, so that the moments are mostly its own.
    /// </summary>
    Constant,
}
