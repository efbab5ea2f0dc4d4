using System.Diagnostics;
using System.Globalization;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// What umami-preprocessing does, over <c>configs/upp-reweight.yaml</c>: jets in ATLAS's files through split, reweighting and merging to
/// files for training and their normalisation; two million and eight, for the line and the memory. Files are made with python3-h5py of the
/// mock files in the folder that the variable UPP_NTUPLES names.
/// </summary>
internal static class UppBenchmarks
{
    private static readonly string[] Stages = ["Ingest", "Split", "Reweight", "TrainingFiles"];

    // What umami-preprocessing 0.3.1 took for two million jets (split, rw, rwm, norm) on a comparable machine, and its largest peak.
    private const string TheirCpu = "18.9 + 13.5 + 17.5 + 5.8 = 55.7", TheirPeak = "763";

    public static void Run(ResultTable table)
    {
        if (Environment.GetEnvironmentVariable("UPP_NTUPLES") is not { Length: > 0 } mock)
        {
            table.Version("mock files", "UPP_NTUPLES names no folder: left out");
            return;
        }
        table.Head("Jets, each stage by itself, with the start of the program; and all in one go");
        table.Row("jets", "stage", "CPU s", "CPU us a jet", "wall s", "peak MiB");
        table.Row("--:", "---", "--:", "--:", "--:", "--:");
        foreach (int jets in new[] { 2_000_000, 8_000_000 })
        {
            string root = Directory.CreateTempSubdirectory("tau-bench-").FullName;
            try { Measure(table, mock, root, jets); }
            finally { Directory.Delete(root, recursive: true); }
        }
        table.Row("2,000,000", "umami-preprocessing", TheirCpu, "-", "-", TheirPeak);
    }

    private static void Measure(ResultTable table, string mock, string root, int jets)
    {
        string script = Path.Combine(Environment.CurrentDirectory, "tests", "Benchmarks", "Flow", "make-upp-sample.py");
        using (var made = Process.Start("/usr/bin/python3", [script, mock, root, jets.ToString(CultureInfo.InvariantCulture)]))
        {
            made.WaitForExit();
            if (made.ExitCode != 0) throw new InvalidOperationException($"{script} failed");
        }
        string[] inputs =
        [
            .. Directory.EnumerateFiles(root, "*.h5").Order(StringComparer.Ordinal)
                .Select(file => $"--input={(Path.GetFileName(file).StartsWith('t') ? "ttbar" : "zprime")}={file}"),
        ];
        foreach (string stage in Stages) Row(stage, Run(stage, "out"));
        Row("all", Run(Stages[^1], "again"));

        ChildUsage Run(string stage, string to) => ChildUsage.Of("dotnet",
            [
                "exec", FlowCampaign.Host, $"--target={stage}", "--config=configs/upp-reweight.yaml", "--jobs=1",
                $"--out={Path.Combine(root, to)}", .. inputs,
            ],
            Environment.CurrentDirectory);

        void Row(string stage, ChildUsage used) => table.Row(
            jets.ToString("#,0", CultureInfo.InvariantCulture), stage, ResultTable.Number(used.CpuMilliseconds / 1e3),
            ResultTable.Number(1e3 * used.CpuMilliseconds / jets), ResultTable.Number(used.WallMilliseconds / 1e3),
            ResultTable.Number(used.PeakMiB));
    }
}
