using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>How a file stores which working points a candidate passes.</summary>
public enum WorkingPointEncoding
{
    /// <summary>One bit for each working point (TauTuple, NanoAOD up to version 9).</summary>
    Bits,
    /// <summary>The number of working points passed, from the loosest (NanoAOD from version 10).</summary>
    Ordinal,
}

/// <summary>Decodes a stored working-point column.</summary>
/// <param name="Encoding">Mask or number.</param>
/// <param name="Order">What the column knows, loosest first: bit i or ordinal i + 1 stands for element i.</param>
public sealed record StoredWorkingPoints(WorkingPointEncoding Encoding, IReadOnlyList<WorkingPoint> Order)
{
    /// <summary>
    /// How such values must be stored, if they tell: a mask of nested points is 0, 1, 3, 7…, and an ordinal is at most
    /// <paramref name="points"/>. Values up to 1 mean the same either way. <see langword="null"/> if they do not tell, or contradict each
    /// other.
    /// </summary>
    public static WorkingPointEncoding? EncodingOf(IReadOnlyCollection<long> stored, int points)
    {
        bool noOrdinal = stored.Any(value => value > points), noMask = stored.Any(value => (value & (value + 1)) != 0);
        return (noOrdinal, noMask) switch
        {
            (true, false) => WorkingPointEncoding.Bits,
            (false, true) => WorkingPointEncoding.Ordinal,
            (false, false) when stored.All(value => value <= 1) => WorkingPointEncoding.Ordinal,
            _ => null,
        };
    }

    /// <summary>Whether a stored value passes a working point.</summary>
    /// <exception cref="Misuse">The column does not know that working point.</exception>
    public bool Passes(long stored, WorkingPoint point)
    {
        int index = Order.TakeWhile(known => known != point).Count();
        if (index == Order.Count)
            throw PhysicsErrors.UnknownName("working point", point.ToString(), Order.Select(known => known.ToString()));
        return Encoding == WorkingPointEncoding.Bits ? (stored >> index & 1) != 0 : stored > index;
    }
}
