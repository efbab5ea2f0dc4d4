using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>A folder product being made: the step puts its files below <see cref="Path"/>.</summary>
public sealed class FolderWriter : IProductWriter<FolderWriter>
{
    private FolderWriter(string path) => Path = path;

    /// <summary>Where the folder is.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public static FolderWriter Create(ProductOutput to) => new(Directory.CreateDirectory(to.Path).FullName);

    /// <summary>The place of a file in it, <c>/</c> between the parts; its folders are made.</summary>
    /// <exception cref="Defect">The name leads out of the folder.</exception>
    public string File(string name)
    {
        if (System.IO.Path.IsPathRooted(name) || name.Split('/').Contains(".."))
            throw new Defect($"'{name}' is no file of the folder '{Path}'");
        string file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return file;
    }

    /// <inheritdoc/>
    public void Dispose() { }
}

/// <summary>A folder product being read.</summary>
public sealed class FolderReader : IProductReader<FolderReader>
{
    private FolderReader(string path) => Path = path;

    /// <summary>Where the folder is.</summary>
    public string Path { get; }

    /// <summary>Its files by relative path, <c>/</c> between the parts, in ordinal order.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace(System.IO.Path.DirectorySeparatorChar, '/'))
        .Order(StringComparer.Ordinal),
];

    /// <inheritdoc/>
    /// <exception cref="StepFailed">There is no such folder.</exception>
    public static FolderReader Open(ProductInput from) =>
        Directory.Exists(from.Path) ? new FolderReader(from.Path) : throw FormatErrors.NoFile(from.Path);

    /// <inheritdoc/>
    public void Dispose() { }
}
