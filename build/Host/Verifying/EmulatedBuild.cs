using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// The stages that compute with the network, built again on an emulated processor; all that they read is taken from the first build.
/// </summary>
internal static class EmulatedBuild
{
    private const int Retries = 2;

    private static readonly string[] Stages = ["Train", "Apply"], Processors = ["Haswell", "EPYC", "Skylake-Client"];

    /// <summary>The processor asked for, if one is.</summary>
    /// <exception cref="Misuse">We do not know it.</exception>
    public static string? Processor(CommandLine line) =>
        line.Value(Options.Cpu) is not { } name || Processors.Contains(name, StringComparer.Ordinal)
        ? line.Value(Options.Cpu)
        : throw CommandErrors.BadValue(Options.Cpu, name, string.Join(" or ", Processors));

    /// <summary>The stages of this campaign that are built again.</summary>
    /// <exception cref="Misuse">There is none.</exception>
    public static IReadOnlyList<string> StagesOf(Invocation call) =>
        call.Campaign.Stages.Select(stage => stage.Name).Intersect(Stages).ToArray() is { Length: > 0 } found ? found
            : throw new Misuse($"--cpu: this campaign has none of {string.Join(", ", Stages)}");

    /// <exception cref="Misuse">We may not install the emulator.</exception>
    /// <exception cref="StepFailed">A step failed there.</exception>
    public static void Run(Invocation call, string processor, SecondCheckout place)
    {
        new MachineSetup(call.Terminal, call.Cancellation).Ensure(new HashSet<Need> { Need.Emulator });
        IReadOnlyList<string> stages = StagesOf(call);
        place.TakeProducts(
            call.Campaign.Out,
            call.Campaign.Stages.Where(stage => stages.Contains(stage.Name))
                .SelectMany(stage => stage.Steps())
                .SelectMany(step => step.Writes)
                .Select(product => product.Path)
                .ToHashSet());
        BuildRequest request = BuildRequests.Of(
            call,
            stages,
            new LineReporter(line => call.Terminal.Error.WriteLine($"  on {processor}: {line}"), isExplaining: false));
        BuildSummary end = BuildRun.Start(request with
        {
            Stages = [.. request.Stages.Select(stage => new InChildren(stage))],
            Exclusive = true,
            Out = place.Out,
            Cache = null,
            ChildCommand =
            [
                Environment.GetEnvironmentVariable("TAU_QEMU") is { Length: > 0 } named ? named : "qemu-x86_64",
                "-cpu",
                processor,
                "-E",
                "DOTNET_gcConcurrent=0",
                "-E",
                // Code that the runtime changes through a second mapping is not seen to change: a stale write barrier loses objects.
                "DOTNET_EnableWriteXorExecute=0",
                .. request.ChildCommand,
            ],
        }, call.Cancellation).Completion.GetAwaiter().GetResult();
        if (end.Interrupted) throw new OperationCanceledException(call.Cancellation);
        if (end.FirstError is { } error) throw error;
    }

    // Only children are emulated, so every step becomes one. The emulator may crash under many threads: that is its own failure.
    private sealed class InChildren(IStage stage) : IStage
    {
        public string Name => stage.Name;

        public string Summary => stage.Summary;

        public IReadOnlyList<Step> Steps() => [.. stage.Steps().Select(step => step.InAChild(Retries))];
    }
}
