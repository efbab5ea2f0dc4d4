using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The inputs that nobody here makes: they are there, and they are the ones stated, or nothing runs.</summary>
internal static class RawFiles
{
    /// <exception cref="Misuse">Some are missing or are other files than stated; all of them at once.</exception>
    public static void Check(BuildPlan plan, Contents contents, int jobs, CancellationToken cancellation)
    {
        // What the file system vouches for is done with at once; only what must be read is worth several threads.
        List<Artifact> unknown = [];
        contents.ExpectRaw(plan.Steps.Count);
        foreach (PlannedStep planned in plan.Steps)
        {
            IReadOnlyList<StepInput> reads = planned.Step.Reads;
            for (int i = 0; i < reads.Count; i++)
                if (
                    reads[i].Artifact is { Kind: ArtifactKind.Raw } raw
                    && !(contents.OfRawByStamp(raw) is { } found && IsAsStated(raw, found)))
                    unknown.Add(raw);
        }
        if (unknown.Count == 0) return;

        Artifact[] raws = [.. unknown.DistinctBy(artifact => (artifact.Path, artifact.Source!.Location))];
        var mistakes = new ConcurrentDictionary<int, Misuse>();
        try
        {
            Parallel.For(
                0,
                raws.Length,
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, jobs), CancellationToken = cancellation },
                i =>
            {
                if (Mistake(raws[i], contents, cancellation) is { } mistake) mistakes[i] = mistake;
            });
        }
        catch (AggregateException many) { ExceptionDispatchInfo.Throw(many.Flatten().InnerExceptions[0]); }
        if (!mistakes.IsEmpty)
            throw BuildGraphErrors.WrongRawFiles([.. mistakes.OrderBy(mistake => mistake.Key).Select(mistake => mistake.Value)]);
    }

    private static Misuse? Mistake(Artifact raw, Contents contents, CancellationToken cancellation)
    {
        try
        {
            if (contents.OfRaw(raw, cancellation) is not { } found) return BuildGraphErrors.RawMissing(raw);
            return IsAsStated(raw, found) ? null : BuildGraphErrors.RawDiffers(raw, found);
        }
        catch (StepFailed unreadable) { return new Misuse(unreadable.Text, unreadable); }
    }

    private static bool IsAsStated(Artifact raw, Content found) =>
        (raw.Source!.Hash is not { } hash || hash == found.Hash) && (raw.Source.Size is not { } size || size == found.Size);
}
