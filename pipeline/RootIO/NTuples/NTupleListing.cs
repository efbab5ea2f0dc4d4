using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Finds the columns of an RNTuple: walks its fields down to what holds values.</summary>
internal sealed class NTupleListing
{
    // Each level may double the columns of a file that means harm; ROOT's own types nest a handful deep.
    private const int DeepestNesting = 64;
    private readonly NTupleSchema _schema;
    private readonly ILookup<int, NTupleFieldRecord> _children;
    private readonly ILookup<int, NTupleColumnRecord> _columns;
    private readonly List<(string Name, NTuplePlan Plan)> _found = [];

    private NTupleListing(NTupleSchema schema)
    {
        _schema = schema;
        _children = schema.Fields.Where(field => field.Parent != field.Id).ToLookup(field => field.Parent);
        _columns = schema.Columns.Select(column => (column.Field, Column: column))
            .Concat(schema.Aliases.Select(alias => (alias.Field, Column: schema.Columns[alias.Column])))
            .ToLookup(one => one.Field, one => one.Column);
    }

    public static List<(string Name, NTuplePlan Plan)> Of(NTupleSchema schema)
    {
        var listing = new NTupleListing(schema);
        foreach (NTupleFieldRecord field in schema.Fields)
            if (field.Parent == field.Id) listing.Walk(field, field.Name, new Way([], [], 1), 0);
        return listing._found;
    }

    /// <summary>What was passed on the way to a field: levels of offsets, arrays since the last collection, elements an entry.</summary>
    private sealed record Way(IReadOnlyList<NTupleLevel> Levels, IReadOnlyList<int> Arrays, long PerEntry)
    {
        // Elements that no entry could have: the product is only asked where a column is younger than the file.
        public Way Array(long length) =>
            this with
            {
                Arrays = [.. Arrays, (int)length],
                PerEntry = PerEntry > long.MaxValue / length ? 0 : PerEntry * length,
            };

        public Way Collection(ElementColumns ends) =>
            new([.. Levels, .. Arrays.Select(length => new NTupleLevel(null, length)), new NTupleLevel(ends, 0)], [], 0);
    }

    private void Walk(NTupleFieldRecord field, string name, Way way, int depth)
    {
        if (depth > DeepestNesting)
        {
            Unread(field, name, $"it is nested more than {DeepestNesting} deep");
            return;
        }
        NTupleFieldRecord[] children = [.. _children[field.Id]];
        ElementColumns[] columns = Columns(field, way);
        switch (field.Role)
        {
            case NTupleRole.Variant: Unread(field, name, "it is a variant: entries differ in type"); break;
            case NTupleRole.Streamed: Unread(field, name, "it is an object in ROOT's own serialisation"); break;
            case NTupleRole.Record:
                foreach (NTupleFieldRecord child in children) Walk(child, $"{name}.{child.Name}", way, depth + 1);
                break;
            case NTupleRole.Collection when columns.Length != 1 || !IsIndex(columns[0]):
                Unread(field, name, "its ends are not stored as a column of ends");
                break;
            case NTupleRole.Collection:
                Items(children, name, way.Collection(columns[0]), depth);
                break;
            default:
                if (children.Length > 0) Items(children, name, field.ArraySize > 0 ? way.Array(field.ArraySize) : way, depth);
                else
                    Leaf(
                        field,
                        name,
                        field.ArraySize > 0 ? (way.Array(field.ArraySize), Columns(field, way.Array(field.ArraySize))) : (way, columns));
                break;
        }
    }

    // The single child of a collection, array, enumeration or atomic is its item and needs no name of its own.
    private void Items(NTupleFieldRecord[] children, string name, Way way, int depth)
    {
        foreach (NTupleFieldRecord child in children)
            Walk(child, children.Length == 1 && child.Name == "_0" ? name : $"{name}.{child.Name}", way, depth + 1);
    }

    private void Leaf(NTupleFieldRecord field, string name, (Way Way, ElementColumns[] Columns) found)
    {
        (Way way, ElementColumns[] columns) = found;
        var plan = new NTuplePlan(NTupleLeafKind.Values, field.TypeName) { Levels = way.Levels, Shape = way.Arrays };
        if (columns.Length == 2 && IsIndex(columns[0]) && columns[1].Columns.All(column => column.Encoding == NTupleEncoding.Char))
            Add(
                name,
                plan with
                {
                    Kind = NTupleLeafKind.Text,
                    Type = ColumnType.UInt8,
                    Ends = columns[0],
                    Values = columns[1] with { PerEntry = 0 },
                    Levels = way.Collection(columns[0]).Levels.SkipLast(1).ToArray(),
                    Shape = [],
                });
        else if (columns.Length != 1) Unread(field, name, $"it has {columns.Length} columns of its own");
        else if (IsIndex(columns[0]) && field.TypeName.Contains("RNTupleCardinality", StringComparison.Ordinal))
            Add(
                name,
                plan with
                {
                    Kind = NTupleLeafKind.Sizes,
                    Type = field.TypeName.Contains("32", StringComparison.Ordinal) ? ColumnType.UInt32 : ColumnType.UInt64,
                    Ends = columns[0],
                });
        else if (NTupleTypes.Of(field.TypeName, columns[0].Columns) is not { } type)
            Unread(field, name, $"it is stored as {columns[0].Columns[0].Encoding}, which does not go with its type");
        else Add(name, plan with { Type = type, Values = columns[0] });
    }

    // The columns of each place in a representation: a text has two places, all others one.
    private ElementColumns[] Columns(NTupleFieldRecord field, Way way)
    {
        NTupleColumnRecord[][] representations =
        [
            .. _columns[field.Id].GroupBy(column => column.Representation).OrderBy(group => group.Key).Select(group => group.ToArray()),
        ];
        int places = representations.Length == 0 ? 0 : representations.Min(columns => columns.Length);
        return
        [
            .. Enumerable.Range(0, places)
                .Select(place => new ElementColumns([.. representations.Select(columns => columns[place])], way.PerEntry)),
        ];
    }

    private static bool IsIndex(ElementColumns columns) => columns.Columns.All(column => NTupleEncodings.IsIndex(column.Encoding));

    private void Add(string name, NTuplePlan plan) => _found.Add((name, plan));

    private void Unread(NTupleFieldRecord field, string name, string reason) =>
        Add(name, new NTuplePlan(NTupleLeafKind.Unread, field.TypeName) { Reason = reason });
}
