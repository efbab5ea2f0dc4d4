using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Results that any checkout may use again: files by content in <c>cas/</c>, claims by fingerprint in <c>runs/</c>. The
/// claims are only believed as far as the files prove them, but for the hashes of columns, which are the claimant's word.
/// Trouble with the cache is a note, never a failure.
/// </summary>
internal sealed class RunCache(CacheSettings settings, Action<string> note)
{
    private readonly BlobStore _blobs = new(settings.Folder);
    private bool _hasGrown, _isBroken;

    private string Runs => Path.Combine(settings.Folder, "runs");

    /// <summary>
    /// Puts the outputs of a step into an attempt's folder, if the cache has them whole; gives the hashes of their columns.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="fingerprints">What it depends on, with the seed and without, in the order to be tried: which of them holds is known
    /// to who made it.</param>
    /// <param name="attempt">Where to put them; empty again if nothing was found.</param>
    public CacheHit? TryRestore(Step step, IReadOnlyList<Fingerprint> fingerprints, Attempt attempt)
    {
        if (_isBroken) return null;
        try
        {
            foreach (Fingerprint fingerprint in fingerprints)
                foreach (string claim in Claims(fingerprint.Hash))
                    if (CachedResult.Read(claim) is { } result && Restore(step, result, attempt))
                    {
                        Touch(claim);
                        return new CacheHit(fingerprint, result);
                    }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Give(up: problem);
            // The step runs now, and must not write into what came out of the cache: that may be the cache's own file.
            Empty(attempt);
        }
        return null;
    }

    /// <summary>Keeps what a step has just made.</summary>
    public void Keep(StepRecord record, BuildFolder folder)
    {
        if (_isBroken) return;
        try
        {
            var result = new CachedResult(
                record.Id,
                record.Duration.TotalSeconds,
                [.. record.Outputs.Select(output => Take(output, folder))]);
            string claims = ClaimsOf(record.Fingerprint.Hash), mine = Path.Combine(claims, result.Identity + ".json");
            Directory.CreateDirectory(claims);
            _hasGrown = true; // also where the claim stands already: then one of its files did not
            if (File.Exists(mine)) return;
            if (Claims(record.Fingerprint.Hash).Select(CachedResult.Read).OfType<CachedResult>().FirstOrDefault() is { } other)
                note(Conflict(record, result, other));
            result.Write(mine);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException) { Give(up: problem); }
    }

    /// <summary>Drops what was used longest ago until the rest fits, if anything was added.</summary>
    public void Trim()
    {
        if (!_hasGrown || _isBroken) return;
        try { new CacheTrim(settings, _blobs).Run(); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException) { Give(up: problem); }
    }

    private bool Restore(Step step, CachedResult result, Attempt attempt)
    {
        if (
            !step.Outputs()
                .Select(output => (output.Path, output.Kind))
                .SequenceEqual(result.Outputs.Select(output => (output.Path, output.Kind))))
            return false;
        bool whole = true;
        foreach (CachedOutput output in result.Outputs)
        {
            if (output.Kind == ArtifactKind.Folder) Directory.CreateDirectory(attempt.Output(output.Path));
            foreach (CachedFile file in output.Files)
                whole =
                    whole
                    && ContentHash.TryParse(file.Hash, out ContentHash hash)
                    && _blobs.TryGet(
                        hash,
                        attempt.Output(file.Path.Length == 0 ? output.Path : $"{output.Path}/{file.Path}"),
                        settings.Restore);
        }
        if (whole && IsAsClaimed(step, result, attempt)) return true;
        Empty(attempt);
        return false;
    }

    // What was used last is dropped last; a cache that we may only read is trimmed by others. The folder and not the claim:
    // the claim's own time says which of two was first.
    private static void Touch(string claim)
    {
        try { Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(claim)!, DateTime.UtcNow); }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException) { /* as said */ }
    }

    private static void Empty(Attempt attempt)
    {
        attempt.Delete();
        attempt.Create();
    }

    // A claim proves nothing: every byte that came out is hashed.
    private bool IsAsClaimed(Step step, CachedResult result, Attempt attempt)
    {
        bool good = true;
        foreach (CachedOutput output in result.Outputs)
            foreach (CachedFile file in output.Files)
            {
                string place = attempt.Output(file.Path.Length == 0 ? output.Path : $"{output.Path}/{file.Path}");
                if (!ContentHash.TryParse(file.Hash, out ContentHash hash) || ContentHash.OfFile(place) == hash) continue;
                good = false;
                _blobs.SetAside(hash);
                note($"the run cache had a damaged file of {output.Path}: set aside in its quarantine, and {step.Id} runs");
            }
        return good;
    }

    private CachedOutput Take(OutputRecord output, BuildFolder folder)
    {
        string place = folder.Product(output.Path);
        var files = new List<CachedFile>();
        foreach (string file in output.Kind == ArtifactKind.Folder ? FolderContent.Files(place) : [""])
        {
            string path = file.Length == 0 ? place : Path.Combine(place, file);
            ContentHash hash = file.Length == 0 ? output.Hash : ContentHash.OfFile(path);
            _blobs.Put(path, hash);
            files.Add(new CachedFile(file, hash.ToString()));
        }
        return new CachedOutput(
            output.Path,
            output.Kind,
            files,
            output.Columns.ToDictionary(column => column.Name, column => column.Hash.ToString()));
    }

    private static string Conflict(StepRecord record, CachedResult mine, CachedResult other)
    {
        string where = mine.Outputs.Zip(other.Outputs).FirstOrDefault(pair => pair.First.Said != pair.Second.Said).First?.Path
            ?? "its outputs";
        return $"{record.Id} is not reproducible: the same fingerprint {record.Fingerprint.Hash.Short}… has given other bytes of {where} before; both are kept in the run cache as evidence";
    }

    // Oldest first: the claim that others may have built upon already.
    private IEnumerable<string> Claims(ContentHash fingerprint)
    {
        string folder = ClaimsOf(fingerprint);
        return Directory.Exists(folder)
            ? new DirectoryInfo(folder)
                .GetFiles("*.json")
                .OrderBy(file => file.LastWriteTimeUtc)
                .ThenBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => file.FullName)
            : [];
    }

    private string ClaimsOf(ContentHash fingerprint)
    {
        string digits = fingerprint.ToString();
        return Path.Combine(Runs, digits[..2], digits[2..]);
    }

    private void Give(Exception up)
    {
        _isBroken = true;
        note($"the run cache is left out from here on: {up.Message}");
    }
}

/// <summary>A result found in the cache: the fingerprint that it stands under, and the claim.</summary>
internal sealed record CacheHit(Fingerprint Fingerprint, CachedResult Result)
{
    /// <summary>The hashes of the columns of each output that has columns.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, ContentHash>> Columns =>
        Result.Outputs.Where(output => output.Columns.Count > 0)
            .ToDictionary(
        output => output.Path,
        IReadOnlyDictionary<string, ContentHash> (output) =>
            output.Columns.ToDictionary(
                column => column.Key,
                column =>
                    ContentHash.TryParse(column.Value, out ContentHash hash)
                        ? hash
                        : throw new Defect($"the run cache gives '{column.Value}' as a hash")));
}
