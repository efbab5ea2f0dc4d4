using System.Runtime.InteropServices;

namespace TauPipeline.Hdf5IO.Native;

/// <summary>The functions of libhdf5's C interface that we call, under their own names. <c>hid_t</c> is 64 bits wide since 1.10.</summary>
internal static unsafe partial class H5
{
    public const string Library = "hdf5";
    public const uint Truncate = 2, ReadOnly = 0;
    public const int ErrorDownward = 1, AllObjects = 0x1f;
    public const ulong Unlimited = ulong.MaxValue;
    public static readonly nint Variable = -1;

    [LibraryImport(Library)] public static partial int H5dont_atexit();
    [LibraryImport(Library)] public static partial int H5open();
    [LibraryImport(Library)] public static partial int H5get_libversion(out uint major, out uint minor, out uint release);
    [LibraryImport(Library)] public static partial int H5free_memory(nint memory);

    [LibraryImport(Library)] public static partial int H5Eset_auto2(long stack, nint function, nint data);
    [LibraryImport(Library)] public static partial int H5Ewalk2(long stack, int direction, delegate* unmanaged<uint, NativeError*, void*, int> function, nint data);
    [LibraryImport(Library)] public static partial int H5Eclear2(long stack);

    [LibraryImport(Library)] public static partial int H5Idec_ref(nint id);
    [LibraryImport(Library)] public static partial int H5Iget_type(Hdf5Id id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial long H5Fcreate(string path, uint flags, long creation, Hdf5Id access);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial long H5Fopen(string path, uint flags, Hdf5Id access);
    [LibraryImport(Library)] public static partial int H5Fflush(Hdf5Id file, int scope);
    [LibraryImport(Library)] public static partial nint H5Fget_obj_count(long file, uint types);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial long H5Gcreate2(Hdf5Id at, string path, long linkCreation, Hdf5Id creation, long access);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial long H5Oopen(Hdf5Id at, string path, long access);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int H5Lexists(Hdf5Id at, string path, long access);
    [LibraryImport(Library)] public static partial int H5Gget_info(Hdf5Id group, out GroupInfo info);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Lget_name_by_idx(Hdf5Id at, string group, int index, int order, ulong n, Span<byte> name, nint size, long access);

    [LibraryImport(Library)] public static partial long H5Pcreate(long listClass);
    [LibraryImport(Library)] public static partial int H5Pset_obj_track_times(Hdf5Id list, [MarshalAs(UnmanagedType.U1)] bool track);
    [LibraryImport(Library)]
    public static partial int H5Pset_file_locking(Hdf5Id list, [MarshalAs(UnmanagedType.U1)] bool use, [MarshalAs(UnmanagedType.U1)] bool ignoreWhenDisabled);
    [LibraryImport(Library)] public static partial int H5Zfilter_avail(int filter);
    [LibraryImport(Library)] public static partial int H5Pset_chunk(Hdf5Id list, int rank, ReadOnlySpan<ulong> shape);
    [LibraryImport(Library)] public static partial int H5Pset_shuffle(Hdf5Id list);
    [LibraryImport(Library)] public static partial int H5Pset_deflate(Hdf5Id list, uint level);
    [LibraryImport(Library)] public static partial int H5Pget_layout(Hdf5Id list);
    [LibraryImport(Library)] public static partial int H5Pget_chunk(Hdf5Id list, int rank, Span<ulong> shape);
    [LibraryImport(Library)] public static partial int H5Pget_nfilters(Hdf5Id list);
    [LibraryImport(Library)]
    public static partial int H5Pget_filter2(Hdf5Id list, uint index, out uint flags, ref nint count, Span<uint> values, nint nameSize, Span<byte> name, out uint config);

    [LibraryImport(Library)] public static partial long H5Screate(int kind);
    [LibraryImport(Library)] public static partial long H5Screate_simple(int rank, ReadOnlySpan<ulong> shape, ReadOnlySpan<ulong> most);
    [LibraryImport(Library)] public static partial int H5Sget_simple_extent_ndims(Hdf5Id space);
    [LibraryImport(Library)] public static partial int H5Sget_simple_extent_dims(Hdf5Id space, Span<ulong> shape, Span<ulong> most);
    [LibraryImport(Library)] public static partial int H5Sget_simple_extent_type(Hdf5Id space);
    [LibraryImport(Library)] public static partial long H5Sget_simple_extent_npoints(Hdf5Id space);
    [LibraryImport(Library)]
    public static partial int H5Sselect_hyperslab(Hdf5Id space, int operation, ReadOnlySpan<ulong> start, nint stride, ReadOnlySpan<ulong> count, nint block);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Dcreate2(Hdf5Id at, string path, long type, Hdf5Id space, long linkCreation, Hdf5Id creation, long access);
    [LibraryImport(Library)] public static partial long H5Dget_space(Hdf5Id dataset);
    [LibraryImport(Library)] public static partial long H5Dget_type(Hdf5Id dataset);
    [LibraryImport(Library)] public static partial long H5Dget_create_plist(Hdf5Id dataset);
    [LibraryImport(Library)] public static partial int H5Dset_extent(Hdf5Id dataset, ReadOnlySpan<ulong> shape);
    [LibraryImport(Library)] public static partial int H5Dread(Hdf5Id dataset, Hdf5Id type, Hdf5Id memory, Hdf5Id file, long transfer, Span<byte> into);
    [LibraryImport(Library)]
    public static partial int H5Dwrite_chunk(Hdf5Id dataset, long transfer, uint filters, ReadOnlySpan<ulong> offset, nint size, ReadOnlySpan<byte> bytes);
    [LibraryImport(Library)] public static partial int H5Dread_chunk(Hdf5Id dataset, long transfer, ReadOnlySpan<ulong> offset, out uint filters, Span<byte> bytes);
    [LibraryImport(Library)] public static partial int H5Dget_chunk_storage_size(Hdf5Id dataset, ReadOnlySpan<ulong> offset, out ulong size);
    [LibraryImport(Library)] public static partial int H5Dvlen_reclaim(Hdf5Id type, Hdf5Id space, long transfer, Span<nint> memory);

    [LibraryImport(Library)] public static partial long H5Tcopy(long type);
    [LibraryImport(Library)] public static partial int H5Tset_size(Hdf5Id type, nint size);
    [LibraryImport(Library)] public static partial int H5Tset_cset(Hdf5Id type, int set);
    [LibraryImport(Library)] public static partial int H5Tget_cset(Hdf5Id type);
    [LibraryImport(Library)] public static partial long H5Tenum_create(long type);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int H5Tenum_insert(Hdf5Id type, string name, in sbyte value);
    [LibraryImport(Library)] public static partial int H5Tget_class(Hdf5Id type);
    [LibraryImport(Library)] public static partial nint H5Tget_size(Hdf5Id type);
    [LibraryImport(Library)] public static partial int H5Tget_sign(Hdf5Id type);
    [LibraryImport(Library)] public static partial int H5Tget_order(Hdf5Id type);
    [LibraryImport(Library)] public static partial long H5Tget_super(Hdf5Id type);
    [LibraryImport(Library)] public static partial int H5Tis_variable_str(Hdf5Id type);
    [LibraryImport(Library)] public static partial int H5Tget_nmembers(Hdf5Id type);
    [LibraryImport(Library)] public static partial nint H5Tget_member_name(Hdf5Id type, uint index);
    [LibraryImport(Library)] public static partial nint H5Tget_member_offset(Hdf5Id type, uint index);
    [LibraryImport(Library)] public static partial long H5Tget_member_type(Hdf5Id type, uint index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial long H5Acreate2(Hdf5Id at, string name, Hdf5Id type, Hdf5Id space, long creation, long access);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial long H5Aopen(Hdf5Id at, string name, long access);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int H5Aexists(Hdf5Id at, string name);
    [LibraryImport(Library)] public static partial int H5Awrite(Hdf5Id attribute, Hdf5Id type, ReadOnlySpan<byte> values);
    [LibraryImport(Library)] public static partial int H5Aread(Hdf5Id attribute, Hdf5Id type, Span<byte> values);
    [LibraryImport(Library)] public static partial long H5Aget_type(Hdf5Id attribute);
    [LibraryImport(Library)] public static partial long H5Aget_space(Hdf5Id attribute);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint H5Aget_name_by_idx(Hdf5Id at, string path, int index, int order, ulong n, Span<byte> name, nint size, long access);

    /// <summary><c>H5E_error2_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct NativeError
    {
        public long Class, Major, Minor;
        public uint Line;
        public nint Function, File, Description;
    }

    /// <summary><c>H5G_info_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct GroupInfo
    {
        public int Storage;
        public ulong Links;
        public long MostCreated;
        public byte Mounted;
    }
}
