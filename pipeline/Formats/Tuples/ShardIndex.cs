using TauPipeline.Columns;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>What the root of a shard says: its rows, its columns and where they stand, and the writer's attributes.</summary>
internal sealed record ShardIndex(
    long Rows,
    Schema Schema,
    IReadOnlyDictionary<string, string> Paths,
    IReadOnlyDictionary<string, string> Attributes)
{
    public static ShardIndex Read(Hdf5File file)
    {
        Hdf5Attributes root = file.Attributes();
        if (!root.Contains(ShardLayout.FormatAttribute)) throw FormatErrors.NotA(file.Path, "tuple shard", "an HDF5 file of another kind");
        if (root.Text(ShardLayout.FormatAttribute) is var format and not ShardLayout.Format)
            throw FormatErrors.NotA(file.Path, "tuple shard", format);
        if (root.Integer(ShardLayout.VersionAttribute) is var version and not ShardLayout.Version)
            throw FormatErrors.NotA(file.Path, $"tuple shard of version {ShardLayout.Version}", $"version {version}");
        // Rows are written last.
        if (!root.Contains(ShardLayout.RowsAttribute))
            throw FormatErrors.Damaged(file.Path, "its writer did not finish", $"no attribute '{ShardLayout.RowsAttribute}'");

        IReadOnlyList<string> names = root.Texts(ShardLayout.NamesAttribute),
            types = root.Texts(ShardLayout.TypesAttribute),
            paths = root.Texts(ShardLayout.PathsAttribute);
        if (types.Count != names.Count || paths.Count != names.Count)
            throw FormatErrors.Damaged(
                file.Path,
                "its lists of columns differ in length",
                $"{names.Count} names, {types.Count} types, {paths.Count} paths");
        var schema = new Schema(names.Select((name, i) => Spec(file.Path, name, types[i], paths[i])));
        return new ShardIndex(root.Integer(ShardLayout.RowsAttribute), schema,
            names.Zip(paths).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            new SortedDictionary<string, string>(
                root.Names.Except(ShardLayout.Reserved).ToDictionary(name => name, root.Text),
                StringComparer.Ordinal));
    }

    private static ColumnSpec Spec(string file, string name, string type, string path)
    {
        bool isJagged = type.EndsWith("[]", StringComparison.Ordinal);
        string[] parts = path.Split('/');
        foreach (ColumnType known in Enum.GetValues<ColumnType>())
            if (ColumnTypes.Name(known) == (isJagged ? type[..^2] : type) && parts is ["", var group, _])
                return new ColumnSpec(name, known, isJagged ? group : null);
        throw FormatErrors.Damaged(file, $"column '{name}' is unknown", $"{type} at {path}");
    }
}
