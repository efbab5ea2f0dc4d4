using TauPipeline.BuildGraph;
using TauPipeline.Learning;

namespace TauPipeline.Formats;

/// <summary>The weights of a network as safetensors, for programs without torch; for torch there is <see cref="ModelFile"/>.</summary>
public sealed class SafetensorsProduct : IProductWriter<SafetensorsProduct>
{
    private readonly string _path;

    private SafetensorsProduct(string path) => _path = path;

    /// <inheritdoc/>
    public static SafetensorsProduct Create(ProductOutput to) => new(to.Path);

    /// <summary>Writes them.</summary>
    public void Write(TrainedModel model)
    {
        using FileStream file = File.Create(_path);
        model.SaveWeights(file);
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
