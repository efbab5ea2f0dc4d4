using System.Text.Encodings.Web;
using System.Text.Json;

namespace TauPipeline.BuildGraph;

/// <summary>How the engine writes JSON that becomes a product: the same bytes on every system.</summary>
internal static class JsonForm
{
    public static JsonWriterOptions Options => new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
