using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.ToyHost;

/// <summary>Writes HDF5 as the library does if nobody forbids it: with the time in each dataset.</summary>
internal static unsafe class Hdf5WithTimes
{
    private const int Truncate = 2, Scalar = 0, Opaque = 5;

    public static void Write(string path)
    {
        nint library = new NativeLibraryProbe("HDF5", "TAU_HDF5", ["libhdf5_serial.so.103", "libhdf5.so.103", "libhdf5_serial.so.310", "libhdf5.so.310", "libhdf5.so.200"], "apt-get install libhdf5-103-1").Load();
        nint Symbol(string name) => NativeLibrary.GetExport(library, name);
        _ = ((delegate* unmanaged<int>)Symbol("H5open"))();
        nint file = Marshal.StringToCoTaskMemUTF8(path), name = Marshal.StringToCoTaskMemUTF8("value");
        long id = ((delegate* unmanaged<nint, uint, long, long, long>)Symbol("H5Fcreate"))(file, Truncate, 0, 0);
        long type = ((delegate* unmanaged<int, nuint, long>)Symbol("H5Tcreate"))(Opaque, 4), space = ((delegate* unmanaged<int, long>)Symbol("H5Screate"))(Scalar);
        long data = ((delegate* unmanaged<long, nint, long, long, long, long, long, long>)Symbol("H5Dcreate2"))(id, name, type, space, 0, 0, 0);
        if (data < 0) throw new StepFailed("HDF5 made no dataset");
        foreach ((string close, long one) in new[] { ("H5Dclose", data), ("H5Sclose", space), ("H5Tclose", type), ("H5Fclose", id) }) _ = ((delegate* unmanaged<long, int>)Symbol(close))(one);
        Marshal.FreeCoTaskMem(file);
        Marshal.FreeCoTaskMem(name);
    }
}
