using TauPipeline.Configuration;
using TauPipeline.Queues;

namespace TauPipeline.Host;

/// <summary>Reads <c>queue:</c>: how steps go to a batch system. It is read, and checked, whatever the executor.</summary>
internal static class QueueBlock
{
    /// <summary>Reads it.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stages">Names of the campaign's stages.</param>
    public static QueueSettings Read(ConfigBlock block, IReadOnlyList<string> stages)
    {
        var defaults = new JobSettings();
        JobSettings job = Job(block, defaults);
        return new QueueSettings
        {
            Slots = (int)block.Whole("slots", 500, 1, 100_000),
            ArraySize = (int)block.Whole("array_size", 1000, 1, 1_000_000),
            AtOnce = (int)block.Whole("at_once", 0, 0, 1_000_000),
            Poll = Seconds(block, "poll", 15, 0.5),
            Latency = Seconds(block, "latency", 60, 0),
            Patience = Seconds(block, "patience", 1800, 0),
            StaysAfterInterrupt = block.Choice("on_interrupt", ["cancel", "leave"], "cancel") == "leave",
            Commands = block.Has("commands") ? block.Text("commands") : null,
            TimeAttribute = block.Text("time_attribute", "MaxRuntime"),
            Environment = block.Texts("environment", []),
            Job = job,
            Stages = Stages(block, stages, job),
        };
    }

    private static Dictionary<string, JobSettings> Stages(ConfigBlock block, IReadOnlyList<string> stages, JobSettings job)
    {
        var read = new Dictionary<string, JobSettings>();
        ConfigBlock outer = block.Block("stages");
        foreach (string name in outer.Keys)
        {
            if (!stages.Contains(name)) outer.Wrong(name, $"a stage of this campaign ({string.Join(", ", stages)})", name);
            read[name] = Job(outer.Block(name), job);
        }
        return read;
    }

    // What a stage does not say is as for all.
    private static JobSettings Job(ConfigBlock block, JobSettings all) => new()
    {
        IsHere = block.Choice("where", ["jobs", "here"], all.IsHere ? "here" : "jobs") == "here",
        Partition = block.Has("partition") ? block.Text("partition") : all.Partition,
        Account = block.Has("account") ? block.Text("account") : all.Account,
        Time = Seconds(block, "time", all.Time.TotalSeconds, 60),
        ProgramMemory = block.Whole("program_memory", all.ProgramMemory, 0, long.MaxValue, "B"),
        RowsPerJob = (int)block.Whole("rows_per_job", all.RowsPerJob, 1, 100_000),
        Options = block.HasList("options") ? block.Texts("options") : all.Options,
    };

    private static TimeSpan Seconds(ConfigBlock block, string key, double fallback, double min) =>
        TimeSpan.FromSeconds(block.Number(key, fallback, "s", min, 1e9));
}
