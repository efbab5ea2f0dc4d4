using System.Buffers.Binary;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Tests.ToyHost;

/// <summary>
/// Writes HDF5 with the time where no reader of HDF5 looks: behind what the superblock calls the end. (libhdf5 puts it into each dataset
/// if nobody forbids it.)
/// </summary>
internal static class Hdf5WithTimes
{
    public static void Write(string path)
    {
        using (Hdf5File file = Hdf5File.Create(path)) file.Attributes().Set("value", 4);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(time, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        File.AppendAllBytes(path, time.ToArray());
    }
}
