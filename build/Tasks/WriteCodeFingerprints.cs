using Microsoft.Build.Framework;

namespace TauPipeline.Tasks;

/// <summary>
/// Writes the code fingerprint of every stage, a line <c>Stage sha256</c> each, and per stage the members that it is made of:
/// <c>Stage.txt</c> as they are now, and <c>Stage/sha256.txt</c> for each of the last states, so that a later build can name what changed.
/// </summary>
public sealed class WriteCodeFingerprints : Microsoft.Build.Utilities.Task
{
    private const string Stages = "TauPipeline.Stages";
    private const int ListingsKept = 20;

    /// <summary>Everything beside the host; what is not ours is left out.</summary>
    [Required] public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>The checkout.</summary>
    [Required] public string Root { get; set; } = "";

    /// <summary>The file of fingerprints.</summary>
    [Required] public string FingerprintFile { get; set; } = "";

    /// <summary>The folder of listings.</summary>
    [Required] public string ListingFolder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            IReadOnlyList<StageCode> all = StageCode.Of(
                Assemblies.Select(item => item.ItemSpec).Where(IsOurs),
                Path.GetFullPath(Root),
                Stages);
            foreach (StageCode code in all)
            {
                string folder = Path.Combine(ListingFolder, code.Stage);
                string kept = Path.Combine(folder, code.Fingerprint + ".txt");
                Write(kept, code.Listing);
                File.SetLastWriteTimeUtc(kept, DateTime.UtcNow); // what was current last is deleted last
                Write(Path.Combine(ListingFolder, code.Stage + ".txt"), code.Listing);
                foreach (
                    FileInfo old in new DirectoryInfo(folder)
                        .GetFiles("*.txt")
                        .OrderByDescending(file => file.LastWriteTimeUtc)
                        .Skip(ListingsKept))
                    old.Delete();
            }
            Write(FingerprintFile, string.Concat(all.Select(code => $"{code.Stage} {code.Fingerprint}\n")));
        }
        catch (UnfitCodeException mistake) { Log.LogError(mistake.Message); }
        return !Log.HasLoggedErrors;
    }

    private static bool IsOurs(string path) =>
        Path.GetFileName(path).StartsWith("TauPipeline.", StringComparison.Ordinal) && path.EndsWith(".dll", StringComparison.Ordinal);

    // Two builds may write at once: each writes its own file and renames it. What is the same is not touched.
    private static void Write(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string attempt = $"{path}.{Environment.ProcessId}";
        File.WriteAllText(attempt, text);
        File.Move(attempt, path, overwrite: true);
    }
}
