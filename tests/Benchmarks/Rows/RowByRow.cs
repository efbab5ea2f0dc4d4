using TauPipeline.Columns;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// The peer of <see cref="BatchBuilder"/>: rows are collected value by value, each column being looked up by its name in the batch of each
/// row. That is how the builder worked until columns were bound once a batch.
/// </summary>
internal sealed class RowByRow(Schema schema)
{
    private readonly List<float>[] _values = [.. schema.Columns.Select(_ => new List<float>())];

    public void Append(Batch batch, int row)
    {
        for (int i = 0; i < _values.Length; i++) _values[i].Add(batch.Flat<float>(schema.Columns[i].Name)[row]);
    }

    public Batch Build()
    {
        var batch = new Batch(schema.Columns.Select((column, i) => new Column<float>(column.Name, _values[i].ToArray())));
        foreach (List<float> values in _values) values.Clear();
        return batch;
    }
}
