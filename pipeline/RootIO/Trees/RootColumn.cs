using System.Runtime.InteropServices;
using System.Text;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>
/// The values of one branch over consecutive entries: values end to end, and for each level of nesting the offsets that cut
/// them (guide sections 4.2 to 4.6). A <c>vector&lt;vector&lt;float&gt;&gt;</c> has two levels, a text one (of bytes), a
/// <c>vector&lt;string&gt;</c> two (of texts, then of bytes), a number or a fixed array none.
/// </summary>
public abstract class RootColumn
{
    private readonly ReadOnlyMemory<int>[] _offsets;

    private protected RootColumn(RootColumnShape shape, int entries, ReadOnlyMemory<int>[] offsets) =>
        (Shape, Entries, _offsets) = (shape, entries, offsets);

    /// <summary>Name, types and dimensions: equal for all batches of a branch.</summary>
    public RootColumnShape Shape { get; }

    /// <summary>The branch's name below its tree.</summary>
    public string Name => Shape.Name;

    /// <summary>Number of entries.</summary>
    public int Entries { get; private protected set; }

    /// <summary>Number of items of the innermost level: numbers (or fixed arrays of them), or texts.</summary>
    public int Items => Shape.IsText ? TextOffsets.Length - 1 : ValueCount / Shape.FixedLength;

    /// <summary>Number of values: numbers, or for text bytes.</summary>
    public abstract int ValueCount { get; }

    /// <summary>All values end to end as little-endian bytes (bool: one byte, 0 or 1; text: its bytes).</summary>
    public abstract ReadOnlySpan<byte> Bytes { get; }

    /// <summary>
    /// Where each list of that level begins, and the end of the last; from 0, never falling. Unit: items of the next level; of the
    /// last level values (or fixed arrays of <see cref="RootColumnShape.FixedLength"/> values), for text bytes.
    /// Level 0 has <see cref="Entries"/> + 1 offsets, each further level one more than the last offset before it.
    /// </summary>
    public ReadOnlySpan<int> Offsets(int level) => _offsets[level].Span;

    /// <summary>All values end to end.</summary>
    /// <exception cref="StepFailed">The column has values of another type; names both.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged =>
        this is RootColumn<T> typed ? typed.Values : throw RootErrors.OtherValues(Shape, ColumnTypes.Name(ColumnTypes.Of<T>()));

    /// <summary>A text of a text column, counted over all entries: UTF-8 where it is valid, else Latin-1.</summary>
    public string Text(int item) => RootText.Decode(TextBytes(item));

    /// <summary>The bytes of a text of a text column.</summary>
    public ReadOnlySpan<byte> TextBytes(int item) => Bytes[TextOffsets[item]..TextOffsets[item + 1]];

    /// <summary>The column of a batch: flat, or jagged of one level (fixed arrays too; a text as its bytes).</summary>
    /// <exception cref="StepFailed">It has more than one level.</exception>
    public abstract Column ToColumn(string table);

    /// <summary>A column of one text an entry, as UTF-8.</summary>
    public static RootColumn OfTexts(string name, IReadOnlyList<string> texts)
    {
        var offsets = new int[texts.Count + 1];
        for (int i = 0; i < texts.Count; i++) offsets[i + 1] = offsets[i] + Encoding.UTF8.GetByteCount(texts[i]);
        var bytes = new byte[offsets[^1]];
        for (int i = 0; i < texts.Count; i++) Encoding.UTF8.GetBytes(texts[i], bytes.AsSpan(offsets[i]));
        return new RootColumn<byte>(RootColumnShape.OfTexts(name), texts.Count, [offsets], bytes);
    }

    private protected ReadOnlyMemory<int> OffsetsOf(int level) => _offsets[level];

    private ReadOnlySpan<int> TextOffsets => Shape.IsText ? Offsets(Shape.Levels - 1) : throw RootErrors.OtherValues(Shape, "text");
}

/// <summary>The column of a branch whose values are of type <typeparamref name="T"/>.</summary>
public sealed class RootColumn<T> : RootColumn where T : unmanaged
{
    private ReadOnlyMemory<T> _values;

    /// <summary>A column over these offsets (one array a level) and values, which are not copied.</summary>
    public RootColumn(RootColumnShape shape, int entries, ReadOnlyMemory<int>[] offsets, ReadOnlyMemory<T> values)
        : base(shape, entries, offsets)
    {
        if (offsets.Length != shape.Levels || shape.Type != ColumnTypes.Of<T>())
            throw new Defect($"'{shape.Name}' has {offsets.Length} levels of {typeof(T).Name}, not {shape.TypeName}");
        _values = values;
    }

    /// <summary>All values end to end.</summary>
    public ReadOnlySpan<T> Values => _values.Span;

    /// <inheritdoc/>
    public override int ValueCount => _values.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(_values.Span);

    /// <summary>The values of one entry of a fixed column, or of a list of the innermost level.</summary>
    public ReadOnlySpan<T> this[int list]
    {
        get
        {
            int each = Shape.FixedLength;
            if (Shape.Levels == 0) return _values.Span.Slice(list * each, each);
            ReadOnlySpan<int> offsets = Offsets(Shape.Levels - 1);
            return _values.Span[(offsets[list] * each)..(offsets[list + 1] * each)];
        }
    }

    // The column of the next batch, whose offsets already stand where this one's did.
    internal RootColumn<T> Refill(int entries, ReadOnlyMemory<T> values)
    {
        (Entries, _values) = (entries, values);
        return this;
    }

    /// <inheritdoc/>
    public override Column ToColumn(string table) => (Shape.Levels, Shape.FixedLength) switch
    {
        (0, 1) => new Column<T>(Name, _values),
        (0, _) => new JaggedColumn<T>(Name, table, Steps(Entries), _values),
        (1, 1) => new JaggedColumn<T>(Name, table, OffsetsOf(0), _values),
        (1, _) => new JaggedColumn<T>(Name, table, Scaled(Offsets(0)), _values),
        _ => throw RootErrors.TooDeep(Shape),
    };

    private int[] Steps(int entries)
    {
        var offsets = new int[entries + 1];
        for (int i = 1; i <= entries; i++) offsets[i] = i * Shape.FixedLength;
        return offsets;
    }

    private int[] Scaled(ReadOnlySpan<int> offsets)
    {
        var scaled = new int[offsets.Length];
        for (int i = 0; i < scaled.Length; i++) scaled[i] = offsets[i] * Shape.FixedLength;
        return scaled;
    }
}
