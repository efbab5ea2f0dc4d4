using System.Globalization;
using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// Candidates through the stages: rates and peak memory of a million in 50 files on one thread and on two, beside the demo (an eighth of
/// it) for linearity, and beside what JSROOT takes to read the branches that Ingest reads. Processor time, for the machine has other
/// guests.
/// </summary>
internal static class FlowBenchmarks
{
    private const int Rounds = 5;
    private static readonly string[] Stages = ["Generate", "Ingest", "Split", "ShuffleMerge", "Scale", "Apply"];

    // Rates that were promised, candidates/s of a core.
    private static readonly Dictionary<string, string> Bounds = new() { ["Generate"] = ">= 9,000", ["Ingest"] = ">= 60,000" };

    public static void Run(ResultTable table)
    {
        string root = Directory.CreateTempSubdirectory("tau-bench-").FullName;
        try
        {
            table.Version("JSROOT", RootPeer.Version() ?? "not installed: left out");
            FlowCampaign demo = FlowCampaign.Demo(root, "demo"), million = FlowCampaign.OfMillion(root, "million");
            IReadOnlyList<ChildUsage> small = RunAll(demo, 1), one = RunAll(million, 1);
            Rates(table, "One thread", million.Candidates, one);
            Linearity(table, (demo.Candidates, small), (million.Candidates, one));
            Reading(table, million);
            FlowCampaign again = FlowCampaign.OfMillion(root, "again");
            Rates(table, "Two threads", million.Candidates, RunAll(again, 2));
        }
        finally { Directory.Delete(root, recursive: true); }
    }

    private static List<ChildUsage> RunAll(FlowCampaign campaign, int jobs)
    {
        var used = new List<ChildUsage>();
        foreach (string stage in Stages)
        {
            if (stage == "Apply") campaign.Run("Train", jobs);
            used.Add(campaign.Run(stage, jobs));
        }
        return used;
    }

    private static void Rates(ResultTable table, string how, long candidates, IReadOnlyList<ChildUsage> used)
    {
        table.Head(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{how}: {candidates:#,0} generated candidates in 50 files, with the start of the program"));
        table.Row("stage", "candidates/s of a core", "CPU s", "wall s", "peak MiB", "bound");
        table.Row("---", "--:", "--:", "--:", "--:", "--:");
        foreach ((string stage, ChildUsage one) in Stages.Zip(used))
            table.Row(stage, Rate(candidates, one.CpuMilliseconds), Seconds(one.CpuMilliseconds), Seconds(one.WallMilliseconds),
                ResultTable.Number(one.PeakMiB), Bounds.GetValueOrDefault(stage, "-"));
    }

    private static void Linearity(
        ResultTable table,
        (long Candidates, IReadOnlyList<ChildUsage> Used) small,
        (long Candidates, IReadOnlyList<ChildUsage> Used) large)
    {
        table.Head(string.Create(CultureInfo.InvariantCulture, $"The demo ({small.Candidates:#,0} candidates) and the million"));
        table.Row("stage", "CPU us a candidate, demo", "million", "ratio", "peak MiB, demo", "million");
        table.Row("---", "--:", "--:", "--:", "--:", "--:");
        for (int i = 0; i < Stages.Length; i++)
        {
            double few = 1e3 * small.Used[i].CpuMilliseconds / small.Candidates,
                many = 1e3 * large.Used[i].CpuMilliseconds / large.Candidates;
            table.Row(Stages[i], ResultTable.Number(few), ResultTable.Number(many), ResultTable.Number(many / few),
                ResultTable.Number(small.Used[i].PeakMiB), ResultTable.Number(large.Used[i].PeakMiB));
        }
    }

    private static void Reading(ResultTable table, FlowCampaign campaign)
    {
        string file = campaign.Raw.First();
        IReadOnlyList<string> branches = FlowCampaign.BranchesOfIngest(file);
        using RootFile root = RootFile.Open(file);
        RootTree tree = root.Tree("taus");
        table.Head(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Reading the {branches.Count} branches that Ingest reads, one file of {tree.Entries:#,0} candidates"));
        table.Row("reader", "candidates/s of a core");
        table.Row("---", "--:");
        double ours = ResultTable.Median(Enumerable.Range(0, Rounds + 1).Select(_ => ProcessorTime.Of(() => Read(tree, branches))).Skip(1));
        table.Row("ours", Rate(tree.Entries, ours));
        if (RootPeer.Version() is not null)
            table.Row("JSROOT", Rate(tree.Entries, RootPeer.Read(file, Rounds, string.Join(',', branches), "taus")));
    }

    private static void Read(RootTree tree, IReadOnlyList<string> branches)
    {
        long rows = 0;
        foreach (RootBatch batch in tree.ReadColumns(branches, new RootReadOptions { ReuseMemory = true, BatchEntries = 256 }))
            rows += batch.Columns[0].Entries;
        if (rows != tree.Entries) throw new Defect($"{rows} of {tree.Entries} rows were read");
    }

    private static string Rate(long candidates, double milliseconds) =>
        (candidates / milliseconds * 1e3).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) => (milliseconds / 1e3).ToString("0.0", CultureInfo.InvariantCulture);
}
