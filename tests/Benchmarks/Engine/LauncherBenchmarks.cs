using System.Globalization;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>The whole program as a user starts it, Cake, YAML and all, beside a Cake script that does nothing, in turn.</summary>
internal static class LauncherBenchmarks
{
    private const int Steps = 1_000, Repeats = 9;

    public static void Run(ResultTable table)
    {
        string root = Directory.CreateTempSubdirectory("tau-bench-").FullName;
        try { Run(table, root); }
        finally { Directory.Delete(root, recursive: true); }
    }

    private static void Run(ResultTable table, string root)
    {
        string checkout = Environment.CurrentDirectory, empty = Empty(checkout, Path.Combine(root, "empty"));
        string[] command = ["cake", "--target=Generate", $"--config={Campaign(checkout, root)}", $"--out={Path.Combine(root, "thousand")}"];
        ChildUsage.Of("dotnet", command, checkout);
        Thread.Sleep(EngineBenchmarks.Settling);
        ChildUsage.Of("dotnet", command, checkout);

        var ours = new List<ChildUsage>();
        var nothing = new List<ChildUsage>();
        for (int i = 0; i < Repeats; i++)
        {
            ours.Add(ChildUsage.Of("dotnet", command, checkout));
            nothing.Add(ChildUsage.Of("dotnet", ["cake"], empty));
        }
        table.Head("Through dotnet cake, nothing to do");
        table.Row("case", "ours wall ms", "empty launcher wall ms", "above it", "bound", "ratio", "ours CPU ms", "empty launcher CPU ms");
        table.Row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        double wall = ResultTable.Median(ours.Select(one => one.WallMilliseconds)),
            least = ResultTable.Median(nothing.Select(one => one.WallMilliseconds));
        table.Row(
            string.Create(CultureInfo.InvariantCulture, $"{Steps:#,0} steps of Generate"),
            ResultTable.Number(wall),
            ResultTable.Number(least),
            ResultTable.Number(wall - least),
            "<= 500",
            ResultTable.Number(ResultTable.Median(ours.Zip(nothing, (one, other) => one.WallMilliseconds / other.WallMilliseconds))),
            ResultTable.Number(ResultTable.Median(ours.Select(one => one.CpuMilliseconds))),
            ResultTable.Number(ResultTable.Median(nothing.Select(one => one.CpuMilliseconds))));
    }

    // The same version of Cake with the same settings, and a script of one line.
    private static string Empty(string checkout, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, ".config"));
        foreach (string file in new[] { Path.Combine(".config", "dotnet-tools.json"), "cake.config" })
            File.Copy(Path.Combine(checkout, file), Path.Combine(folder, file));
        File.WriteAllText(Path.Combine(folder, "build.cake"), "Console.WriteLine(\"nothing\");\n");
        ChildUsage.Of("dotnet", ["cake"], folder);
        return folder;
    }

    private static string Campaign(string checkout, string root)
    {
        string file = Path.Combine(root, "thousand.yaml");
        File.WriteAllText(file, $$"""
            campaign: thousand
            include: {{Path.Combine(checkout, "configs", "smoke.yaml")}}
            datasets:
              DYToLL_M50: { use: both, generate: { process: DYToLL_M50, files: {{Steps.ToString(CultureInfo.InvariantCulture)}}, events: 4 } }
            """);
        return file;
    }
}
