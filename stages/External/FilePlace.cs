using TauPipeline.BuildGraph;

namespace TauPipeline.Stages;

/// <summary>A file or folder that is not read or written by us: where it is.</summary>
internal sealed class FilePlace(string path) : IProductReader<FilePlace>, IProductWriter<FilePlace>
{
    public string Path { get; } = path;

    public static FilePlace Open(ProductInput from) => new(from.Path);

    public static FilePlace Create(ProductOutput to) => new(to.Path);

    public void Dispose() { }
}
