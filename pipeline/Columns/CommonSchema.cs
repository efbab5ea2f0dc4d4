using TauPipeline.Foundation;

namespace TauPipeline.Columns;

/// <summary>
/// The columns of several sources under one schema: of each column the narrowest type that holds every source's values, and can say
/// <see cref="Missing"/> where a source lacks it. Columns stand in the order in which sources bring them.
/// </summary>
public sealed class CommonSchema
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, Found> _found = new(StringComparer.Ordinal);
    private int _sources;

    /// <summary>Takes in the columns of a source.</summary>
    /// <exception cref="StepFailed">A column is a list here and a number there, or lists of different tables: names both sources and
    /// types.</exception>
    public void Add(string source, IEnumerable<ColumnSpec> columns)
    {
        _sources++;
        foreach (ColumnSpec column in columns)
        {
            if (!_found.TryGetValue(column.Name, out Found? known))
            {
                _order.Add(column.Name);
                _found[column.Name] = new Found(column, source, column, 1);
            }
            else if (known.Common.Table == column.Table)
                _found[column.Name] = known with
                {
                    Common = column with { Type = Of(known.Common.Type, column.Type) },
                    Sources = known.Sources + 1,
                };
            else throw ColumnErrors.NothingInCommon(column.Name, (known.Source, known.First), (source, column));
        }
    }

    /// <summary>The columns so far.</summary>
    public Schema Build() => new(_order.Select(name => _found[name]).Select(found =>
        found.Sources == _sources ? found.Common : found.Common with { Type = Missing.Widened(found.Common.Type) }));

    /// <summary>
    /// The narrowest type that holds the values of both: truth values are 0 and 1; of whole numbers with and without a sign one with sign
    /// and
    /// room for both (int64 beside uint64, of which it holds half); of a whole number and a float the float that holds both exactly, up
    /// to float64.
    /// </summary>
    public static ColumnType Of(ColumnType one, ColumnType other)
    {
        if (one == other) return one;
        if (one == ColumnType.Bool) return other;
        if (other == ColumnType.Bool) return one;
        if (ColumnCast.IsFloat(one) || ColumnCast.IsFloat(other))
        {
            // float32 has 24 bits of precision: room for 16, not for 32.
            bool isNarrow = IsNarrow(one) && IsNarrow(other);
            return isNarrow ? ColumnType.Float32 : ColumnType.Float64;
        }
        if (IsSigned(one) == IsSigned(other)) return ColumnTypes.Size(one) > ColumnTypes.Size(other) ? one : other;
        ColumnType signed = IsSigned(one) ? one : other, wider = Missing.Widened(IsSigned(one) ? other : one);
        return ColumnTypes.Size(signed) > ColumnTypes.Size(wider) ? signed : wider;
    }

    private static bool IsNarrow(ColumnType type) => type == ColumnType.Float32 || !ColumnCast.IsFloat(type) && ColumnTypes.Size(type) <= 2;

    private static bool IsSigned(ColumnType type) => type is ColumnType.Int8 or ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64;

    private sealed record Found(ColumnSpec First, string Source, ColumnSpec Common, int Sources);
}
