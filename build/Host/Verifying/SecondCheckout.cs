using System.Globalization;

namespace TauPipeline.Host;

/// <summary>
/// A place for a second build: this host and what it looks for around it, copied below another root of another length.
/// Raw files and the campaign stay where they are; nothing writes to them.
/// </summary>
internal sealed class SecondCheckout
{
    private static readonly string[] Sources = ["build", "pipeline", "stages", "configs", "data-manifests"];

    private SecondCheckout(string root) => Root = root;

    public string Root { get; }

    public string Out => Path.Combine(Root, "out");

    /// <summary>The program there.</summary>
    public string Host => Path.Combine(HostFolder, Path.GetFileName(HostFile));

    /// <summary>The program that runs.</summary>
    public static string HostFile => Path.GetFullPath(Environment.GetCommandLineArgs()[0]);

    private string HostFolder =>
        Path.Combine(Root, ".artifacts", "host", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    // In a container a killed process and ours may have the same number.
    /// <summary>An empty place for that campaign; what verifications left there that were killed goes.</summary>
    public static SecondCheckout Empty(string campaign)
    {
        string all = Repository.At(".artifacts", "verify", campaign), own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        Directory.CreateDirectory(all);
        foreach (string other in Directory.GetDirectories(all))
            if (Path.GetFileName(other) == own || !Directory.Exists($"/proc/{Path.GetFileName(other)}"))
                Directory.Delete(other, recursive: true);
        string root = Path.Combine(all, own, "a-second-checkout");
        Directory.CreateDirectory(Path.Combine(root, "tmp"));
        return new SecondCheckout(root);
    }

    /// <summary>Copies the program and the sources and tools that it looks for.</summary>
    public void Fill()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Root)) File.Copy(file, Path.Combine(Root, Path.GetFileName(file)));
        foreach (string folder in Sources) Copy(Repository.At(folder), Path.Combine(Root, folder));
        Copy(AppContext.BaseDirectory, HostFolder);
        // Large and many files that nobody writes.
        foreach (string tools in new[] { "native", "node" })
            if (Directory.Exists(Repository.At(".artifacts", tools)))
                Directory.CreateSymbolicLink(Path.Combine(Root, ".artifacts", tools), Repository.At(".artifacts", tools));
    }

    /// <summary>Copies a finished output folder with its log, but not these products.</summary>
    public void TakeProducts(string from, IReadOnlySet<string> without)
    {
        foreach (
            string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(from, file))
        )
            if (!without.Contains(file) && (file == Path.Combine(".tau", "log") || !file.StartsWith(".tau/", StringComparison.Ordinal)))
                CopyFile(Path.Combine(from, file), Path.Combine(Out, file));
    }

    public void Delete() => Directory.Delete(Path.GetDirectoryName(Root)!, recursive: true);

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            CopyFile(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
