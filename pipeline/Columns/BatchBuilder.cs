using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>Collects rows of many batches of one schema into new batches; used where rows are mixed.</summary>
public sealed class BatchBuilder
{
    private readonly List<IGrower> _growers = [];

    /// <summary>A builder for that schema.</summary>
    public BatchBuilder(Schema schema)
    {
        Schema = schema;
        foreach (ColumnSpec spec in schema.Columns) _growers.Add(Grower(spec));
    }

    /// <summary>Names and types of what is built.</summary>
    public Schema Schema { get; }

    /// <summary>Rows collected so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds one row of a batch that has all our columns.</summary>
    public void Append(Batch batch, int row)
    {
        foreach (IGrower grower in _growers) grower.Append(batch, row);
        Rows++;
    }

    /// <summary>The rows collected so far as a batch; the builder starts again from nothing.</summary>
    public Batch Build()
    {
        var batch = new Batch(_growers.Select(grower => grower.Finish()), Rows);
        Rows = 0;
        return batch;
    }

    private interface IGrower
    {
        void Append(Batch batch, int row);
        Column Finish();
    }

    private static IGrower Grower(ColumnSpec spec) => spec.Type switch
    {
        ColumnType.Bool => Grower<bool>(spec),
        ColumnType.Int8 => Grower<sbyte>(spec),
        ColumnType.UInt8 => Grower<byte>(spec),
        ColumnType.Int16 => Grower<short>(spec),
        ColumnType.UInt16 => Grower<ushort>(spec),
        ColumnType.Int32 => Grower<int>(spec),
        ColumnType.UInt32 => Grower<uint>(spec),
        ColumnType.Int64 => Grower<long>(spec),
        ColumnType.UInt64 => Grower<ulong>(spec),
        ColumnType.Float32 => Grower<float>(spec),
        ColumnType.Float64 => Grower<double>(spec),
        _ => throw new Defect($"no builder for columns of {spec.Type}"),
    };

    private static IGrower Grower<T>(ColumnSpec spec) where T : unmanaged => spec.IsJagged ? new JaggedGrower<T>(spec) : new FlatGrower<T>(spec.Name);

    private sealed class FlatGrower<T>(string name) : IGrower where T : unmanaged
    {
        private readonly List<T> _values = [];

        public void Append(Batch batch, int row) => _values.Add(batch.Flat<T>(name)[row]);

        public Column Finish()
        {
            var column = new Column<T>(name, _values.ToArray());
            _values.Clear();
            return column;
        }
    }

    private sealed class JaggedGrower<T>(ColumnSpec spec) : IGrower where T : unmanaged
    {
        private readonly List<int> _offsets = [0];
        private readonly List<T> _values = [];

        public void Append(Batch batch, int row)
        {
            _values.AddRange(batch.Jagged<T>(spec.Name)[row]);
            _offsets.Add(_values.Count);
        }

        public Column Finish()
        {
            var column = new JaggedColumn<T>(spec.Name, spec.Table!, _offsets.ToArray(), _values.ToArray());
            CollectionsMarshal.SetCount(_offsets, 1);
            _values.Clear();
            return column;
        }
    }
}
