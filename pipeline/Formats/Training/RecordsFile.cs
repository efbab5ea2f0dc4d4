using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>A data set of records in a file for training elsewhere.</summary>
/// <param name="Name">Its name: <c>jets</c>, or that of the constituents.</param>
/// <param name="Slots">Constituents of a row that are kept, in order; 0 for the rows themselves.</param>
/// <param name="Members">Its members; constituents have <c>valid</c> as a last one.</param>
public sealed record RecordTable(string Name, int Slots, IReadOnlyList<RecordMember> Members);

/// <summary>A member of records.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Column">The column that it is.</param>
public sealed record RecordMember(string Name, ColumnSpec Column);

/// <summary>
/// Rows as ATLAS's training files have them (umami-preprocessing's merged output): a compound data set of rows, and one with slots for each
/// kind of constituents. Slots without a constituent are NaN, -1 in signed and 0 in unsigned numbers, and not <c>valid</c>.
/// </summary>
public sealed class RecordsFile : IDisposable
{
    // Some hundred KiB: what a reader of random batches likes to unpack at a time, and enough that packing is not all beginnings.
    private const int ChunkRows = 4096;

    private const string Valid = "valid";

    private readonly Hdf5File _file;
    private readonly List<(RecordTable Table, Hdf5Record Record, Hdf5DatasetWriter Writer)> _tables = [];

    /// <summary>Begins a file.</summary>
    /// <exception cref="StepFailed">It cannot be made.</exception>
    public RecordsFile(string path, IReadOnlyList<RecordTable> tables)
    {
        _file = Hdf5File.Create(path);
        foreach (RecordTable table in tables)
        {
            IEnumerable<Hdf5RecordField> fields = table.Members.Select(member => new Hdf5RecordField(member.Name, member.Column.Type));
            var record = new Hdf5Record([.. table.Slots == 0 ? fields : fields.Append(new Hdf5RecordField(Valid, ColumnType.Bool))]);
            _tables.Add((table, record, _file.CreateRecords("/" + table.Name, record, table.Slots, ChunkRows)));
        }
    }

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Constituents that had no slot.</summary>
    public long Cut { get; private set; }

    /// <summary>The libraries that its bytes come from.</summary>
    public static IReadOnlyList<string> Tools => Hdf5Tools.Versions;

    /// <summary>Adds rows.</summary>
    public void Append(Batch rows)
    {
        foreach ((RecordTable table, Hdf5Record record, Hdf5DatasetWriter writer) in _tables)
        {
            byte[] records = GC.AllocateUninitializedArray<byte>(rows.Rows * Math.Max(1, table.Slots) * record.Size);
            var slots = new Slots(table.Slots);
            for (int member = 0; member < table.Members.Count; member++)
            {
                Column column = rows[table.Members[member].Column.Name];
                record.Put(member, table.Slots == 0 ? column.Bytes : slots.Of(column), records);
            }
            if (table.Slots > 0) record.Put(table.Members.Count, slots.Valid(), records);
            Cut += slots.Cut;
            writer.Append(records);
            writer.Flush();
        }
        Rows += rows.Rows;
    }

    /// <summary>Finishes the file.</summary>
    /// <param name="classes">The names of the classes, in the order of their numbers.</param>
    /// <param name="facts">What else its root says.</param>
    /// <exception cref="StepFailed">It cannot be written.</exception>
    public void Complete(IReadOnlyList<string> classes, IReadOnlyDictionary<string, string> facts)
    {
        foreach ((_, _, Hdf5DatasetWriter writer) in _tables) writer.Complete();
        _file.Attributes("/" + _tables[0].Table.Name).Set("flavour_label", classes);
        Hdf5Attributes root = _file.Attributes();
        root.Set("unique_jets", Rows);
        foreach ((string name, string value) in facts.OrderBy(fact => fact.Key, StringComparer.Ordinal)) root.Set(name, value);
        _file.Complete();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Columns of constituents in so many slots a row.</summary>
    private sealed class Slots(int slots) : IColumnVisitor
    {
        private byte[] _bytes = [];
        private int[] _offsets = [0];

        /// <summary>Constituents of the last column that had no slot.</summary>
        public long Cut { get; private set; }

        /// <summary>The values of a column, good until the next call.</summary>
        public ReadOnlySpan<byte> Of(Column column)
        {
            column.Accept(this);
            return _bytes.AsSpan(0, (_offsets.Length - 1) * slots * ColumnTypes.Size(column.Spec.Type));
        }

        /// <summary>Which slots of the last column have a constituent.</summary>
        public ReadOnlySpan<byte> Valid()
        {
            var valid = new byte[(_offsets.Length - 1) * slots];
            for (int row = 0; row + 1 < _offsets.Length; row++)
                valid.AsSpan(row * slots, Math.Min(slots, _offsets[row + 1] - _offsets[row])).Fill(1);
            return valid;
        }

        public void Visit<T>(Column<T> column) where T : unmanaged =>
            throw new Defect($"'{column.Spec.Name}' is no column of constituents");

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged
        {
            if (_offsets.Length == 1) _offsets = column.Offsets.ToArray();
            int bytes = column.Rows * slots * Unsafe.SizeOf<T>();
            if (_bytes.Length < bytes) _bytes = GC.AllocateUninitializedArray<byte>(bytes);
            Span<T> values = MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(0, bytes));
            values.Fill(Padding<T>());
            Cut = 0;
            ReadOnlySpan<T> all = column.Values;
            for (int row = 0, first = 0; row + 1 < _offsets.Length; row++, first += slots)
            {
                int from = _offsets[row], kept = Math.Min(_offsets[row + 1] - from, slots);
                for (int i = 0; i < kept; i++) values[first + i] = all[from + i];
                Cut += _offsets[row + 1] - from - kept;
            }
        }

        private static T Padding<T>() where T : unmanaged => default(T) switch
        {
            float => (T)(object)float.NaN,
            double => (T)(object)double.NaN,
            sbyte => (T)(object)(sbyte)-1,
            short => (T)(object)(short)-1,
            int => (T)(object)-1,
            long => (T)(object)-1L,
            _ => default,
        };
    }
}
