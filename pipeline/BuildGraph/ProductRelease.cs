using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Deletes products that are only on the way to others, without making the others stale.</summary>
public static class ProductRelease
{
    /// <summary>
    /// Deletes the products of all steps that the request's targets need but that are not of a kept stage. They are made again when
    /// something must read them.
    /// </summary>
    /// <param name="request">The campaign; its targets must be up to date.</param>
    /// <param name="keep">Names of the stages whose products stay.</param>
    /// <param name="cancellation">Stops between two products.</param>
    /// <returns>The logical paths deleted and their sizes in bytes.</returns>
    /// <exception cref="StepFailed">Something is not up to date: first finish it.</exception>
    /// <exception cref="Misuse">As <see cref="BuildRun.Start"/>.</exception>
    public static IReadOnlyList<(string Path, long Size)> Run(
        BuildRequest request,
        IReadOnlyCollection<string> keep,
        CancellationToken cancellation)
    {
        using var shop = Workshop.Open(request, cancellation);
        string[] stale =
        [
            .. shop.Plan.Steps.Where(planned => !shop.Judge.Of(planned, cancellation).IsUpToDate).Select(planned => planned.Step.Id),
        ];
        if (stale.Length > 0) throw BuildGraphErrors.NotFinished(stale);

        var deleted = new List<(string, long)>();
        foreach (
            OutputRecord output in shop
                .Plan.Steps.Where(planned => !keep.Contains(planned.Step.Stage))
                .SelectMany(planned => shop.Log.Step(planned.Step.Id)?.Outputs ?? []))
        {
            cancellation.ThrowIfCancellationRequested();
            string place = shop.Folder.Product(output.Path);
            if (!Path.Exists(place)) continue;
            // first: what is released may still be there, what is missing must be released
            shop.Log.Append(new ProductReleased(output.Path));
            if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
            else File.Delete(place);
            deleted.Add((output.Path, output.Size));
        }
        return deleted;
    }
}
