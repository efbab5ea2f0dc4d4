using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>What can go wrong while a machine is set up.</summary>
internal static class SetupErrors
{
    public static Misuse MayNotInstall(IReadOnlyList<SystemPackage> missing)
    {
        string[] variables = [.. missing.Select(package => package.Variable).OfType<string>().Distinct()];
        return new Misuse(new ErrorText("system packages are missing, and only root on Debian or Ubuntu may install them here",
            [
                ("missing", string.Join(", ", missing.Select(package => package.Name))),
                ("or name yours", string.Join(", ", variables.Select(name => $"{name}=/path/to/prefix"))),
            ],
            $"sudo apt-get install --no-install-recommends {string.Join(' ', missing.Select(package => package.Name))}"));
    }

    public static StepFailed Failed(ProcessRequest request, int code) => new(new ErrorText($"{request.Program} failed",
        [("command", string.Join(' ', request.Arguments.Prepend(request.Program))), ("exit code", $"{code}")]));

    public static StepFailed NoProgram(ProcessRequest request, Exception problem) =>
        new(new ErrorText($"{request.Program} cannot be started", [("system", problem.Message)]), problem);

    public static Misuse NoLibtorch(string prefix) => new(new ErrorText("there is no libtorch where TAU_LIBTORCH points",
        [("looked for", Path.Combine(prefix, "libtorch_cpu.so"))], "name another folder, or unset it: the build brings one"));
}
