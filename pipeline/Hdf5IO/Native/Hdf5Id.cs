using System.Runtime.InteropServices;

namespace TauPipeline.Hdf5IO.Native;

/// <summary>An identifier of anything HDF5 has open: file, group, dataset, space, type, list or attribute.</summary>
internal sealed class Hdf5Id : SafeHandle
{
    public Hdf5Id(long id) : base(-1, ownsHandle: true) => SetHandle((nint)id);

    public override bool IsInvalid => handle < 0;

    public long Value => handle;

    protected override bool ReleaseHandle()
    {
        using (Hdf5Library.Enter()) return H5.H5Idec_ref(handle) >= 0;
    }
}
