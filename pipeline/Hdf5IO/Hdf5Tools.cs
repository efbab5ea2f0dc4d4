using TauPipeline.Codecs;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>What HDF5 files are written with, by name and version: libhdf5 lays them out, .NET's zlib packs their chunks.</summary>
public static class Hdf5Tools
{
    private static readonly Lazy<IReadOnlyList<string>> Found = new(() => [$"libhdf5 {Version()}", .. CodecTools.Of(CodecKind.Zlib)]);

    /// <summary>For the <c>Tools</c> of every step that writes such a file. Loads the library, and never throws.</summary>
    public static IReadOnlyList<string> Versions => Found.Value;

    private static string Version()
    {
        try { return $"{Hdf5Library.Current.Version}"; }
        catch (StepFailed) { return "missing or too old"; }
    }
}
