using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>The C shim over libtorch, built by <c>build/Native.proj</c>.</summary>
internal static class NativeShim
{
    private static string Project => Repository.At("build", "Native.proj");

    private static string Built => Repository.At(".artifacts", "native", "built-for");

    // Its sources, and the prefix, which says against which libtorch it was built.
    private static string Identity => $"{ContentHash.Of(string.Concat(Sources.Select(file => ContentHash.OfFile(file))))} {Environment.GetEnvironmentVariable("TAU_LIBTORCH")}\n";

    private static IEnumerable<string> Sources => Directory.EnumerateFiles(Repository.At("pipeline", "Tensors", "Native")).Order(StringComparer.Ordinal).Append(Project);

    /// <summary>Whether it was built from these sources.</summary>
    public static bool IsThere => !File.Exists(Project) || File.Exists(Built) && File.ReadAllText(Built) == Identity;

    /// <param name="run">Runs a program and throws unless it succeeds.</param>
    public static void Ensure(Action<ProcessRequest> run)
    {
        if (IsThere) return;
        if (Environment.GetEnvironmentVariable("TAU_LIBTORCH") is { Length: > 0 } prefix && !Directory.Exists(Path.Combine(prefix, "include", "torch"))) throw SetupErrors.NoLibtorch(prefix);
        run(new ProcessRequest(Environment.ProcessPath ?? "dotnet", ["build", Project, "-v:q", "-tl:off", "-nologo", "-clp:NoSummary"]));
        Directory.CreateDirectory(Path.GetDirectoryName(Built)!);
        File.WriteAllText(Built, Identity);
    }
}
