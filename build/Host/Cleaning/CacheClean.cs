using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary><c>--target=Clean --cache</c>: empties the run cache, of all campaigns and checkouts.</summary>
internal static class CacheClean
{
    public static int Run(Invocation call)
    {
        CacheSettings cache = CachePlace.Find() ?? throw new Misuse(new ErrorText("there is no run cache to be emptied", [], "TAU_CACHE names one"));
        long freed = RunCacheFolder.Empty(cache);
        call.Terminal.Output.WriteLine(call.Line.Has(Options.Json)
            ? JsonLine.Of(line => line.Write("event", "cleaned").Write("folder", cache.Folder).Write("size", freed))
            : $"emptied {cache.Folder}: {Words.Size(freed)}");
        return ExitCode.Done;
    }
}
