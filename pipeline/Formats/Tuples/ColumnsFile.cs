using TauPipeline.BuildGraph;
using TauPipeline.Columns;

namespace TauPipeline.Formats;

/// <summary>The columns that all shards of a campaign have, each of one type.</summary>
public sealed record ColumnsFile(IReadOnlyList<ColumnEntry> Columns) : IProduct<ColumnsFile>
{
    /// <summary>The file of a schema.</summary>
    public static ColumnsFile Of(Schema schema) =>
        new([.. schema.Columns.Select(column => new ColumnEntry(column.Name, ColumnTypes.Name(column.Type), column.Table))]);

    /// <summary>The schema.</summary>
    public Schema Schema() => new(Columns.Select(column => new ColumnSpec(column.Name, ColumnTypes.Parse(column.Type), column.Table)));

    /// <inheritdoc/>
    public static ColumnsFile Read(ProductInput from) => Json.Read<ColumnsFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, ColumnsFile value) => Json.Write(to, value);
}

/// <summary>A column: its name, type (<c>float32</c>), and table of constituents, or <see langword="null"/>.</summary>
public sealed record ColumnEntry(string Name, string Type, string? Table);
