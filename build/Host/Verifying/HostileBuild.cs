using System.Globalization;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// The campaign built once more where everything is different that must not matter: root path and its length, current
/// folder, folder for temporary files, time zone, locale, umask, jobs, processors, vector width, and what fresh memory holds.
/// </summary>
internal static class HostileBuild
{
    // The one line of shell there is: umask is a property of a process that nothing else can set for a child.
    private const string WithUmask = "umask 077; exec \"$0\" \"$@\"";

    private static readonly string[] Zones = ["Pacific/Kiritimati", "America/St_Johns"], Locales = ["tr_TR.UTF-8", "de_DE.UTF-8"];

    /// <exception cref="StepFailed">It failed there.</exception>
    public static void Run(Invocation call, IReadOnlyList<string> stages, SecondCheckout place)
    {
        string[] words =
        [
            "-c", WithUmask, Environment.ProcessPath!, "exec", place.Host, .. stages.Select(stage => $"--target={stage}"),
            $"--config={Path.GetFullPath(Campaigns.PathOf(call.Line))}", $"--out={place.Out}", $"--jobs={Other(call.Line.Jobs)}",
            .. call.Line.All(Options.Set).Select(set => $"--set={set}"),
            .. call.Line.All(Options.Input).Select(input => $"--input={Absolute(input)}"),
        ];
        ProcessOutcome end = ProcessRunner.Run(new ProcessRequest("sh", words)
        {
            Folder = place.Root,
            Environment = Variables(place),
            Line = line => call.Terminal.Error.WriteLine($"  second build: {line}"),
        }, call.Cancellation);
        if (end.ExitCode != 0)
            throw new StepFailed(
                new ErrorText("the second build failed, where the first had not", [("exit code", $"{end.ExitCode}"), ("kept", place.Root)])
            );
    }

    private static Dictionary<string, string?> Variables(SecondCheckout place) => new()
    {
        ["TZ"] = Not(Environment.GetEnvironmentVariable("TZ"), Zones),
        ["LC_ALL"] = Not(Environment.GetEnvironmentVariable("LC_ALL"), Locales),
        ["LANG"] = Not(Environment.GetEnvironmentVariable("LANG"), Locales),
        ["TMPDIR"] = Path.Combine(place.Root, "tmp"),
        ["TAU_CACHE"] = "", // what a cache gives back was not built
        ["DOTNET_PROCESSOR_COUNT"] = Other(Environment.ProcessorCount),
        ["DOTNET_EnableAVX512"] = "0",
        ["MALLOC_PERTURB_"] = "165", // glibc fills what it hands out, so that nobody finds zeros by luck
    };

    private static string Not(string? ours, string[] candidates) => candidates.First(one => one != ours);

    private static string Other(int count) => (count == 1 ? 2 : count - 1).ToString(CultureInfo.InvariantCulture);

    private static string Absolute(string input)
    {
        string[] parts = input.Split('=', 2);
        bool isPlace = parts[^1].StartsWith('/') || parts[^1].Contains("://", StringComparison.Ordinal);
        return isPlace ? input : string.Join('=', [.. parts[..^1], Path.GetFullPath(parts[^1])]);
    }
}
