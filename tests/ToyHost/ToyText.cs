using TauPipeline.BuildGraph;

namespace TauPipeline.Tests.ToyHost;

/// <summary>A product that is a line of text.</summary>
internal sealed record ToyText(string Line) : IProduct<ToyText>
{
    public static ToyText Read(ProductInput from) => new(File.ReadAllText(from.Path));

    public static void Write(ProductOutput to, ToyText value) => File.WriteAllText(to.Path, value.Line);
}
