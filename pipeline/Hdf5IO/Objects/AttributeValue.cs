using System.Text;
using PureHDF;
using TauPipeline.Columns;

namespace TauPipeline.Hdf5IO;

/// <summary>The values of an attribute: strings in any form, numbers of any type.</summary>
internal static class AttributeValue
{
    // An attribute is a note, not a dataset: 64 KiB is HDF5's own limit for those in an object header.
    private const int MostValues = 1 << 20;

    /// <summary>Strings, of fixed or variable length.</summary>
    public static IReadOnlyList<string> Texts(IH5Attribute attribute, Hdf5Place at)
    {
        Hdf5Type type = Hdf5TypeReader.Of(attribute.Type, at);
        if (type.Name != "string") throw Hdf5Errors.OtherType(at, "strings", type.Name);
        int count = Count(attribute, at);
        if (count == 0) return [];
        if (!type.IsPlain) return [.. attribute.Read<string?[]>().Select(text => text?.TrimEnd('\0') ?? "")];
        byte[] bytes = Unstated.Bytes(attribute).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetString(bytes, i * type.Size, type.Size).TrimEnd('\0'))];
    }

    /// <summary>Numbers.</summary>
    public static IReadOnlyList<double> Numbers(IH5Attribute attribute, Hdf5Place at)
    {
        Hdf5Type type = Hdf5TypeReader.Of(attribute.Type, at);
        if (type.Column is null) throw Hdf5Errors.OtherType(at, "numbers", type.Name);
        // Somebody wrote each of these numbers: none of them stands for "missing", as the lowest whole number of a column does.
        return RecordColumns.Of(
            Unstated.Bytes(attribute)[..(Count(attribute, at) * type.Size)],
            type.Size,
            new Hdf5Field("value", 0, type),
            at) switch
        {
            Column<long> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            Column<int> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            Column<short> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            Column<sbyte> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            var others => others.ToDoubles(),
        };
    }

    /// <summary>What a listing shows of values that are no numbers: the name of their type.</summary>
    public static string? OtherThanNumbers(IH5Attribute attribute, Hdf5Place at) =>
        Hdf5TypeReader.Of(attribute.Type, at) is { Column: null } type ? type.Name : null;

    private static int Count(IH5Attribute attribute, Hdf5Place at)
    {
        if (attribute.Space.Type == H5DataspaceType.Null) return 0;
        double count = attribute.Space.Dimensions.Aggregate(1.0, (product, length) => product * length);
        return count <= MostValues ? (int)count : throw Hdf5Errors.TooLarge(at, $"{count} values", -1);
    }
}
