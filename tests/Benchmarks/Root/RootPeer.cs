using System.Globalization;
using System.Security.Cryptography;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>JSROOT in node, installed as for the tests.</summary>
internal static class RootPeer
{
    private static string Root => Environment.CurrentDirectory;

    private static string Folder => Path.Combine(Root, ".artifacts", "js",
        Convert.ToHexStringLower(
            SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, "tests", "Unit", "RootIO", "js", "package-lock.json"))))[..16]);

    public static string? Version()
    {
        string package = Path.Combine(Folder, "node_modules", "jsroot", "package.json");
        if (!Peers.Has("node") || !File.Exists(package)) return null;
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(package));
        return $"{json.RootElement.GetProperty("version").GetString()} on node {ChildUsage.Of("node", ["--version"], Root).Output.Trim()}";
    }

    /// <summary>
    /// The median processor time in ms of reading all (or those) branches, after one read to warm up; 0 times is a single read that warms
    /// nothing up.
    /// </summary>
    public static double Read(string file, int times, string? branches = null, string tree = "Events")
    {
        string script = Path.Combine(Folder, "read-speed.mjs");
        File.Copy(Path.Combine(Root, "tests", "Benchmarks", "Root", "read-speed.mjs"), script, overwrite: true);
        string[] lines = ChildUsage.Of(
                "node",
                [
                    script,
                    file,
                    times.ToString(CultureInfo.InvariantCulture),
                    .. branches is null ? Array.Empty<string>() : [branches, tree],
                ],
                Root)
            .Output.Trim()
            .Split('\n');
        return ResultTable.Median(lines.Select(line => double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)));
    }
}
