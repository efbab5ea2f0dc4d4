using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>A folder that goes away with the test, and h5py as the other implementation to compare with.</summary>
public sealed class Hdf5Scratch : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly string _folder = Directory.CreateTempSubdirectory("hdf5-").FullName;

    public static bool HasH5py { get; } = File.Exists(Python) && Runs(() => Script("import h5py", []));

    public string File_(string name = "a.h5") => Path.Combine(_folder, name);

    /// <summary>Runs a python script; what it prints.</summary>
    public static string Script(string script, IEnumerable<string> arguments) =>
        Command.Output(Python, ["-c", script, .. arguments]).ReplaceLineEndings("\n").TrimEnd('\n');

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool Runs(Func<string> work)
    {
        try { work(); return true; }
        catch (Exception) { return false; }
    }
}

/// <summary>A test that compares with h5py.</summary>
public sealed class H5pyFactAttribute : FactAttribute
{
    public H5pyFactAttribute() => Skip = Hdf5Scratch.HasH5py ? null : "python3-h5py is not installed";
}

/// <summary>A test that reads the reference files of umami-preprocessing.</summary>
public sealed class UppFactAttribute : FactAttribute
{
    public UppFactAttribute() =>
        Skip =
            !Hdf5Scratch.HasH5py ? "python3-h5py is not installed"
            : Directory.Exists(Folder) ? null
            : "../shared/data/upp is absent";

    public static string Folder { get; } = SharedData.At("upp");
}
