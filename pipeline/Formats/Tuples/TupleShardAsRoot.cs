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
        WholeFile.Write(root, part =>
        {
            using RootFileWriter file = RootFileWriter.Create(part, RootCompression.Zstd, Path.GetFileName(root));
            Fill(file, reader, names, cancellation);
        });
        return reader.Rows;
    }

    /// <summary>Adds the tree with those columns of all rows to a file.</summary>
    internal static void Fill(RootFileWriter file, TupleShardReader rows, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        RootTreeWriter tree = file.Tree(
            TreeName,
            new Schema(rows.Schema.Columns.Where(column => columns.Contains(column.Name, StringComparer.Ordinal))));
        foreach (Batch batch in rows.Batches(columns: columns))
        {
            cancellation.ThrowIfCancellationRequested();
            tree.Append(batch);
        }
    }
}
