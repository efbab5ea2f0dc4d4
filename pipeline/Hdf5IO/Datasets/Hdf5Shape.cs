using System.Text;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>Reads shape, chunk and filters from HDF5's own descriptions.</summary>
internal static class Hdf5Shape
{
    private const int Chunked = 2;

    public static IReadOnlyList<long> Of(Hdf5Id space, Hdf5Place at)
    {
        int rank = (int)at.Check(H5.H5Sget_simple_extent_ndims(space));
        ulong[] shape = new ulong[rank], most = new ulong[rank];
        if (rank > 0) at.Check(H5.H5Sget_simple_extent_dims(space, shape, most));
        return Lengths(shape, at);
    }

    public static IReadOnlyList<long> OfChunk(Hdf5Id list, int rank, Hdf5Place at)
    {
        if (at.Check(H5.H5Pget_layout(list)) != Chunked) return [];
        var chunk = new ulong[rank];
        at.Check(H5.H5Pget_chunk(list, rank, chunk));
        return Lengths(chunk, at);
    }

    public static IReadOnlyList<Hdf5Filter> FiltersOf(Hdf5Id list, Hdf5Place at)
    {
        var filters = new Hdf5Filter[at.Check(H5.H5Pget_nfilters(list))];
        Span<uint> values = stackalloc uint[32];
        Span<byte> name = stackalloc byte[64];
        for (uint i = 0; i < filters.Length; i++)
        {
            nint count = values.Length;
            int id = (int)at.Check(H5.H5Pget_filter2(list, i, out _, ref count, values, name.Length, name, out _));
            int end = name.IndexOf((byte)0);
            filters[i] = new Hdf5Filter(id, Encoding.UTF8.GetString(name[..(end < 0 ? name.Length : end)]), values[..(int)Math.Min(count, values.Length)].ToArray());
        }
        return filters;
    }

    private static long[] Lengths(ulong[] lengths, Hdf5Place at) =>
        [.. lengths.Select(length => length <= long.MaxValue ? (long)length : throw Hdf5Errors.TooLarge(at, "an axis", -1))];
}
