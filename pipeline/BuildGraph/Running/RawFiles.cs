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
        Artifact[] raw = [.. plan.Steps.SelectMany(step => step.Step.Reads).Select(input => input.Artifact).Where(artifact => artifact.Kind == ArtifactKind.Raw)
            .DistinctBy(artifact => (artifact.Path, artifact.Source!.Location))];
        var mistakes = new ConcurrentDictionary<int, Misuse>();
        try
        {
            Parallel.For(0, raw.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, jobs), CancellationToken = cancellation }, i =>
            {
                if (Mistake(raw[i], contents, cancellation) is { } mistake) mistakes[i] = mistake;
            });
        }
        catch (AggregateException many) { ExceptionDispatchInfo.Throw(many.Flatten().InnerExceptions[0]); }
        if (!mistakes.IsEmpty) throw BuildGraphErrors.WrongRawFiles([.. mistakes.OrderBy(mistake => mistake.Key).Select(mistake => mistake.Value)]);
    }

    private static Misuse? Mistake(Artifact raw, Contents contents, CancellationToken cancellation)
    {
        try
        {
            if (contents.OfRaw(raw, cancellation) is not { } found) return BuildGraphErrors.RawMissing(raw);
            bool differs = (raw.Source!.Hash is { } hash && hash != found.Hash) || (raw.Source.Size is { } size && size != found.Size);
            return differs ? BuildGraphErrors.RawDiffers(raw, found) : null;
        }
        catch (StepFailed unreadable) { return new Misuse(unreadable.Text, unreadable); }
    }
}
