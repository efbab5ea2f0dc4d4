using System.Text.RegularExpressions;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The smoke campaign on raw files of its own: those that the generated one made, listed in <c>files:</c>.</summary>
internal sealed class LocalCampaign : IDisposable
{
    private readonly TempFolder _folder = new();

    public LocalCampaign(string smokeOut)
    {
        Directory.CreateDirectory(_folder.At("raw"));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(smokeOut, "generate"), "*.root", SearchOption.AllDirectories))
            File.Copy(file, Raw(Path.GetFileName(file)));
        string text = File.ReadAllText(Checkout.At("configs", "smoke.yaml"))
            .Replace("include: ", $"include: {Checkout.At("configs")}/", StringComparison.Ordinal);
        File.WriteAllText(
            Config,
            Regex.Replace(text, @"generate: \{ process: (\w+), files: (\d)[^}]*\}", match =>
                $"files: [{string.Join(", ", Enumerable.Range(0, int.Parse(match.Groups[2].Value)).Select(file => $"raw/{match.Groups[1].Value}_{file:D3}.root"))}]"
            ));
    }

    public string Config => _folder.At("local.yaml");

    public string Folder => _folder.Path;

    public string Out => _folder.At("out");

    /// <summary>Ingested shards and whatever else is there of a run's products.</summary>
    public IReadOnlyList<string> Products() => !Directory.Exists(Out) ? [] :
        [
            .. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Out, file))
                .Where(file => !file.StartsWith("runs/", StringComparison.Ordinal))
                .Where(file =>
                    !file.StartsWith(".tau/", StringComparison.Ordinal) || file.StartsWith(".tau/attempts", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    public string Raw(string file) => _folder.At("raw", file);

    /// <summary>Replaces text of the campaign.</summary>
    public void Edit(string old, string @new)
    {
        string text = File.ReadAllText(Config);
        if (!text.Contains(old, StringComparison.Ordinal)) throw new ArgumentException($"the campaign has no '{old}'");
        File.WriteAllText(Config, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>Flips one bit of a byte of a raw file.</summary>
    public void Flip(string file, int at)
    {
        byte[] bytes = File.ReadAllBytes(Raw(file));
        bytes[at] ^= 1;
        File.WriteAllBytes(Raw(file), bytes);
    }

    public ProgramRun Run(params string[] arguments) => ProgramRun.Host([$"--config={Config}", $"--out={Out}", .. arguments]);

    public void Dispose() => _folder.Dispose();
}
