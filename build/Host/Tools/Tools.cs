namespace TauPipeline.Host;

/// <summary>All tools, written down.</summary>
internal static class Tools
{
    public static IReadOnlyList<ITool> All { get; } =
    [
        new StatusTool(),
        new LogTool(),
        new GraphTool(),
        new CleanTool(),
        new LockTool(),
        new VerifyTool(),
        new CompareTool(),
        new RunsTool(),
        new ManifestTool(),
        new InspectTool(),
        new ImportTool(),
        new SetupTool(),
        new TestTool(),
        new BenchTool(),
        new CheckTool(),
    ];
}
