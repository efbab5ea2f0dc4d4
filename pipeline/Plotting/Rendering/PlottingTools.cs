using System.Text.Json;

namespace TauPipeline.Plotting;

/// <summary>What draws, by name and version: for the fingerprint of every step that renders.</summary>
public static class PlottingTools
{
    private static readonly string[] Named = ["dejavu-fonts-ttf", "pdfkit", "svg-to-pdfkit", "vega", "vega-lite"];

    /// <summary>The locked versions, and the hash of the lock file for all packages below them; node itself is not asked.</summary>
    public static IReadOnlyList<string> Versions()
    {
        using JsonDocument file = JsonDocument.Parse(ShippedFiles.LockBytes());
        JsonElement packages = file.RootElement.GetProperty("packages");
        return [.. Named.Select(name => $"{name} {packages.GetProperty($"node_modules/{name}").GetProperty("version").GetString()}"), $"node packages {ShippedFiles.LockHash}"];
    }
}
