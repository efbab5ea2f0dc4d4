using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>How the entries of a written branch lie in its baskets.</summary>
internal enum BranchShape
{
    Scalar,
    Fixed,
    Counted,
    Vector,
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

    public LeafType Leaf => LeafType.Of(Type);

    public bool HasOffsets => Shape is BranchShape.Counted or BranchShape.Vector;

    /// <summary>Name with dimensions, as leaves are titled: <c>Tau_pt[nTau]</c>, <c>x[3]</c>.</summary>
    public string LeafTitle => Shape switch
    {
        BranchShape.Counted => $"{Name}[{CountName}]",
        BranchShape.Fixed => $"{Name}[{Length}]",
        _ => Name,
    };

    public string BranchTitle => Shape == BranchShape.Vector ? Name : $"{LeafTitle}/{Leaf.Letter}";

    /// <summary>The branches of a schema; the branch that counts a table stands before the first that it counts.</summary>
    public static List<BranchPlan> Of(Schema schema, TreeOptions options)
    {
        List<BranchPlan> plans = [];
        var counted = new HashSet<string>(StringComparer.Ordinal);
        Dictionary<string, string> tableOfCount = schema.Tables.Where(table => options.LayoutOf(table).Kind == TableKind.Counted).ToDictionary(CountOf, table => table, StringComparer.Ordinal);
        foreach (ColumnSpec column in schema.Columns)
        {
            if (column.Table is not { } table)
            {
                if (!tableOfCount.TryGetValue(column.Name, out string? counts)) plans.Add(new BranchPlan(column.Name, column.Type, BranchShape.Scalar));
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
