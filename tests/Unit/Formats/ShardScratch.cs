using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Tests.Unit.Hdf5IO;

namespace TauPipeline.Tests.Unit.Formats;

/// <summary>Shards in a folder that goes away with the test, and rows to fill them.</summary>
internal sealed class ShardScratch : IDisposable
{
    private readonly Hdf5Scratch _scratch = new();

    /// <summary>Attributes of a shard.</summary>
    public static Dictionary<string, string> Origin { get; } = new() { ["origin"] = "dy/0001", ["generator"] = "demo" };

    public string File_(string name = "a.h5") => _scratch.File_(name);

    public void Dispose() => _scratch.Dispose();

    /// <summary>Reads a shard, or some of its columns.</summary>
    public TupleShardReader Open(string name, params string[] columns) =>
        TupleShardReader.Open(new ProductInput(File_(name), columns.Length == 0 ? null : columns));

    /// <summary>Writes a shard; the hashes of its columns.</summary>
    public IReadOnlyDictionary<string, ContentHash> Write(string name, Dictionary<string, string> attributes, params Batch[] batches)
    {
        var output = new ProductOutput(File_(name));
        using (TupleShardWriter writer = TupleShardWriter.Create(output))
        {
            writer.Begin(batches[0].Schema, attributes);
            foreach (Batch batch in batches) writer.Append(batch);
        }
        return output.Columns;
    }

    /// <summary>Candidates with flat and jagged columns of several types.</summary>
    public static Batch Candidates(int rows)
    {
        var random = new CounterRandom(1, 2);
        var offsets = new int[rows + 1];
        for (int i = 0; i < rows; i++) offsets[i + 1] = offsets[i] + random.NextInt(7);
        float[] pt = new float[rows], constituents = new float[offsets[^1]];
        for (int i = 0; i < rows; i++) pt[i] = random.NextInt(4000) * 0.125f;
        for (int i = 0; i < constituents.Length; i++) constituents[i] = random.NextInt(8000) * 0.0625f;
        return new Batch([
            new Column<float>("tau_pt", pt),
            new Column<int>("tau_id", Enumerable.Range(0, rows).ToArray()),
            new Column<bool>("tau_isGenuine", Array.ConvertAll(pt, value => value > 100)),
            new Column<ulong>("event", Array.ConvertAll(pt, value => ulong.MaxValue - (ulong)value)),
            new JaggedColumn<float>("pfCand_pt", "pfCand", offsets, constituents),
            new JaggedColumn<sbyte>(
                "pfCand_charge",
                "pfCand",
                offsets,
                Array.ConvertAll(constituents, value => (sbyte)(value % 3 - 1))),
        ],
        rows);
    }

    /// <summary>The same rows in batches of these lengths.</summary>
    public static Batch[] Cut(Batch rows, params int[] lengths)
    {
        int first = 0;
        return [.. lengths.Select(length => rows.Take([.. Enumerable.Range((first += length) - length, length)]))];
    }

    /// <summary>The same values, of which one belongs to the row before its own.</summary>
    public static JaggedColumn<T> MovedByOneRow<T>(JaggedColumn<T> column) where T : unmanaged
    {
        int[] offsets = column.Offsets.ToArray();
        int row = Enumerable.Range(1, offsets.Length - 2).First(i => offsets[i] < offsets[i + 1]);
        offsets[row]++;
        return new JaggedColumn<T>(column.Spec.Name, column.Spec.Table!, offsets, column.Values.ToArray());
    }
}
