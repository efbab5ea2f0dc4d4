using System.Text.Json;
using TauPipeline.Foundation;

namespace TauPipeline.Learning;

/// <summary>
/// How shapes, plans and histories stand as texts in a torch file: numbers to the last bit, other letters than ASCII escaped.
/// </summary>
internal static class ModelText
{
    public static JsonSerializerOptions Options { get; } = new() { Converters = { new ExactNumber() } };
}
