namespace TauPipeline.Host;

/// <summary>Installs everything that any stage needs, and lays out libtorch.</summary>
internal sealed class SetupTool : ITool
{
    public string Name => "Setup";

    public string Summary => "install what the stages need on this machine (apt-get and npm, as root) and lay out libtorch and ONNX Runtime";

    public int Run(Invocation call)
    {
        IReadOnlySet<Need> all = StageNeeds.Usual;
        foreach (SystemPackage package in SystemPackages.All.Where(package => all.Contains(package.Need)))
            call.Terminal.Output.WriteLine($"{(package.IsThere ? "there " : "to get")}  {package.Name}");
        new MachineSetup(call.Terminal, call.Cancellation).Ensure(all);
        call.Terminal.Output.WriteLine("this machine has all it needs");
        return ExitCode.Done;
    }
}
