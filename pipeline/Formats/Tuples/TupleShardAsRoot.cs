using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Formats;

/// <summary>
/// Writes a tuple shard (rows of any stage: ingested, shuffled, scored) as a ROOT file for analyses: one tree <c>taus</c>, a branch a
/// column; the columns of each constituents' table as arrays that the branch <c>n&lt;table&gt;</c> counts, as in NanoAOD.
/// </summary>
public static class TupleShardAsRoot
{
    /// <summary>The tree's name.</summary>
    public const string TreeName = "taus";

    /// <summary>Writes the columns whose names are wanted; the file appears whole or not at all.</summary>
    /// <returns>Number of rows.</returns>
    /// <exception cref="StepFailed">The shard is none, or is damaged; the file cannot be written.</exception>
    /// <exception cref="Misuse">No column is wanted, or a column has the name of a table's counts and another type.</exception>
    public static long Write(string shard, string root, Func<string, bool> wanted, CancellationToken cancellation = default)
    {
        using TupleShardReader reader = TupleShardReader.Open(new ProductInput(shard));
        string[] names = [.. reader.Schema.Columns.Select(column => column.Name).Where(wanted)];
        if (names.Length == 0) throw FormatErrors.NoColumnWanted(shard, reader.Schema.Columns.Select(column => column.Name));
        var schema = new Schema(reader.Schema.Columns.Where(column => names.Contains(column.Name, StringComparer.Ordinal)));
        string part = root + ".part";
        try
        {
            using (RootFileWriter file = RootFileWriter.Create(part, RootCompression.Zstd, Path.GetFileName(root)))
            {
                RootTreeWriter tree = file.Tree(TreeName, schema);
                foreach (Batch batch in reader.Batches(columns: names))
                {
                    cancellation.ThrowIfCancellationRequested();
                    tree.Append(batch);
                }
            }
            File.Move(part, root, overwrite: true);
        }
        finally { File.Delete(part); }
        return reader.Rows;
    }
}
