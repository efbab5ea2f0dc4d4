using System.Runtime.InteropServices;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO.Native;

/// <summary>libhdf5, found and opened by the first call that needs it. One gate for all calls: the library serialises them anyway, and not every build of it does so safely.</summary>
internal sealed class Hdf5Library
{
    // H5Dwrite_chunk is in the main library since 1.10.3, H5Pset_file_locking exists since 1.10.7.
    private static readonly Version Oldest = new(1, 10, 7);

    // Debian names the serial build apart; upstream's soname is 103 for 1.10, 200 for 1.12, 310 for 1.14.
    internal static readonly NativeLibraryProbe Probe = new("HDF5", "TAU_HDF5",
        ["libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5.so.310", "libhdf5.so.200", "libhdf5.so.103", "libhdf5_serial.so", "libhdf5.so", "libhdf5.dylib"],
        "apt-get install libhdf5-103-1");

    private static readonly Lazy<Hdf5Library> Loaded = new(() => new Hdf5Library());

    private readonly nint _library;
    private readonly Lock _gate = new();

    private Hdf5Library()
    {
        _library = Probe.Load();
        NativeLibrary.SetDllImportResolver(typeof(H5).Assembly, (name, _, _) => name == H5.Library ? _library : 0);
        // At exit the library would close once more what it could not close on a full disk, and crash; we close all ourselves.
        _ = H5.H5dont_atexit();
        _ = H5.H5open();
        _ = H5.H5get_libversion(out uint major, out uint minor, out uint release);
        Version = new Version((int)major, (int)minor, (int)release);
        if (Version < Oldest) throw Hdf5Errors.OldLibrary(Version, Oldest);
        GroupCreation = Symbol("H5P_CLS_GROUP_CREATE_ID_g");
        DatasetCreation = Symbol("H5P_CLS_DATASET_CREATE_ID_g");
        FileAccess = Symbol("H5P_CLS_FILE_ACCESS_ID_g");
        CString = Symbol("H5T_C_S1_g");
    }

    public static Hdf5Library Current => Loaded.Value;

    public Version Version { get; }

    public long GroupCreation { get; }

    public long DatasetCreation { get; }

    public long FileAccess { get; }

    public long CString { get; }

    /// <summary>Loads the library if need be, and keeps other threads out until the scope ends.</summary>
    public static Lock.Scope Enter()
    {
        Lock.Scope scope = Current._gate.EnterScope();
        _ = H5.H5Eset_auto2(0, 0, 0); // the error stack, and whether it prints itself, belongs to the thread
        return scope;
    }

    /// <summary>The predefined type of numbers in memory; bool is an enum that no predefined type has.</summary>
    public long Native(ColumnType type) => Symbol(type switch
    {
        ColumnType.Bool or ColumnType.Int8 => "H5T_NATIVE_INT8_g",
        ColumnType.UInt8 => "H5T_NATIVE_UINT8_g",
        ColumnType.Int16 => "H5T_NATIVE_INT16_g",
        ColumnType.UInt16 => "H5T_NATIVE_UINT16_g",
        ColumnType.Int32 => "H5T_NATIVE_INT32_g",
        ColumnType.UInt32 => "H5T_NATIVE_UINT32_g",
        ColumnType.Int64 => "H5T_NATIVE_INT64_g",
        ColumnType.UInt64 => "H5T_NATIVE_UINT64_g",
        ColumnType.Float32 => "H5T_NATIVE_FLOAT_g",
        _ => "H5T_NATIVE_DOUBLE_g",
    });

    // Predefined types and classes are variables of the library, filled by H5open.
    private long Symbol(string name) => Marshal.ReadInt64(NativeLibrary.GetExport(_library, name));
}
