using TauPipeline.Columns;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Host;

/// <summary>HDF5: objects, attributes, then every dataset of numbers by columns, a column being a dataset or a field of one.</summary>
internal sealed class Hdf5Comparer : IContentComparer
{
    private const int BlockValues = 1 << 16;

    public string Format => "HDF5";

    public bool Knows(string file, ReadOnlySpan<byte> head) => new Hdf5Inspector().Knows(head);

    public Difference? First(string old, string @new)
    {
        using Hdf5File before = Hdf5File.Open(old), after = Hdf5File.Open(@new);
        IReadOnlyList<Hdf5Object> left = before.Inspect(), right = after.Inspect();
        return Objects(left, right)
            ?? left.Select(one => one.Type is null ? null : Data(before, after, one.Path)).FirstOrDefault(found => found is not null);
    }

    private static Difference? Objects(IReadOnlyList<Hdf5Object> left, IReadOnlyList<Hdf5Object> right)
    {
        Dictionary<string, Hdf5Object> before = left.ToDictionary(one => one.Path, StringComparer.Ordinal),
            after = right.ToDictionary(one => one.Path, StringComparer.Ordinal);
        foreach (string path in before.Keys.Union(after.Keys))
        {
            Hdf5Object? a = before.GetValueOrDefault(path), b = after.GetValueOrDefault(path);
            if (Described(a) != Described(b)) return new Difference(path, null, Described(a), Described(b));
            var values = b!.Attributes.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
            foreach ((string name, string value) in a!.Attributes)
                if (values.GetValueOrDefault(name) is var other && other != value)
                    return new Difference($"{path}@{name}", null, value, other ?? "not there");
            if (values.Keys.Except(a.Attributes.Select(one => one.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } extra)
                return new Difference($"{path}@{extra}", null, "not there", values[extra]);
        }
        return null;
    }

    private static string Described(Hdf5Object? one) =>
        one is null ? "not there"
        : one.Type is { } type ? $"{type.Name} [{string.Join(" x ", one.Shape)}]"
        : one.Kind;

    private static Difference? Data(Hdf5File before, Hdf5File after, string path)
    {
        using Hdf5Dataset left = before.Dataset(path), right = after.Dataset(path);
        string[] fields = [.. left.Type.Fields.Where(field => field.Type.Column is not null).Select(field => field.Name)];
        if (left.Type.Column is null && (fields.Length == 0 || !left.Type.IsPlain))
            return null; // texts and references: their bytes were compared
        long width = Math.Max(1, left.RowWidth);
        int block = (int)Math.Max(1, BlockValues / width);
        for (long row = 0; row < left.Rows; row += block)
        {
            int rows = (int)Math.Min(block, left.Rows - row);
            IReadOnlyList<Column> a = Columns(left, row, rows, fields), b = Columns(right, row, rows, fields);
            for (int i = 0; i < a.Count; i++)
            {
                ColumnRows x = new(a[i]), y = new(b[i]);
                if (x.FirstOtherThan(y) is { } at)
                    return new Difference(fields.Length == 0 ? path : $"{path}.{fields[i]}", row + at / width, x.TextOf(at), y.TextOf(at));
            }
        }
        return null;
    }

    private static IReadOnlyList<Column> Columns(Hdf5Dataset data, long first, int rows, string[] fields) =>
        fields.Length == 0 ? [data.ReadColumn(first, rows)] : data.ReadFields(first, rows, fields);
}
