using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>How the entries of a written branch lie in its baskets.</summary>
internal enum BranchShape
{
    Scalar,
    Fixed,
    Counted,
    Vector,
    NestedVector,
    Text,
}

/// <summary>One branch to be written: name, type, shape, and for counted arrays the name of the branch that counts.</summary>
internal sealed record BranchPlan(string Name, ColumnType Type, BranchShape Shape)
{
    public int Length { get; init; } = 1;
    public string CountName { get; init; } = "";

    /// <summary>The table whose rows this branch counts, if it does.</summary>
    public string? CountsTable { get; init; }

    /// <summary>Whether the counts are a column of the schema too, rather than only implied by offsets.</summary>
    public bool IsColumn { get; init; } = true;

    public LeafType Leaf => Shape == BranchShape.Text ? LeafType.Text : LeafType.Of(Type);

    /// <summary>The class of vectors that the branch holds, if it does.</summary>
    public VectorType? Vector => Shape switch
    {
        BranchShape.Vector => VectorType.Of(Leaf),
        BranchShape.NestedVector => VectorType.Of(Leaf).Nested,
        _ => null,
    };

    public bool HasOffsets => Shape is not (BranchShape.Scalar or BranchShape.Fixed);

    /// <summary>Whether the entries are a <see cref="RootColumn"/>, for which a batch has no column.</summary>
    public bool IsDeep => Shape is BranchShape.NestedVector or BranchShape.Text;

    /// <summary>Name with dimensions, as leaves are titled: <c>Tau_pt[nTau]</c>, <c>x[3]</c>.</summary>
    public string LeafTitle => Shape switch
    {
        BranchShape.Counted => $"{Name}[{CountName}]",
        BranchShape.Fixed => $"{Name}[{Length}]",
        _ => Name,
    };

    public string BranchTitle => Vector is null ? $"{LeafTitle}/{Leaf.Letter}" : Name;

    /// <summary>The branch of one text an entry, or of one vector of vectors.</summary>
    /// <exception cref="Foundation.Misuse">The column is something else.</exception>
    public static BranchPlan Of(RootColumnShape shape) => new(shape.Name, shape.Type, (shape.IsText, shape.Levels, shape.FixedLength) switch
    {
        (true, 1, 1) => BranchShape.Text,
        (false, 2, 1) => BranchShape.NestedVector,
        _ => throw RootErrors.CannotWrite(shape),
    });

    /// <summary>The branches of a schema; the branch that counts a table stands before the first that it counts.</summary>
    public static List<BranchPlan> Of(Schema schema, TreeOptions options)
    {
        List<BranchPlan> plans = [];
        var counted = new HashSet<string>(StringComparer.Ordinal);
        Dictionary<string, string> tableOfCount = schema.Tables.Where(table => options.LayoutOf(table).Kind == TableKind.Counted)
            .ToDictionary(CountOf, table => table, StringComparer.Ordinal);
        foreach (ColumnSpec column in schema.Columns)
        {
            if (column.Table is not { } table)
            {
                if (!tableOfCount.TryGetValue(column.Name, out string? counts))
                    plans.Add(new BranchPlan(column.Name, column.Type, BranchShape.Scalar));
                else if (counted.Add(counts)) plans.Add(Count(counts, schema));
                continue;
            }
            TableLayout layout = options.LayoutOf(table);
            if (layout.Kind == TableKind.Counted && counted.Add(table)) plans.Add(Count(table, schema));
            plans.Add(layout.Kind switch
            {
                TableKind.Counted => new BranchPlan(column.Name, column.Type, BranchShape.Counted) { CountName = CountOf(table) },
                TableKind.Vectors => new BranchPlan(column.Name, column.Type, BranchShape.Vector),
                _ when layout.Length > 0 => new BranchPlan(column.Name, column.Type, BranchShape.Fixed) { Length = layout.Length },
                _ => throw RootErrors.CannotWrite(column, $"its table has arrays of {layout.Length} values"),
            });
        }
        return plans;
    }

    private static string CountOf(string table) => "n" + table;

    private static BranchPlan Count(string table, Schema schema)
    {
        string name = CountOf(table);
        ColumnSpec? own = schema.Find(name);
        if (own is not null && (own.IsJagged || own.Type is not (ColumnType.Int32 or ColumnType.UInt32)))
            throw RootErrors.CannotWrite(own, $"a branch of that name counts '{table}', so it must be int32 or uint32");
        return new BranchPlan(name, own?.Type ?? ColumnType.Int32, BranchShape.Scalar) { CountsTable = table, IsColumn = own is not null };
    }
}
