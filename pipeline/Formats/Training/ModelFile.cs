using TauPipeline.BuildGraph;
using TauPipeline.Learning;

namespace TauPipeline.Formats;

/// <summary>A trained network: a torch file that also holds its shape and the names of features and classes.</summary>
public sealed record ModelFile(TrainedModel Model) : IProduct<ModelFile>
{
    /// <inheritdoc/>
    public static ModelFile Read(ProductInput from)
    {
        using FileStream file = File.OpenRead(from.Path);
        return new ModelFile(TrainedModel.Load(file));
    }

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ModelFile value)
    {
        using FileStream file = File.Create(to.Path);
        value.Model.Save(file);
    }
}
