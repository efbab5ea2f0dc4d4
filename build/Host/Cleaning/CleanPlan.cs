using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>What a call of Clean would remove.</summary>
/// <param name="Products">Products, each recorded in the log.</param>
/// <param name="Edited">Those that stay, because they were edited since a step made them.</param>
/// <param name="Whole">Folders of our own that go whole: the engine's, reports of runs, or the output folder itself.</param>
internal sealed record CleanPlan(
    IReadOnlyList<StandingProduct> Products,
    IReadOnlyList<StandingProduct> Edited,
    IReadOnlyList<string> Whole)
{
    private const string OwnName = ".tau";

    /// <summary>What this command line means for that output folder.</summary>
    public static CleanPlan Of(Invocation call)
    {
        string folder = call.Campaign.Out;
        if (call.Line.Has(Options.Everything)) return new CleanPlan([], [], [folder]);
        bool isOfOrphans = call.Line.Has(Options.Orphans), isForced = call.Line.Has(Options.Force);
        IReadOnlyList<StandingProduct> standing = isOfOrphans
            ? StandingProducts.Orphans(folder, call.Campaign.Stages, call.Cancellation)
            : StandingProducts.Of(folder, call.Cancellation);
        StandingProduct[] goes = [.. standing.Where(product => isForced || !product.IsEdited)];
        StandingProduct[] stays = [.. standing.Except(goes)];
        string ofSteps = JournalFolder.OfSteps(folder);
        IEnumerable<string> journals =
            JournalFolder.All(folder).Select(journal => journal.Folder).Concat(Directory.Exists(ofSteps) ? [ofSteps] : []);
        // As long as anything of ours stays, so does the knowledge that it is ours.
        return new CleanPlan(
            goes,
            stays,
            isOfOrphans ? []
                : stays.Length > 0 ? [.. journals]
                : [.. journals, Path.Combine(folder, OwnName)]);
    }

    /// <summary>Removes it, and the output folder too if nothing is left in it.</summary>
    public void Remove(string folder, FolderClaim claim)
    {
        string own = Path.Combine(folder, OwnName);
        foreach (StandingProduct product in Products) StandingProducts.Remove(folder, product);
        // What the engine keeps goes last, and the claim with it.
        foreach (
            string whole in Whole
                .SelectMany(whole => whole == folder ? Directory.GetFileSystemEntries(folder) : [whole])
                .Where(whole => whole != own))
            if (Directory.Exists(whole)) Directory.Delete(whole, recursive: true);
            else File.Delete(whole);
        if (IsEmpty(JournalFolder.Of(folder))) Directory.Delete(JournalFolder.Of(folder));
        if (!Whole.Contains(own) && !Whole.Contains(folder)) return;
        claim.RemoveState();
        try
        {
            if (IsEmpty(folder)) Directory.Delete(folder);
        }
        catch (IOException) { /* whoever waited for us works there now */ }
    }

    private static bool IsEmpty(string folder) => Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any();
}
