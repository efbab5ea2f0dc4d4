using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The code fingerprint of each stage, as the build wrote it beside the host: a line <c>Stage sha256</c> each, by class.</summary>
internal static class CodeFingerprints
{
    private const string FileName = "code-fingerprints.txt";
    private const string External = "External";

    /// <summary>By name of the stage. A stage whose name is none of ours is an external one, called as the campaign likes.</summary>
    public static IReadOnlyDictionary<string, ContentHash> Of(IReadOnlyList<IStage> stages)
    {
        Dictionary<string, ContentHash> written = Read();
        return stages.Select(stage =>
                (
                    stage.Name,
                    Code: written.TryGetValue(stage.Name, out ContentHash hash) || written.TryGetValue(External, out hash)
                        ? hash
                        : (ContentHash?)null))
            .Where(stage => stage.Code is not null).ToDictionary(stage => stage.Name, stage => stage.Code!.Value);
    }

    private static Dictionary<string, ContentHash> Read()
    {
        string file = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!File.Exists(file)) return [];
        return File.ReadLines(file)
            .Where(line => line.Length > 0)
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => Hash(words, file));
    }

    private static ContentHash Hash(string[] words, string file) =>
        words.Length == 2 && ContentHash.TryParse(words[1], out ContentHash hash)
        ? hash
        : throw new Defect($"{file}: '{string.Join(' ', words)}' is not a stage and its hash");
}
