using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>A model in ONNX.</summary>
public sealed record OnnxFile(ReadOnlyMemory<byte> Bytes) : IProduct<OnnxFile>
{
    /// <inheritdoc/>
    public static OnnxFile Read(ProductInput from) =>
        File.Exists(from.Path) ? new(File.ReadAllBytes(from.Path)) : throw FormatErrors.NoFile(from.Path);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, OnnxFile value) => File.WriteAllBytes(to.Path, value.Bytes.Span);
}
