using System.Globalization;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// The demo, five and twenty times as many files of it: memory must stay as it is, and processor time must grow in proportion. The start
/// of a program and the compilation of its code are in all three alike, so what a candidate costs is taken from differences.
/// </summary>
internal static class GrowthBenchmarks
{
    private static readonly string[] Stages =
    [
        "Generate", "Ingest", "Split", "Spectrum", "ShuffleMerge", "Validate", "Scale", "Train", "Apply", "WorkingPoints", "Metrics",
    ];

    private static readonly int[] Times = [1, 5, 20];

    public static void Run(ResultTable table)
    {
        string root = Directory.CreateTempSubdirectory("tau-bench-").FullName;
        try
        {
            ChildUsage[][] used = [.. Times.Select(times => FlowCampaign.DemoTimes(root, times)).Select(RunAll)];
            table.Head("One thread; MiB of memory of the program's own (without mapped files), each stage by itself");
            table.Row("stage", "x1", "x5", "x20", "CPU s, x1", "x5", "x20", "a candidate: x5 to x20 over x1 to x5", "bound");
            table.Row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
            for (int stage = 0; stage < Stages.Length; stage++)
            {
                int at = stage;
                double[] cpu = [.. used.Select(one => one[at].CpuMilliseconds / 1e3)];
                double few = (cpu[1] - cpu[0]) / (Times[1] - Times[0]), many = (cpu[2] - cpu[1]) / (Times[2] - Times[1]);
                table.Row(
                    Stages[stage],
                    [
                        .. used.Select(one => one[at].PeakOwnMiB.ToString("0", CultureInfo.InvariantCulture)),
                        .. cpu.Select(ResultTable.Number),
                        ResultTable.Number(many / few),
                        "<= 1.15",
                    ]);
            }
        }
        finally { Directory.Delete(root, recursive: true); }
    }

    private static ChildUsage[] RunAll(FlowCampaign campaign) => [.. Stages.Select(stage => campaign.Run(stage, 1))];
}
