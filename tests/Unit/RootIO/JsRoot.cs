using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>JSROOT in node: the other implementation that reads what we wrote. Installed by <c>npm ci --ignore-scripts</c> into .artifacts/js/&lt;hash of the lock&gt;.</summary>
internal static class JsRoot
{
    private static readonly string? Root = FindRoot();

    public static string? WhyMissing { get; } = Missing();

    public static JsonElement Read(string file)
    {
        string script = Path.Combine(Folder(), "read-tree.mjs");
        File.Copy(Path.Combine(Root!, "tests", "Unit", "RootIO", "js", "read-tree.mjs"), script, overwrite: true);
        using Process node = Process.Start(new ProcessStartInfo("node") { ArgumentList = { script, file }, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = node.StandardError.ReadToEndAsync();
        string text = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return node.ExitCode == 0 ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"node ended with {node.ExitCode}: {errors.Result}");
    }

    private static string? Missing()
    {
        if (Root is null) return "needs the repository around the tests";
        if (!Directory.Exists(Path.Combine(Folder(), "node_modules", "jsroot"))) return $"needs npm ci --ignore-scripts of tests/Unit/RootIO/js in {Folder()}";
        try
        {
            using Process? node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true });
            node!.WaitForExit();
            return null;
        }
        catch (System.ComponentModel.Win32Exception) { return "needs node"; }
    }

    private static string Folder()
    {
        byte[] hash = SHA256.HashData(File.ReadAllBytes(Path.Combine(Root!, "tests", "Unit", "RootIO", "js", "package-lock.json")));
        return Path.Combine(Root!, ".artifacts", "js", Convert.ToHexStringLower(hash)[..16]);
    }

    private static string? FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "TauPipeline.sln"))) at = at.Parent;
        return at?.FullName;
    }
}

/// <summary>Cases that need JSROOT; skipped, and counted as such, where it is not installed.</summary>
internal sealed class JsRootTheoryAttribute : TheoryAttribute
{
    public JsRootTheoryAttribute() => Skip = JsRoot.WhyMissing;
}
