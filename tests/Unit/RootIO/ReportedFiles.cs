using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>The files of bug reports beside the repository, with the values that other readers find (their README).</summary>
internal static class ReportedFiles
{
    public static string Path(string name) => SharedData.At("reports", name);
}
