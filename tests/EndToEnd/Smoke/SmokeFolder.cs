using System.Security.Cryptography;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>An output folder of the smoke campaign, and runs on it.</summary>
internal sealed class SmokeFolder : IDisposable
{
    private readonly TempFolder _folder = new();

    public string Out => _folder.At("out");

    public static SmokeFolder Empty() => new();

    public string At(params string[] parts) => Path.Combine([Out, .. parts]);

    /// <summary>The whole campaign, explained, in JSON lines.</summary>
    public ProgramRun Evaluate(params string[] arguments) => Run(["--target=Evaluate", "--json", "--explain", .. arguments]);

    public ProgramRun Run(params string[] arguments) => ProgramRun.Host(Words(arguments));

    public ProgramRun Start(params string[] arguments) => ProgramRun.StartHost(Words(arguments));

    /// <summary>The same with variables of the environment, as <c>NAME=value</c>.</summary>
    public ProgramRun RunWith(string environment, params string[] arguments) => ProgramRun.Host(Words(arguments), environment);

    /// <summary>Each product and its hash, as one text a file, in order.</summary>
    public IReadOnlyList<string> Products() =>
        [
            .. Files()
                .Where(file => !file.StartsWith(".tau/", StringComparison.Ordinal) && !file.StartsWith("runs/", StringComparison.Ordinal))
                .Select(file => $"{file} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(At(file))))}"),
        ];

    /// <summary>Each file, the engine's own too, with size and time.</summary>
    public IReadOnlyList<string> Stamps() =>
        [.. Files().Select(file => new FileInfo(At(file))).Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}")];

    public IReadOnlyList<string> Files() => !Directory.Exists(Out) ? [] :
        [
            .. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Out, file))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => _folder.Dispose();

    private string[] Words(string[] arguments) => ["--config=configs/smoke.yaml", $"--out={Out}", .. arguments];
}
