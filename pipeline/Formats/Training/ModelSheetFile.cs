using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>The sheet that goes with an exported model, as JSON.</summary>
public sealed record ModelSheetFile(ModelSheet Sheet) : IProduct<ModelSheetFile>
{
    /// <inheritdoc/>
    public static ModelSheetFile Read(ProductInput from) => new(Json.Read<ModelSheet>(from));

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ModelSheetFile value) => Json.Write(to, value.Sheet);
}
