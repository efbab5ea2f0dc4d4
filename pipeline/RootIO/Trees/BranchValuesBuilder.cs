using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Collects a <see cref="BranchValues"/> batch by batch.</summary>
internal sealed class BranchValuesBuilder(RootBranch branch) : IColumnVisitor, IDisposable
{
    private const int Ends = 3;

    private readonly IncrementalHash _values = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _offsets = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<string> _first = [];
    private readonly List<string> _last = [];
    private bool HasOffsets => branch.IsJagged || branch.IsText;
    private long _count, _nonFinite, _offsetsCount, _end;
    private double _sum, _carry;

    public void Visit<T>(Column<T> column) where T : unmanaged => Add(column.Values, column);

    public void Visit<T>(JaggedColumn<T> column) where T : unmanaged
    {
        if (HasOffsets) AddOffsets(column.Offsets);
        if (branch.IsText) AddTexts(column);
        else Add(column.Values, column);
    }

    public BranchValues Finish()
    {
        if (HasOffsets && _offsetsCount == 0) AddOffsets([0]);
        return new BranchValues(
            branch.IsText ? "string" : branch.IsJagged ? "jagged1" : "fixed", branch.IsText ? "utf8" : ShortName(branch.ColumnSpec!.Type),
            _count, _nonFinite, _sum + _carry, _first, _last, Convert.ToHexStringLower(_values.GetHashAndReset()),
            HasOffsets ? Convert.ToHexStringLower(_offsets.GetHashAndReset()) : null, _offsetsCount);
    }

    public void Dispose()
    {
        _values.Dispose();
        _offsets.Dispose();
    }

    private void Add<T>(ReadOnlySpan<T> values, Column column) where T : unmanaged
    {
        _values.AppendData(column.Bytes);
        _count += values.Length;
        foreach (double value in column.ToDoubles())
        {
            if (double.IsFinite(value)) AddToSum(value);
            else _nonFinite++;
        }
        for (int i = 0; i < values.Length && _first.Count < Ends; i++) _first.Add(Text(values[i]));
        foreach (T value in values[^Math.Min(Ends, values.Length)..]) AddLast(Text(value));
    }

    private void AddTexts<T>(JaggedColumn<T> column) where T : unmanaged
    {
        _values.AppendData(column.Bytes);
        _count += column.Rows;
        string TextOf(int row) => RootText.Decode(MemoryMarshal.AsBytes(column[row]));
        for (int row = 0; row < column.Rows && _first.Count < Ends; row++) _first.Add(TextOf(row));
        for (int row = Math.Max(0, column.Rows - Ends); row < column.Rows; row++) AddLast(TextOf(row));
    }

    private void AddOffsets(ReadOnlySpan<int> offsets)
    {
        // The first 0 stands once, before the first batch. An element of x[n][2] is two values.
        ReadOnlySpan<int> added = _offsetsCount == 0 ? offsets : offsets[1..];
        var absolute = new long[added.Length];
        for (int i = 0; i < added.Length; i++) absolute[i] = (_end + added[i]) / branch.FixedLength;
        _offsets.AppendData(MemoryMarshal.AsBytes<long>(absolute));
        _offsetsCount += added.Length;
        _end += offsets[^1];
    }

    // Neumaier's sum: the order of the file, with what rounding lost kept aside.
    private void AddToSum(double value)
    {
        double sum = _sum + value;
        _carry += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }

    private void AddLast(string text)
    {
        if (_last.Count == Ends) _last.RemoveAt(0);
        _last.Add(text);
    }

    private static string Text<T>(T value) where T : unmanaged => value switch
    {
        bool flag => flag ? "true" : "false",
        float number => Text((double)number),
        double number when !double.IsFinite(number) => double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    private static string ShortName(ColumnType type)
    {
        string name = ColumnTypes.Name(type);
        if (type == ColumnType.Bool) return name;
        string letter = name[..1];
        return letter + name[name.AsSpan().IndexOfAnyInRange('0', '9')..];
    }
}
