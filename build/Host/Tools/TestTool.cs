using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Runs every test; the last line is the count, alone.</summary>
internal sealed class TestTool : ITool
{
    public string Name => "Test";

    public string Summary => "run every test: [--filter=EXPRESSION] [--long]";

    public int Run(Invocation call)
    {
        PrepareMachine(call);
        TestCounts counts = new TestSuite(call.Terminal, call.Cancellation).Run(call.Line.Value(Options.Filter), call.Line.Has(Options.Long));
        call.Terminal.Output.WriteLine(counts);
        return counts.IsGood ? ExitCode.Done : ExitCode.StepFailed;
    }

    // Where we may not install, tests that need what is missing are skipped and counted.
    private static void PrepareMachine(Invocation call)
    {
        try { new MachineSetup(call.Terminal, call.Cancellation).Ensure(StageNeeds.Usual.Append(Need.Oracles).ToHashSet()); }
        catch (Misuse missing) { call.Terminal.Error.WriteLine(missing.Text); }
    }
}
