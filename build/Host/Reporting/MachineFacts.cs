using System.Globalization;
using System.Runtime.InteropServices;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>What a run ran on: for the journal only, never part of a fingerprint or a product.</summary>
internal static class MachineFacts
{
    // Those that libraries choose their arithmetic by; a report need not list the other hundred.
    private static readonly string[] Flags =
    [
        "sse4_2",
        "avx",
        "avx2",
        "fma",
        "f16c",
        "avx512f",
        "avx512vl",
        "avx512_bf16",
        "amx_tile",
        "asimd",
        "sve",
    ];

    private static readonly string[][] Locks = [["Directory.Packages.props"], ["pipeline", "Plotting", "node", "package-lock.json"]];

    /// <summary>Names and values, in the order of a report.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(IReadOnlyList<IStage> stages) =>
    [
        ("host", Environment.MachineName),
        ("system", RuntimeInformation.OSDescription),
        ("kernel", FirstLine("/proc/sys/kernel/osrelease") ?? Environment.OSVersion.VersionString),
        ("architecture", RuntimeInformation.ProcessArchitecture.ToString()),
        (
            "processor",
            string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} x {CpuLine("model name") ?? "not known"}")),
        (
            "processor flags",
            CpuLine("flags") is { } flags ? string.Join(' ', flags.Split(' ').Intersect(Flags)) : CpuLine("Features") ?? "not known"),
        ("memory", Words.Size(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)),
        ("runtime", RuntimeInformation.FrameworkDescription),
        .. stages.SelectMany(stage => stage.Steps())
            .SelectMany(step => step.Tools)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(tool => ("tool", tool)),
        .. Locks.Where(path => File.Exists(Repository.At(path)))
            .Select(path => ($"sha256 of {path[^1]}", ContentHash.OfFile(Repository.At(path)).ToString())),
    ];

    private static string? CpuLine(string name)
    {
        try
        {
            return File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
                ?.Split(':', 2)[^1]
                .Trim();
        }
        catch (IOException) { return null; /* no such file on this system */ }
    }

    private static string? FirstLine(string file)
    {
        try { return File.ReadLines(file).FirstOrDefault(); }
        catch (IOException) { return null; /* no such file on this system */ }
    }
}
