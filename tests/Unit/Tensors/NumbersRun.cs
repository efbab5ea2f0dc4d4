using TauPipeline.BuildGraph;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>The program <c>tests/NumbersHost</c>, on this processor or an emulated one.</summary>
internal static class NumbersRun
{
    // In user mode the emulator crashes now and then; that is its own failure.
    private const int Tries = 3;

    public const string Emulator = "qemu-x86_64";

    // As EmulatedBuild sets them, and why is said there.
    private static readonly string[] Variables = ["-E", "DOTNET_gcConcurrent=0", "-E", "DOTNET_EnableWriteXorExecute=0"];

    /// <summary>Whether there is an emulator.</summary>
    public static bool CanEmulate =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Emulator)));

    /// <summary>The lines that it prints.</summary>
    public static IReadOnlyList<string> Here(params IReadOnlyList<string> words) => In(new Dictionary<string, string?>(), words);

    /// <summary>The lines that it prints with variables of the environment.</summary>
    public static IReadOnlyList<string> In(IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> words) =>
        Run("dotnet", ["exec", Program, .. words], environment) ?? throw new InvalidOperationException("the numbers' host failed");

    /// <summary>The lines that it prints on another processor.</summary>
    public static IReadOnlyList<string> On(string processor, params IReadOnlyList<string> words)
    {
        for (int tries = 0; tries < Tries; tries++)
            if (
                Run(
                    Emulator,
                    ["-cpu", processor, .. Variables, Environment.ProcessPath!, "exec", Program, .. words],
                    new Dictionary<string, string?>()) is
                { } lines)
                return lines;
        throw new InvalidOperationException($"{Tries} runs on {processor} failed");
    }

    private static string Program => Checkout.At(".artifacts", "bin", "NumbersHost", "release", "TauPipeline.Tests.NumbersHost.dll");

    private static List<string>? Run(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var lines = new List<string>();
        ProcessOutcome end = ProcessRunner.Run(
            new ProcessRequest(program, arguments) { Line = Keep, Environment = environment },
            CancellationToken.None);
        return end.ExitCode == 0 ? lines : null;

        // The emulator says, in every process, which features of the processor it does not have.
        void Keep(string line)
        {
            if (!line.StartsWith(Emulator, StringComparison.Ordinal)) lines.Add(line);
        }
    }
}
