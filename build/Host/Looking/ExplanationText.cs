using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>How an explanation is told: as text, and as one JSON object.</summary>
internal sealed class ExplanationText(Explanation told, StepState? built, string folder)
{
    private const int MostReasons = 10;

    public IEnumerable<string> Lines()
    {
        StepLook look = told.Look;
        yield return look.Said;
        if (look.IsUpToDate) yield return "  inputs, settings, code, tools and products are as the log has them";
        foreach (string line in Reasons(look, "  ")) yield return line;
        if (told.Chain.Count > 0 && look.Reasons.Count > 0) yield return "what it reads may change, too";
        foreach ((string product, StepLook maker) in told.Chain)
        {
            yield return $"  it reads {product} of {maker.Step.Id}, which {maker.Saying}";
            foreach (string line in Reasons(maker, "    ")) yield return line;
        }
        if (told.Roots > 1)
            yield return $"  {Words.Count(told.Roots - 1, "other step")} before it {(told.Roots == 2 ? "is" : "are")} stale for no other's sake: --target=Status --explain";
        if (built is null) yield break;
        yield return $"last built in {Words.Of(built.Duration)}, at {Words.Of(Products.Written(folder, [look.Step]))}";
        foreach (ProductState product in built.Products)
            yield return $"  {product.Path}  {Words.Size(product.Size)}  sha256 {product.Hash.Short}…";
    }

    public string Json() => JsonLine.Of(line =>
    {
        line.Write("event", "explanation").Write("step", told.Look.Step.Id).Write("state", told.Look.State).Write(told.Look.Reasons);
        line.Write("chain", told.Chain, (one, item) =>
            one.Write("product", item.Product)
                .Write("step", item.Maker.Step.Id)
                .Write("state", item.Maker.State)
                .Write(item.Maker.Reasons));
        line.Write("root_causes", told.Roots);
        if (built is null) return;
        line.Write("seconds", built.Duration.TotalSeconds).Write("fingerprint", built.Fingerprint.ToString());
        line.Write("products", built.Products, (one, product) =>
            one.Write("path", product.Path).Write("size", product.Size).Write("sha256", product.Hash.ToString()));
    });

    private static IEnumerable<string> Reasons(StepLook look, string indent)
    {
        foreach (StaleReason reason in look.Reasons.Take(MostReasons)) yield return $"{indent}{reason}";
        if (look.Reasons.Count > MostReasons) yield return $"{indent}and {look.Reasons.Count - MostReasons} more differences";
    }
}
