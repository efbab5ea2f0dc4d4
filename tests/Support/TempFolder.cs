namespace TauPipeline.Tests.Support;

/// <summary>A folder of a test's own, removed with all its content.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>The folder, absolute.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("taupipeline-").FullName;

    /// <summary>A place in it.</summary>
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
