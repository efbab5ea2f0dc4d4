using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The code fingerprint of each stage, as the build wrote it beside the host: a line <c>Stage sha256</c> each.</summary>
internal static class CodeFingerprints
{
    private const string FileName = "code-fingerprints.txt";

    public static IReadOnlyDictionary<string, ContentHash> Read()
    {
        string file = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!File.Exists(file)) return new Dictionary<string, ContentHash>();
        return File.ReadLines(file).Where(line => line.Length > 0).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => Hash(words, file));
    }

    private static ContentHash Hash(string[] words, string file) => words.Length == 2 && ContentHash.TryParse(words[1], out ContentHash hash)
        ? hash
        : throw new Defect($"{file}: '{string.Join(' ', words)}' is not a stage and its hash");
}
