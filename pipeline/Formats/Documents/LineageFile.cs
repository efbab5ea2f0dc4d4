using System.Text.Json;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>
/// The engine's account of how everything a step reads was made, as the JSON document it is (<see cref="Artifact.Lineage"/>).
/// </summary>
/// <param name="Json">The document's text.</param>
public sealed record LineageFile(string Json) : IProduct<LineageFile>
{
    /// <inheritdoc/>
    /// <exception cref="StepFailed">The file is no JSON.</exception>
    public static LineageFile Read(ProductInput from)
    {
        string text = TextFile.Load(from.Path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return new LineageFile(text);
        }
        catch (JsonException wrong)
        {
            throw FormatErrors.NotA(from.Path, nameof(LineageFile), wrong);
        }
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, LineageFile value) => TextFile.Write(to, new TextFile(value.Json));
}
