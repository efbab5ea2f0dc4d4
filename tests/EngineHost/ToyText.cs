using TauPipeline.BuildGraph;

namespace TauPipeline.Tests.EngineHost;

/// <summary>The smallest product: a text.</summary>
public sealed record ToyText(string Text) : IProduct<ToyText>
{
    public static ToyText Read(ProductInput from) => new(File.ReadAllText(from.Path));

    public static void Write(ProductOutput to, ToyText value) => File.WriteAllText(to.Path, value.Text);
}

/// <summary>A text opened as a stream would be.</summary>
public sealed class ToyReader(string text) : IProductReader<ToyReader>
{
    public string Text { get; } = text;

    public static ToyReader Open(ProductInput from) => new(File.ReadAllText(from.Path));

    public void Dispose() { }
}
