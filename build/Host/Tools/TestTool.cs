namespace TauPipeline.Host;

/// <summary>Runs every test; the last line is the count, alone.</summary>
internal sealed class TestTool : ITool
{
    public string Name => "Test";

    public string Summary => "run every test: [--filter=EXPRESSION] [--long]";

    public int Run(Invocation call)
    {
        // Where we may not install, tests that need what is missing are skipped and counted.
        new MachineSetup(call.Terminal, call.Cancellation).EnsureIfAllowed(
            StageNeeds.Usual,
            new HashSet<Need> { Need.Oracles },
            new HashSet<Need> { Need.Cluster });
        TestCounts counts = new TestSuite(call.Terminal, call.Cancellation).Run(
            call.Line.Value(Options.Filter),
            call.Line.Has(Options.Long));
        call.Terminal.Output.WriteLine(counts);
        return counts.IsGood ? ExitCode.Done : ExitCode.StepFailed;
    }
}
