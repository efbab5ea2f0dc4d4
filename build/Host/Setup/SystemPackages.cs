namespace TauPipeline.Host;

/// <summary>A package of Debian and Ubuntu, and a file that shows that it (or the user's own build of it) is there.</summary>
/// <param name="Need">What it is for.</param>
/// <param name="Name">Name of the package.</param>
/// <param name="File">A library, a program on <c>PATH</c>, or an absolute path.</param>
/// <param name="Variable">A variable by which the user may name a prefix (or file) of his own instead.</param>
internal sealed record SystemPackage(Need Need, string Name, string File, string? Variable = null)
{
    private static readonly string[] LibraryFolders =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib"];

    /// <summary>Whether nothing has to be installed for it.</summary>
    public bool IsThere =>
        Variable is not null && Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } || Places().Any(Path.Exists);

    private IEnumerable<string> Places() =>
        File.Contains(".so", StringComparison.Ordinal) ? LibraryFolders.Select(folder => Path.Combine(folder, File))
        : (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, File));
}

/// <summary>All of them: extend this list when a room needs one more.</summary>
internal static class SystemPackages
{
    private const string PythonPackages = "/usr/lib/python3/dist-packages/";

    public static IReadOnlyList<SystemPackage> All { get; } =
    [
        new(Need.Node, "nodejs", "node", "TAU_NODE"),
        new(Need.Node, "npm", "npm", "TAU_NODE"),
        new(Need.Oracles, "python3-sklearn", PythonPackages + "sklearn"),
        new(Need.Oracles, "python3-statsmodels", PythonPackages + "statsmodels"),
        new(Need.Oracles, "python3-h5py", PythonPackages + "h5py"),
        new(Need.Peers, "ninja-build", "ninja"),
        new(Need.Peers, "snakemake", "snakemake"),
        new(Need.Peers, "openssl", "openssl"),
        new(Need.Peers, "g++", "g++", "CXX"),
        new(Need.Cluster, "slurm-wlm", "/usr/sbin/slurmctld"),
        new(Need.Cluster, "munge", "/usr/sbin/munged"),
        new(Need.Emulator, "qemu-user", "qemu-x86_64", "TAU_QEMU"),
    ];
}
