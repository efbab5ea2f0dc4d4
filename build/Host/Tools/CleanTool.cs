using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Removes the campaign's output folder: products, log and scratch.</summary>
internal sealed class CleanTool : ITool
{
    public string Name => "Clean";

    public string Summary => "remove the campaign's output folder";

    public int Run(Invocation call)
    {
        string folder = call.Campaign.Out;
        if (!Directory.Exists(folder))
        {
            call.Terminal.Output.WriteLine($"{folder} is not there");
            return ExitCode.Done;
        }
        if (!Directory.Exists(Path.Combine(folder, ".tau"))) throw new Misuse(new ErrorText($"'{folder}' was not made by this program", [("expected in it", ".tau")]));
        using (HoldLock(folder)) Directory.Delete(folder, recursive: true);
        call.Terminal.Output.WriteLine($"removed {folder}");
        return ExitCode.Done;
    }

    // The engine holds this file open alone while it works.
    private static FileStream HoldLock(string folder)
    {
        string file = Path.Combine(folder, ".tau", "lock");
        try { return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException busy) { throw new StepFailed(new ErrorText($"another run uses '{folder}'", [("lock", file)]), busy); }
    }
}
