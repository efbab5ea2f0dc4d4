using TauPipeline.BuildGraph;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>The smallest product: a text.</summary>
internal sealed record TextProduct(string Text) : IProduct<TextProduct>
{
    public static TextProduct Read(ProductInput from) => new(File.ReadAllText(from.Path));

    public static void Write(ProductOutput to, TextProduct value) => File.WriteAllText(to.Path, value.Text);
}
