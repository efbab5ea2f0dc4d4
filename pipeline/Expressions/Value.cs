using TauPipeline.Columns;

namespace TauPipeline.Expressions;

/// <summary>How many numbers a value has: one constant, one a row, or with offsets any number a row.</summary>
internal readonly record struct Shape(int[]? Offsets, bool IsConstant, int Rows)
{
    public static Shape Constant => new(null, true, 1);

    public int Count => IsConstant ? 1 : Offsets?[^1] ?? Rows;

    /// <summary>The shape in which these meet, element by element.</summary>
    public static Shape Of(ReadOnlySpan<Value> values, int rows)
    {
        bool constant = true;
        int[]? offsets = null;
        foreach (Value value in values)
        {
            constant &= value.Shape.IsConstant;
            offsets ??= value.Shape.Offsets;
        }
        return new Shape(offsets, constant, rows);
    }
}

/// <summary>
/// A value while an expression is worked out. Numbers are doubles with NaN for what is missing, but for whole numbers that double
/// may not hold (see <see cref="Whole"/>): those are <see cref="Wide"/>.
/// </summary>
/// <param name="Shape">How many numbers.</param>
/// <param name="Bound">No number is larger in size, and all are whole; infinite for real numbers.</param>
internal readonly record struct Value(Shape Shape, double Bound)
{
    private readonly ReadOnlyMemory<double> _numbers;

    public Value(ReadOnlyMemory<double> numbers, Shape shape, double bound) : this(shape, bound) => _numbers = numbers;

    /// <summary>Whole numbers of any size below <see cref="Whole.Largest"/>; kept as doubles if their bound allows it.</summary>
    public Value(Int128[] numbers, Shape shape, double bound) : this(shape, bound)
    {
        if (Whole.IsWide(bound)) Wide = numbers;
        else _numbers = Array.ConvertAll(numbers, Whole.ToDouble);
    }

    /// <summary>The numbers, if only Int128 holds them.</summary>
    public Int128[]? Wide { get; }

    public bool IsWhole => Bound < Whole.Largest;

    /// <summary>The numbers as doubles, rounded where they are wide.</summary>
    public ReadOnlyMemory<double> Doubles => Wide is null ? _numbers : Array.ConvertAll(Wide, Whole.ToDouble);

    /// <summary>The numbers of a whole value.</summary>
    public Int128[] Exact => Wide ?? Array.ConvertAll(_numbers.ToArray(), Whole.Of);

    public static Value Constant(double number, double bound = Whole.Real) => new(new[] { number }, Shape.Constant, bound);

    public static Value Constant(Int128 number) => new([number], Shape.Constant, (double)Int128.Abs(number));

    /// <summary>A constant with the other sign.</summary>
    public static Value Negative(Value constant) => constant.IsWhole ? Constant(-constant.Exact[0]) : Constant(-constant.Doubles.Span[0]);

    public static bool IsTrue(double number) => number != 0 && !double.IsNaN(number);

    public static Value Of(Column column, Scratch scratch) => new ColumnValue(column, scratch).Value;

    /// <summary>Whether there is a number of ours for each of that shape; if not, <see cref="Repeat"/> makes so many.</summary>
    public bool Fills(Shape shape) => Shape.IsConstant ? shape.IsConstant : shape.Offsets is null || Shape.Offsets is not null;

    /// <summary>These numbers of ours, repeated until they have <paramref name="shape"/>.</summary>
    public void Repeat<T>(ReadOnlySpan<T> numbers, Shape shape, Span<T> repeated)
    {
        if (Shape.IsConstant) repeated.Fill(numbers[0]);
        else
            for (int row = 0; row < shape.Rows; row++) repeated[shape.Offsets![row]..shape.Offsets[row + 1]].Fill(numbers[row]);
    }

    /// <summary>Our numbers as doubles, repeated until they have <paramref name="shape"/>.</summary>
    public ReadOnlyMemory<double> Along(Shape shape)
    {
        if (Fills(shape)) return Doubles;
        var repeated = new double[shape.Count];
        Repeat(Doubles.Span, shape, repeated);
        return repeated;
    }

    /// <summary>A column's numbers; those of 64 bits stay whole.</summary>
    private sealed class ColumnValue : IColumnVisitor
    {
        private readonly double _bound;
        private Shape _shape;
        private Int128[]? _wide;

        public ColumnValue(Column column, Scratch scratch)
        {
            _bound = BoundOf(column.Spec.Type);
            _shape = new Shape(null, false, column.Rows);
            column.Accept(this);
            if (_wide is not null)
            {
                Value = new Value(_wide, _shape, _bound);
                return;
            }
            Memory<double> doubles = scratch.Take(column.Count);
            column.ToDoubles(doubles.Span);
            Value = new Value(doubles, _shape, _bound);
        }

        public Value Value { get; }

        public void Visit<T>(Column<T> column) where T : unmanaged => _wide = Widened(column.Values);

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged
        {
            _shape = new Shape(column.Offsets.ToArray(), false, column.Rows);
            _wide = Widened(column.Values);
        }

        private static Int128[]? Widened<T>(ReadOnlySpan<T> values) where T : unmanaged
        {
            if (typeof(T) != typeof(long) && typeof(T) != typeof(ulong)) return null;
            var wide = new Int128[values.Length];
            for (int i = 0; i < wide.Length; i++)
                wide[i] =
                    Missing.Is(values[i]) ? Whole.Missing
                    : typeof(T) == typeof(long) ? (Int128)(long)(object)values[i]
                    : (Int128)(ulong)(object)values[i];
            return wide;
        }

        private static double BoundOf(ColumnType type) => type switch
        {
            ColumnType.Float32 or ColumnType.Float64 => Whole.Real,
            ColumnType.Bool => 1,
            _ => Math.ScaleB(1, 8 * ColumnTypes.Size(type)),
        };
    }
}
