using TauPipeline.Hdf5IO;

namespace TauPipeline.Host;

/// <summary>Looks into HDF5 files: every group and data set; the fields of a compound are its columns.</summary>
internal sealed class Hdf5Inspector : IFileInspector
{
    private const int FirstRows = 3;

    public bool Knows(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n']);

    public long? Entries(string file)
    {
        using var hdf5 = Hdf5File.Open(file);
        long[] rows = [.. hdf5.Inspect().Where(found => found.Shape.Count > 0).Select(found => found.Shape[0])];
        return rows.Length == 0 ? null : rows.Max();
    }

    public IEnumerable<InspectedObject> Look(InspectRequest request)
    {
        using var hdf5 = Hdf5File.Open(request.File);
        foreach (Hdf5Object found in hdf5.Inspect(request.Object ?? "/"))
        {
            bool isNamed = request.Wants(found.Path[(found.Path.LastIndexOf('/') + 1)..]);
            if (found.Type is { } type && type.Fields.Count == 0 && !isNamed) continue;
            yield return new InspectedObject(found.Path, KindOf(hdf5, found, request.Values),
                [.. found.Attributes.Select(one => new InspectedColumn($"@{one.Name}", "attribute", one.Value)), .. Fields(found, request)]
            );
        }
    }

    public IEnumerable<string>? Digests(InspectRequest request) => null;

    private static IEnumerable<InspectedColumn> Fields(Hdf5Object found, InspectRequest request) =>
        (found.Type?.Fields ?? [])
            .Where(field => request.Wants(field.Name))
            .Select(field => new InspectedColumn(field.Name, field.Type.Name));

    private static string KindOf(Hdf5File file, Hdf5Object found, bool withValues)
    {
        if (found.Type is not { } type) return found.Kind;
        string filters = found.Filters.Count == 0 ? "" : $", {string.Join(" + ", found.Filters.Select(filter => filter.Name))}";
        string values = withValues && found.Shape.Count > 0 ? $": {string.Join(", ", First(file, found.Path, type.Name))}" : "";
        return $"{(type.Fields.Count > 0 ? "compound" : type.Name)} [{string.Join(" x ", found.Shape)}]{filters}{values}";
    }

    private static string[] First(Hdf5File file, string path, string type)
    {
        using Hdf5Dataset data = file.Dataset(path);
        return type switch
        {
            "float32" => Texts<float>(data),
            "float64" => Texts<double>(data),
            "int8" => Texts<sbyte>(data),
            "int16" => Texts<short>(data),
            "int32" => Texts<int>(data),
            "int64" => Texts<long>(data),
            "uint8" => Texts<byte>(data),
            "uint16" => Texts<ushort>(data),
            "uint32" => Texts<uint>(data),
            "uint64" => Texts<ulong>(data),
            _ => [],
        };
    }

    private static string[] Texts<T>(Hdf5Dataset data) where T : unmanaged, IFormattable =>
        [
            .. data.Read<T>(0, (int)Math.Min(FirstRows, data.Rows))
                .Select(value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)),
        ];
}
