using TauPipeline.Codecs;

namespace TauPipeline.Hdf5IO;

/// <summary>What HDF5 files are written with, by name and version: PureHDF lays them out, .NET's zlib packs their chunks.</summary>
public static class Hdf5Tools
{
    /// <summary>For the <c>Tools</c> of every step that writes such a file.</summary>
    public static IReadOnlyList<string> Versions { get; } = [Hdf5File.LibraryVersion, .. CodecTools.Of(CodecKind.Zlib)];
}
