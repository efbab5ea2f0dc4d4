using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>The public test files beside the repository.</summary>
internal static class SharedRootFiles
{
    public static string Folder { get; } = SharedData.At("root");

    public static string? WhyMissing { get; } = Directory.Exists(Folder) ? null : "needs ../shared/data/root";

    public static string Path(string source, string file) => System.IO.Path.Combine(Folder, source, file);

    public static string Path(string file) =>
        Directory.GetFiles(Folder, file, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault()
        ?? ReportedFiles.Path(file);
}

/// <summary>A fact about the public test files: skipped, and counted as such, where they are absent.</summary>
internal sealed class SharedRootFilesFactAttribute : FactAttribute
{
    public SharedRootFilesFactAttribute() => Skip = SharedRootFiles.WhyMissing;
}

/// <summary>One that takes long: skipped also where long tests are not wanted.</summary>
internal sealed class LongRootFilesFactAttribute : FactAttribute
{
    public LongRootFilesFactAttribute() => Skip = SharedRootFiles.WhyMissing ?? new LongFactAttribute().Skip;
}
