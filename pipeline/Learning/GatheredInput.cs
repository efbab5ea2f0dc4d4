namespace TauPipeline.Learning;

/// <summary>One input of the rows that <see cref="RowsToLearn"/> gathers.</summary>
internal sealed class GatheredInput
{
    private readonly InputShape _shape;
    private readonly int[] _offsets;
    private float[] _values;
    private int[] _cells = [];
    private int _rows, _filled;

    public GatheredInput(InputShape shape, int rows)
    {
        _shape = shape;
        _offsets = shape.IsGrid ? new int[rows + 1] : [];
        _values = shape.IsGrid ? [] : new float[checked(rows * shape.Features)];
    }

    /// <summary>Adds some rows of another batch.</summary>
    public void Add(InputRows from, int first, int rows)
    {
        int features = _shape.Features;
        if (!_shape.IsGrid)
        {
            from.Values.AsSpan(first * features, rows * features).CopyTo(_values.AsSpan(_rows * features));
            _rows += rows;
            return;
        }
        int start = from.Offsets[first], cells = from.Offsets[first + rows] - start;
        if (_filled + cells > _cells.Length)
        {
            int room = Math.Max(_filled + cells, checked(2 * _cells.Length));
            Array.Resize(ref _cells, room);
            Array.Resize(ref _values, checked(room * features));
        }
        from.Cells.AsSpan(start, cells).CopyTo(_cells.AsSpan(_filled));
        from.Values.AsSpan(start * features, cells * features).CopyTo(_values.AsSpan(_filled * features));
        for (int row = 0; row < rows; row++) _offsets[++_rows] = _filled + from.Offsets[first + row + 1] - start;
        _filled += cells;
    }

    /// <summary>What was gathered; inputs with the same cells of the same grid share one list of them.</summary>
    public static IReadOnlyList<InputRows> Rows(IReadOnlyList<GatheredInput> inputs)
    {
        var rows = new List<InputRows>(inputs.Count);
        foreach (GatheredInput input in inputs)
        {
            InputRows own = input.Whole();
            InputRows? same = rows.Find(one =>
                one.Shape.IsGrid
                && own.Offsets.AsSpan().SequenceEqual(one.Offsets)
                && own.Cells.AsSpan().SequenceEqual(one.Cells));
            rows.Add(same is null ? own : own with { Offsets = same.Offsets, Cells = same.Cells });
        }
        return rows;
    }

    private InputRows Whole() => _shape.IsGrid
        ? new(_shape, _values[..(_filled * _shape.Features)]) { Offsets = _offsets, Cells = _cells[.._filled] }
        : new(_shape, _values);
}
