using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The toy campaign in a folder of its own, and the tools called on it.</summary>
internal sealed class ToyCampaign : IDisposable
{
    public ToyCampaign() => File.Copy(Checkout.At("tests", "ToyHost", "toy.yaml"), Campaign);

    public string Campaign => Folder.At("toy.yaml");

    public string Out => Folder.At("out");

    public TempFolder Folder { get; } = new();

    public void Dispose() => Folder.Dispose();

    public ProgramRun Run(params string[] arguments) => ProgramRun.ToyOn(Campaign, Out, arguments);

    public string[] Files() =>
        [
            .. Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Out, file))
                .Order(StringComparer.Ordinal),
        ];

    // Names, sizes and times of all that is there: of folders too, whose times change when anything comes or goes.
    public string[] Tree() =>
        [
            .. new DirectoryInfo(Folder.Path)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
                .Select(entry => $"{entry.FullName} {(entry as FileInfo)?.Length} {entry.LastWriteTimeUtc:O}"),
        ];
}
