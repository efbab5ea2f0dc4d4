using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>What is asked of resampling.</summary>
/// <param name="Method">How rows are drawn.</param>
/// <param name="Target">The class whose spectrum all get.</param>
/// <param name="Fraction">Rows that come out for each that is drawn from; all rows are drawn from if <see langword="null"/>.</param>
/// <param name="Empty">What becomes of cells with a target in which a class has no row.</param>
public sealed record ResampleWish(ResamplingMethod Method, TauClass Target, double? Fraction, EmptyCells Empty)
{
    /// <summary>
    /// Parts that each cell is cut into along each variable before rows are drawn by <see cref="ResamplingMethod.Pdf"/>, with a spline
    /// through the ratios of the cells.
    /// </summary>
    public int Upscale { get; init; } = 1;
}

/// <summary>The rows of a class of a component: how many, and how many in each cell.</summary>
public sealed record ClassRows(TauClass Class, long Rows, IReadOnlyList<long> Cells);

/// <summary>Plans what is drawn of one component.</summary>
public static class ResamplePlan
{
    /// <summary>The class of a component as it is to be drawn.</summary>
    /// <param name="name">The component, for messages.</param>
    /// <param name="of">The class in the sample that is mixed.</param>
    /// <param name="shape">The same in the train rows, and the target's, that spectra are taken from.</param>
    /// <param name="wanted">Rows wanted; negative for all that there are.</param>
    /// <param name="wish">What is asked for.</param>
    /// <param name="cells">The cells, for messages.</param>
    /// <exception cref="Foundation.StepFailed">There are too few rows, or none in a cell that the target has.</exception>
    public static ResampleClass Of(
        string name, ClassRows of, (ClassRows Own, ClassRows Target) shape, long wanted, ResampleWish wish, CellBinning cells)
    {
        long rows = wanted < 0 ? of.Rows : wanted;
        bool isDrawn = wish.Method != ResamplingMethod.None && of.Class != wish.Target;
        if (!isDrawn) return rows <= of.Rows ? new(of.Class, of.Rows, rows, rows) : throw PhysicsErrors.TooFewRows(name, of, rows, rows);
        long used = wish.Fraction is { } fraction ? (long)Math.Ceiling(rows / fraction) : of.Rows;
        if (used > of.Rows || wish.Method == ResamplingMethod.CountUp && rows > used || used == 0 && rows > 0)
            throw PhysicsErrors.TooFewRows(name, of, Math.Max(used, rows), rows);
        double[] target = Shares(shape.Target), own = Shares(shape.Own);
        string[] lacking = [.. Enumerable.Range(0, own.Length).Where(cell => target[cell] > 0 && own[cell] == 0).Select(cells.NameOf)];
        if (lacking.Length > 0 && wish.Empty == EmptyCells.Fail) throw PhysicsErrors.TargetWithoutRows($"{name}, {of.Class.Name}", lacking);
        return new ResampleClass(of.Class, of.Rows, used, rows)
        {
            Method = wish.Method,
            ByCell = wish.Method == ResamplingMethod.CountUp
                ? target
                : new RefinedGrid(cells.Grid, wish.Upscale).Of([.. target.Zip(own, (wished, has) => has == 0 ? 0 : wished / has)]),
        };
    }

    private static double[] Shares(ClassRows rows)
    {
        double sum = rows.Cells.Sum();
        return [.. rows.Cells.Select(count => sum == 0 ? 0 : count / sum)];
    }
}
