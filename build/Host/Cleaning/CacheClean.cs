using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary><c>--target=Clean --cache</c>: empties the run cache, of all campaigns and checkouts.</summary>
internal static class CacheClean
{
    public static int Run(Invocation call)
    {
        CacheSettings cache = Find();
        long freed = RunCacheFolder.Empty(cache);
        Tell(call, $"emptied {cache.Folder}: {Words.Size(freed)}", "cleaned", cache, freed);
        return ExitCode.Done;
    }

    /// <summary>Names the folder that would be emptied.</summary>
    public static void Pretend(Invocation call)
    {
        CacheSettings cache = Find();
        long size = RunCacheFolder.SizeOf(cache);
        Tell(call, $"   would empty  {cache.Folder}  {Words.Size(size)}", "would_empty", cache, size);
    }

    private static CacheSettings Find() =>
        CachePlace.Find() ?? throw new Misuse(new ErrorText("there is no run cache to be emptied", [], "TAU_CACHE names one"));

    private static void Tell(Invocation call, string text, string happened, CacheSettings cache, long size) =>
        call.Terminal.Output.WriteLine(
        call.Line.Has(Options.Json)
            ? JsonLine.Of(line => line.Write("event", happened).Write("folder", cache.Folder).Write("size", size))
            : text);
}
