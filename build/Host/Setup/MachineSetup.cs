using System.ComponentModel;
using CliWrap;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>
/// Makes sure that what is needed is on this machine: system packages, node packages, libtorch. Writes only below <c>.artifacts/</c>.
/// </summary>
internal sealed class MachineSetup(Terminal terminal, CancellationToken cancellation)
{
    /// <summary>Installs what is missing of these needs, or says what to type.</summary>
    /// <exception cref="Misuse">Something is missing and we may not install it.</exception>
    /// <exception cref="StepFailed">An installation failed.</exception>
    public void Ensure(IReadOnlySet<Need> needs)
    {
        InstallPackages([.. SystemPackages.All.Where(package => needs.Contains(package.Need) && !package.IsThere)]);
        if (needs.Contains(Need.Node)) NodePackages.Plotting.Ensure(Run);
        if (needs.Contains(Need.JsRoot)) NodePackages.JsRoot.Ensure(Run);
        if (needs.Contains(Need.Tensors)) LaidNatives.Ensure(Run);
    }

    /// <summary>Installs what it may of these sets: one that may not be completed is told of, and holds up no other.</summary>
    /// <exception cref="StepFailed">An installation failed.</exception>
    public void EnsureIfAllowed(params IReadOnlyList<IReadOnlySet<Need>> sets)
    {
        foreach (IReadOnlySet<Need> needs in sets)
        {
            try { Ensure(needs); }
            catch (Misuse missing) { terminal.Error.WriteLine(missing.Text); }
        }
    }

    /// <summary>Whether all these needs are met, by looking only.</summary>
    public static bool IsComplete(IReadOnlySet<Need> needs) =>
        SystemPackages.All.All(package => !needs.Contains(package.Need) || package.IsThere)
        && (!needs.Contains(Need.Node) || NodePackages.Plotting.AreThere)
        && (!needs.Contains(Need.JsRoot) || NodePackages.JsRoot.AreThere)
        && (!needs.Contains(Need.Tensors) || LaidNatives.AreThere);

    private void InstallPackages(IReadOnlyList<SystemPackage> missing)
    {
        if (missing.Count == 0) return;
        string[] names = [.. missing.Select(package => package.Name)];
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get")) throw SetupErrors.MayNotInstall(missing);

        terminal.Error.WriteLine($"installing {string.Join(", ", names)}");
        // Another apt at work is waited for instead of failing on its lock.
        const string patience = "DPkg::Lock::Timeout=900";
        Run(new ProcessRequest("apt-get", ["-o", patience, "-qq", "update"]));
        Run(new ProcessRequest("apt-get", ["-o", patience, "-qq", "-y", "install", "--no-install-recommends", .. names])
        {
            Environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" },
        });
    }

    // Not one of the engine's children: apt and npm are better left to end by themselves than killed with us in the middle.
    private void Run(ProcessRequest request)
    {
        PipeTarget toTerminal = PipeTarget.ToDelegate(terminal.Error.WriteLine);
        Command command = Cli.Wrap(request.Program).WithArguments(request.Arguments).WithEnvironmentVariables(request.Environment)
            .WithWorkingDirectory(request.Folder ?? Environment.CurrentDirectory)
            .WithStandardOutputPipe(toTerminal).WithStandardErrorPipe(toTerminal).WithValidation(CommandResultValidation.None);
        try
        {
            CommandResult result = command.ExecuteAsync(CancellationToken.None, cancellation).GetAwaiter().GetResult();
            if (!result.IsSuccess) throw SetupErrors.Failed(request, result.ExitCode);
        }
        catch (Win32Exception problem) { throw SetupErrors.NoProgram(request, problem); }
    }
}
