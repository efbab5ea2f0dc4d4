using System.Runtime.InteropServices;

namespace TauPipeline.Tensors;

/// <summary>The C library of this process: libtorch needs a certain age of it, and its environment is where native code looks.</summary>
internal static partial class CLibrary
{
    /// <summary>The glibc that TorchSharp's binding was linked with.</summary>
    public static Version Needed { get; } = new(2, 34);

    /// <summary>Its version, or what stands for one where it is not glibc.</summary>
    public static Version? Here
    {
        get
        {
            try { return Version.TryParse(Marshal.PtrToStringUTF8(gnu_get_libc_version()), out Version? version) ? version : null; }
            catch (EntryPointNotFoundException) { return null; }
        }
    }

    /// <exception cref="Foundation.StepFailed">It is older than <see cref="Needed"/>, or none that we know.</exception>
    public static void Require(Version? here)
    {
        if (here is null || here < Needed) throw TensorErrors.OldCLibrary(here, Needed);
    }

    /// <summary>Sets a variable for native code; .NET's own setter changes a copy that native code never sees.</summary>
    public static void Set(string name, string value) => _ = setenv(name, value, 1);

    [LibraryImport("libc")]
    private static partial nint gnu_get_libc_version();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
