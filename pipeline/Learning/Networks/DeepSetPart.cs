using System.Text.Json.Serialization;

namespace TauPipeline.Learning;

/// <summary>A deep set: the same blocks on each object, all objects added up, and blocks on the sum.</summary>
/// <param name="Input">The list.</param>
/// <param name="Each">Blocks on each object.</param>
/// <param name="IsMean">Whether the sum is divided by the number of objects, where there are any.</param>
/// <param name="Together">Blocks on the sum.</param>
public sealed record DeepSetPart(InputShape Input, LayerStack Each, bool IsMean, LayerStack Together) : SetPart(Input)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int Outputs => Together.After(Each.After(Input.Features));

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        Each.Check($"each of '{Input.Name}'");
        Together.Check($"'{Input.Name}' together");
    }

    internal string EachName => $"{Input.Name}_each";

    internal string TogetherName => $"{Input.Name}_together";
}
