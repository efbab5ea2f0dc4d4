using TauPipeline.Columns;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>A value about to be written as an attribute: its type, its shape, its bytes, and memory to free afterwards.</summary>
internal sealed class AttributeValue(Hdf5Id type, Hdf5Id space, byte[] bytes, Action? free = null) : IDisposable
{
    // An attribute is a note, not a dataset: 64 KiB is HDF5's own limit for those in an object header.
    private const long MostValues = 1 << 20;

    public Hdf5Id Type => type;

    public Hdf5Id Space => space;

    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>A single number.</summary>
    public static AttributeValue Of(ColumnType number, ReadOnlySpan<byte> value)
    {
        using var gate = Hdf5Library.Enter();
        return new AttributeValue(new Hdf5Id(H5.H5Tcopy(Hdf5Library.Current.Native(number))), new Hdf5Id(H5.H5Screate(0)), value.ToArray());
    }

    /// <summary>How many values an open attribute has.</summary>
    public static int Count(Hdf5Id attribute, Hdf5Place at)
    {
        using Hdf5Id space = at.Own(H5.H5Aget_space(attribute));
        long count = at.Check(H5.H5Sget_simple_extent_npoints(space));
        return count <= MostValues ? (int)count : throw Hdf5Errors.TooLarge(at, $"{count} values", -1);
    }

    /// <summary>The numbers of an open attribute.</summary>
    public static IReadOnlyList<double> Read(Hdf5Id attribute, Hdf5Type type, Hdf5Place at)
    {
        if (type.Column is null) throw Hdf5Errors.OtherType(at, "numbers", type.Name);
        using Hdf5Id fileType = at.Own(H5.H5Aget_type(attribute));
        var bytes = new byte[Count(attribute, at) * type.Size];
        if (bytes.Length > 0) at.Check(H5.H5Aread(attribute, fileType, bytes));
        // Somebody wrote each of these numbers: none of them stands for "missing", as the lowest whole number of a column does.
        return RecordColumns.Of(bytes, type.Size, new Hdf5Field("value", 0, type), at) switch
        {
            Column<long> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            Column<int> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            Column<short> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            Column<sbyte> whole => Array.ConvertAll(whole.Values.ToArray(), value => (double)value),
            var others => others.ToDoubles(),
        };
    }

    public void Dispose()
    {
        free?.Invoke();
        type.Dispose();
        space.Dispose();
    }
}
