using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>What a call of Clean would remove.</summary>
/// <param name="Products">Products, each recorded in the log.</param>
/// <param name="Edited">Those that stay, because they were edited since a step made them.</param>
/// <param name="Whole">Folders of our own that go whole: the engine's, reports of runs, or the output folder itself.</param>
internal sealed record CleanPlan(IReadOnlyList<StandingProduct> Products, IReadOnlyList<StandingProduct> Edited, IReadOnlyList<string> Whole)
{
    /// <summary>What this command line means for that output folder.</summary>
    public static CleanPlan Of(Invocation call)
    {
        string folder = call.Campaign.Out;
        if (call.Line.Has(Options.Everything) && call.Line.Has(Options.Orphans)) throw CommandErrors.NotTogether(Options.Everything, Options.Orphans);
        if (call.Line.Has(Options.Everything)) return new CleanPlan([], [], [folder]);
        bool isOfOrphans = call.Line.Has(Options.Orphans), isForced = call.Line.Has(Options.Force);
        IReadOnlyList<StandingProduct> standing = isOfOrphans ? StandingProducts.Orphans(folder, call.Campaign.Stages, call.Cancellation) : StandingProducts.Of(folder, call.Cancellation);
        StandingProduct[] goes = [.. standing.Where(product => isForced || !product.IsEdited)];
        StandingProduct[] stays = [.. standing.Except(goes)];
        IEnumerable<string> journals = JournalFolder.All(folder).Select(journal => journal.Folder);
        // As long as anything of ours stays, so does the knowledge that it is ours.
        return new CleanPlan(goes, stays, isOfOrphans ? [] : stays.Length > 0 ? [.. journals] : [.. journals, Path.Combine(folder, ".tau")]);
    }

    /// <summary>Removes it, and the output folder too if nothing is left in it.</summary>
    public void Remove(string folder)
    {
        foreach (StandingProduct product in Products) StandingProducts.Remove(folder, product);
        foreach (string whole in Whole.Where(Directory.Exists)) Directory.Delete(whole, recursive: true);
        foreach (string empty in new[] { JournalFolder.Of(folder), folder })
            if (Directory.Exists(empty) && !Directory.EnumerateFileSystemEntries(empty).Any()) Directory.Delete(empty);
    }
}
