namespace TauPipeline.Plotting;

/// <summary>How the node packages are installed: copy two files into a folder named by the lock file, and run npm there.</summary>
/// <param name="Folder">Where npm runs; <c>node_modules</c> appears in it.</param>
public sealed record NodeInstallation(string Folder)
{
    /// <summary>The installation below a folder <c>.artifacts</c>.</summary>
    public static NodeInstallation Below(string artifacts) => new(Path.Combine(artifacts, "node", ShippedFiles.LockHash));

    /// <summary>Files to copy into <see cref="Folder"/> first.</summary>
    public static IReadOnlyList<string> Files => [ShippedFiles.At("package.json"), ShippedFiles.At("package-lock.json")];

    /// <summary>The program to run.</summary>
    public static string Program => "npm";

    /// <summary>Its arguments: exactly the locked versions, checked by hash, and no scripts of theirs.</summary>
    public static IReadOnlyList<string> Arguments => ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];

    /// <summary>Whether npm finished here.</summary>
    public bool Done => IsComplete(Path.Combine(Folder, "node_modules"));

    // npm writes this file last.
    internal static bool IsComplete(string nodeModules) => File.Exists(Path.Combine(nodeModules, ".package-lock.json"));
}
