using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>Why a step is not up to date: its own reasons, and the way up to a step that is stale for no other's sake.</summary>
/// <param name="Look">The step.</param>
/// <param name="Chain">The shortest way from it to a root cause: what is read, and who makes that. Empty if nothing before it is
/// stale.</param>
/// <param name="Roots">How many root causes there are among the steps before it.</param>
internal sealed record Explanation(StepLook Look, IReadOnlyList<(string Product, StepLook Maker)> Chain, int Roots)
{
    public static Explanation Of(Step step, IReadOnlyList<StepLook> all)
    {
        var makers = new Dictionary<string, StepLook>(StringComparer.Ordinal);
        foreach (StepLook one in all)
            foreach (Artifact product in one.Step.Writes.Append(one.Step.Ledger)) makers[product.Path] = one;
        StepLook start = all.First(one => one.Step.Id == step.Id);

        // Nearest first, so that the first way to a root is a shortest one.
        var cameFrom = new Dictionary<StepLook, (StepLook Reader, string Product)>();
        var open = new Queue<StepLook>([start]);
        StepLook? nearest = null;
        int roots = 0;
        while (open.TryDequeue(out StepLook? reader))
        {
            (string Product, StepLook Maker)[] stale = [.. StaleBefore(reader, makers)];
            if (stale.Length == 0 && reader != start)
            {
                roots++;
                nearest ??= reader;
            }
            foreach ((string product, StepLook maker) in stale)
                if (maker != start && cameFrom.TryAdd(maker, (reader, product))) open.Enqueue(maker);
        }
        var chain = new List<(string, StepLook)>();
        for (StepLook? at = nearest; at is not null && at != start; at = cameFrom[at].Reader) chain.Add((cameFrom[at].Product, at));
        chain.Reverse();
        return new Explanation(start, chain, roots);
    }

    private static IEnumerable<(string Product, StepLook Maker)> StaleBefore(StepLook reader, Dictionary<string, StepLook> makers) =>
        reader.Step.Reads.Select(input => (Product: input.Artifact.Path, Maker: makers.GetValueOrDefault(input.Artifact.Path)))
        .Where(input => input.Maker is { IsUpToDate: false }).Select(input => (input.Product, input.Maker!));
}
