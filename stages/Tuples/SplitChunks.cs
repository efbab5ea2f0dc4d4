using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// <c>split: chunk_rows:</c>: the rows of a part and dataset once more, as a folder of shards of exactly so many rows each (the last one of
/// the rest), for programs that take such files. <c>index.csv</c> says which rows each has. Nothing of ours reads them.
/// </summary>
internal static class SplitChunks
{
    /// <summary>The folder of a part and dataset.</summary>
    public static Artifact Of(string part, string dataset) => Artifact.Folder($"split/chunks/{part}/{dataset}");

    /// <summary>Writes the rows of the shards of a dataset, in order.</summary>
    public static void Write(StepRun run, IReadOnlyList<PartShard> shards, (string Part, Artifact Folder, int Rows) to)
    {
        using FolderWriter folder = run.Create<FolderWriter>(to.Folder);
        var rows = new ShardSequence(run, [.. shards.Select(shard => shard.Shard)]);
        var index = new List<string> { "file,first_row,rows" };
        foreach (IEnumerable<Batch> block in rows.Blocks(new EntryRange(0, rows.Rows), to.Rows))
        {
            string name = $"{index.Count - 1:D5}.h5";
            using TupleShardWriter writer = TupleShardWriter.Create(new ProductOutput(folder.File(name)));
            foreach (Batch batch in block)
            {
                if (writer.Rows == 0) writer.Begin(batch.Schema, Facts(shards[0].Dataset, to.Part));
                writer.Append(batch);
            }
            writer.Complete();
            index.Add($"{name},{(index.Count - 1L) * to.Rows},{writer.Rows}");
        }
        TextFile.Write(new ProductOutput(folder.File("index.csv")), new TextFile(string.Join('\n', index) + "\n"));
    }

    private static Dictionary<string, string> Facts(Dataset dataset, string part) =>
        new() { ["dataset"] = dataset.Name, ["part"] = part };
}
