using System.Reflection;
using TauPipeline.BuildGraph;

namespace TauPipeline.Host;

/// <summary>
/// The libraries of TorchSharp's packages, which the build of the room Tensors lays out; checked again here, should they be gone or from
/// another system.
/// </summary>
internal static class LaidNatives
{
    private const string Variable = "TAU_LIBTORCH";

    private static string Folder =>
        Repository.At(
            ".artifacts",
            "native",
            typeof(LaidNatives).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "TorchNatives").Value!);

    private static string? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    /// <summary>Whether they are laid out, or the user names others.</summary>
    public static bool AreThere => Named is { } named ? IsLibtorch(named) : Directory.Exists(Folder);

    /// <param name="run">Runs a program and throws unless it succeeds.</param>
    /// <exception cref="Foundation.Misuse">The user names a place where there is none.</exception>
    public static void Ensure(Action<ProcessRequest> run)
    {
        if (Named is not { } named)
            run(
                new ProcessRequest(
                    Environment.ProcessPath ?? "dotnet",
                    ["build", Repository.At("pipeline", "Tensors"), "-p:RunAnalyzers=false", "-v:q", "-tl:off", "-nologo", "-clp:NoSummary"]
                ));
        else if (!IsLibtorch(named)) throw SetupErrors.NoLibtorch(named);
    }

    private static bool IsLibtorch(string named) =>
        File.Exists(Path.Combine(named, "libtorch_cpu.so")) || File.Exists(Path.Combine(named, "lib", "libtorch_cpu.so"));
}
