using System.Globalization;
using System.Text;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>The same copies for ninja and snakemake.</summary>
internal static class Peers
{
    /// <summary>Writes <c>build.ninja</c>; run it with <see cref="Ninja"/>.</summary>
    public static void WriteNinja(EngineCase of)
    {
        var text = new StringBuilder("rule cp\n  command = cp $in $out\n");
        for (int i = 0; i < of.Steps; i++)
            text.Append(CultureInfo.InvariantCulture, $"build ninja/{EngineCase.Name(i)}: cp {From(of, i, "ninja")}\n");
        File.WriteAllText(Path.Combine(of.Folder, "build.ninja"), text.ToString());
    }

    public static ChildUsage Ninja(EngineCase of) => ChildUsage.Of("ninja", ["--quiet"], of.Folder);

    /// <summary>Writes a <c>Snakefile</c>; run it with <see cref="Snakemake"/>.</summary>
    public static void WriteSnakemake(EngineCase of) => File.WriteAllText(Path.Combine(of.Folder, "Snakefile"),
        $$"""
        rule all:
            input: ["snake/%06d.txt" % i for i in range({{of.Steps}})]
        rule copy:
            input: "in/{name}.txt"
            output: "snake/{name}.txt"
            shell: "cp {input} {output}"
        """);

    public static ChildUsage Snakemake(EngineCase of) =>
        ChildUsage.Of("snakemake", ["--cores", "2", "--scheduler", "greedy", "-q", "--nolock"], of.Folder);

    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string From(EngineCase of, int step, string folder) =>
        of.IsChain && step > 0 ? $"{folder}/{EngineCase.Name(step - 1)}" : $"in/{EngineCase.Name(step)}";
}
