using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>Where everything stands in a tuple shard; the page of this is README.md.</summary>
internal static class ShardLayout
{
    public const string Format = "TauPipeline tuple shard";
    public const int Version = 1;

    /// <summary>The group of all flat columns.</summary>
    public const string Taus = "/taus";

    public const string FormatAttribute = "format", VersionAttribute = "format_version", RowsAttribute = "rows",
        NamesAttribute = "columns", TypesAttribute = "column_types", PathsAttribute = "column_paths";

    /// <summary>
    /// Values in a chunk: some 64 KiB for candidates, 128 KiB for constituents, so that a chunk and its packed form stay in the cache.
    /// </summary>
    public const int ChunkRows = 16384, ChunkConstituents = 32768;

    /// <summary>Chunks are stored only where this many rows end, so that a file does not depend on how its rows came in.</summary>
    public const int FlushRows = 1024;

    /// <summary>Attributes that are the layout's own.</summary>
    public static IReadOnlyList<string> Reserved { get; } =
    [FormatAttribute, VersionAttribute, RowsAttribute, NamesAttribute, TypesAttribute, PathsAttribute];

    public static string Group(ColumnSpec column) => column.Table is null ? Taus : "/" + column.Table;

    public static string Offsets(string table) => $"/{table}/offsets";

    /// <summary>
    /// The dataset of each column: <c>tau_pt</c> at <c>/taus/tau_pt</c>, <c>pfCand_pt</c> of table <c>pfCand</c> at <c>/pfCand/pt</c>.
    /// </summary>
    public static IReadOnlyList<string> Paths(Schema schema)
    {
        var taken = new HashSet<string>(schema.Tables.Select(Offsets), StringComparer.Ordinal);
        return [.. schema.Columns.Select(column => Path(column, taken))];
    }

    /// <summary>The identity of the attributes alone: a further column must not change it.</summary>
    public static ContentHash AttributesHash(IReadOnlyDictionary<string, string> attributes) =>
        new SettingsUsed(attributes.Append(new($"@{VersionAttribute}", $"{Version}"))).Hash();

    private static string Path(ColumnSpec column, HashSet<string> taken)
    {
        string prefix = column.Table + "_";
        string name = column.Name.Replace('/', '_'), group = Group(column);
        string[] choices = column.IsJagged && name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length
            ? [$"{group}/{name[prefix.Length..]}", $"{group}/{name}"]
            : [$"{group}/{name}"];
        return choices.FirstOrDefault(taken.Add)
            ?? throw new Defect($"two columns of a shard would stand at {choices[0]}; one is '{column.Name}'");
    }
}
