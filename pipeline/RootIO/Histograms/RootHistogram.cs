namespace TauPipeline.RootIO;

/// <summary>
/// A histogram (TH1, TH2, TH3 of any value type, TProfile; spec section 5). Cells of all axes with under- and overflow stand end to end:
/// cell (x, y, z) has the index x + (bins of x + 2) (y + (bins of y + 2) z), where 0 is underflow.
/// </summary>
public sealed record RootHistogram
{
    /// <summary>The object's name.</summary>
    public required string Name { get; init; }

    /// <summary>The object's title.</summary>
    public required string Title { get; init; }

    /// <summary>ROOT's class, say <c>TH1F</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary>One to three axes.</summary>
    public required IReadOnlyList<HistogramAxis> Axes { get; init; }

    /// <summary>The content of each cell: sum of weights; of a profile the sum of weighted y.</summary>
    public required ReadOnlyMemory<double> Values { get; init; }

    /// <summary>Sum of squared weights of each cell; empty if it was not kept: it is then the content.</summary>
    public ReadOnlyMemory<double> SumOfSquares { get; init; }

    /// <summary>Number of fills; of one made by <see cref="Of"/> the sum of all cells.</summary>
    public required double Entries { get; init; }

    /// <summary>Sums over all fills inside the axes.</summary>
    public HistogramSums Sums { get; init; } = new();

    /// <summary>Of a profile: sum of weights of each cell, by which <see cref="Values"/> is divided for the mean; else empty.</summary>
    public ReadOnlyMemory<double> BinEntries { get; init; }

    /// <summary>Cells with under- and overflow: the product of bins + 2.</summary>
    public static long Cells(IEnumerable<HistogramAxis> axes) => axes.Aggregate(1L, (cells, axis) => cells * (axis.Bins + 2L));

    /// <summary>
    /// A histogram of one or two axes to be written (TH1D, TH2D); sums follow from bin centres, and the number of entries is the sum of all
    /// cells, since fills beyond an axis count too.
    /// </summary>
    /// <exception cref="Foundation.Misuse">Numbers of values and axes do not go together.</exception>
    public static RootHistogram Of(
        string name,
        string title,
        IReadOnlyList<HistogramAxis> axes,
        ReadOnlyMemory<double> values,
        ReadOnlyMemory<double> sumOfSquares = default)
    {
        if (axes.Count is 0 or > 2) throw HistogramErrors.CannotWrite(name, "one or two axes", $"{axes.Count}");
        if (Cells(axes) != values.Length)
            throw HistogramErrors.CannotWrite(name, $"{Cells(axes)} cells, with under- and overflow", $"{values.Length}");
        if (!sumOfSquares.IsEmpty && sumOfSquares.Length != values.Length)
            throw HistogramErrors.CannotWrite(name, $"{values.Length} sums of squares", $"{sumOfSquares.Length}");
        HistogramSums sums = HistogramSums.Of(axes, values.Span, sumOfSquares.IsEmpty ? values.Span : sumOfSquares.Span);
        double entries = 0;
        foreach (double value in values.Span) entries += value;
        return new RootHistogram
        {
            Name = name,
            Title = title,
            ClassName = axes.Count == 1 ? "TH1D" : "TH2D",
            Axes = axes,
            Values = values,
            SumOfSquares = sumOfSquares,
            Sums = sums,
            Entries = entries,
        };
    }

    private static readonly string[] AxisNames = ["fXaxis", "fYaxis", "fZaxis"];

    internal static bool Is(string className) =>
        className is "TProfile" or "TProfile2D" or "TProfile3D"
        || className.Length >= 4
            && className.StartsWith("TH", StringComparison.Ordinal)
            && className[2] is '1' or '2' or '3'
            && className[3..] is "C" or "S" or "I" or "L" or "F" or "D";

    internal static RootHistogram From(StreamedObject found)
    {
        Place place = found.Place;
        double[] buffer = found.ArrayOrNone("fBuffer");
        if (buffer.Length > 0 && buffer[0] != 0) throw HistogramErrors.Buffered(place, Math.Abs(buffer[0]));
        int dimensions =
            found.ClassName.Contains('3', StringComparison.Ordinal) ? 3
            : found.ClassName.Contains('2', StringComparison.Ordinal) ? 2
            : 1;
        HistogramAxis[] axes = [.. AxisNames.Take(dimensions).Select(name => AxisOf(found.Object(name)))];
        double[] values = found.Array(StreamedObject.ArrayMember),
            squares = found.ArrayOrNone("fSumw2"),
            binEntries = found.ArrayOrNone("fBinEntries");
        if (values.Length != Cells(axes)) throw RootErrors.Damaged(place, "a histogram", $"{Cells(axes)} cells", $"{values.Length}");
        if (squares.Length > 0 && squares.Length != values.Length)
            throw RootErrors.Damaged(place, "a histogram", $"{values.Length} sums of squares", $"{squares.Length}");
        return new RootHistogram
        {
            Name = found.Text("fName"),
            Title = found.Text("fTitle"),
            ClassName = found.ClassName,
            Axes = axes,
            Values = values,
            SumOfSquares = squares,
            Entries = found.Number("fEntries"),
            BinEntries = binEntries,
            Sums = new HistogramSums(found.Number("fTsumw"), found.Number("fTsumw2"), found.Number("fTsumwx"), found.Number("fTsumwx2"),
                found.NumberOrZero("fTsumwy"), found.NumberOrZero("fTsumwy2"), found.NumberOrZero("fTsumwxy")),
        };
    }

    private static HistogramAxis AxisOf(StreamedObject axis)
    {
        double[] edges = axis.Array("fXbins");
        int bins = (int)axis.Number("fNbins");
        if (bins < 1 || edges.Length > 0 && edges.Length != bins + 1)
            throw RootErrors.Damaged(axis.Place, "an axis", $"bins, and one more edge", $"{bins} bins, {edges.Length} edges");
        var found = edges.Length > 0 ? HistogramAxis.Between(edges) : new HistogramAxis(bins, axis.Number("fXmin"), axis.Number("fXmax"));
        return found with { Title = axis.Text("fTitle") };
    }
}
