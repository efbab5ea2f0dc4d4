using TauPipeline.Codecs;
using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Writes sample files into a folder that is removed afterwards.</summary>
internal sealed class WrittenFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tau-root-").FullName;

    public static readonly Dictionary<string, TableLayout> Layouts = new()
    {
        ["Tau"] = TableLayout.Counted,
        ["pfCand"] = TableLayout.Vectors,
        ["position"] = TableLayout.Fixed(3),
        ["bits"] = TableLayout.Fixed(3),
    };

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    /// <summary>
    /// A file of two trees: <c>taus</c> with all sample columns in batches of unequal length, and <c>summary</c> with one row.
    /// </summary>
    public string Write(CodecKind kind, int rows, int basketBytes = 2000, string name = "sample.root")
    {
        string path = Path(name);
        using RootFileWriter file = RootFileWriter.Create(path, Compression(kind), "sample.root");
        RootTreeWriter taus = file.Tree(
            "taus",
            SampleBatches.Of(0, 0).Schema,
            new TreeOptions
            {
                Title = "tau candidates",
                BasketBytes = basketBytes,
                Tables = Layouts,
            });
        var summary = new Batch([new Column<int>("version", new[] { 5 }), new Column<double>("lumi", new[] { 0.125 })]);
        RootTreeWriter last = file.Tree("summary", summary.Schema);
        last.Append(summary);
        for (int first = 0, step = 1; first < rows; first += step, step = step % 97 + 13)
            taus.Append(SampleBatches.Of(first, step = Math.Min(step, rows - first)));
        return path;
    }

    /// <summary>A file of one tree with texts and vectors of vectors beside columns of a batch, in batches of unequal length.</summary>
    public string WriteDeep(CodecKind kind, int rows, string name = "deep.root")
    {
        string path = Path(name);
        using RootFileWriter file = RootFileWriter.Create(path, Compression(kind), "deep.root");
        RootTreeWriter tree = file.Tree(
            "deep",
            DeepColumns.Beside(0, 0).Schema,
            DeepColumns.Shapes,
            new TreeOptions { BasketBytes = 2000 });
        for (int first = 0, step = 1; first < rows; first += step, step = step % 97 + 13)
        {
            step = Math.Min(step, rows - first);
            tree.Append(DeepColumns.Beside(first, step), DeepColumns.Of(first, step));
        }
        return path;
    }

    /// <summary>Files of equal content, named <c>chain-0.root</c> and so on.</summary>
    public string[] Chain(int count, int rows)
    {
        byte[] content = File.ReadAllBytes(Write(CodecKind.Lz4, rows));
        string[] paths = [.. Enumerable.Range(0, count).Select(i => Path($"chain-{i}.root"))];
        foreach (string path in paths) File.WriteAllBytes(path, content);
        return paths;
    }

    private static RootCompression Compression(CodecKind kind) =>
        kind switch
        {
            CodecKind.Zlib => RootCompression.Zlib,
            CodecKind.Lz4 => RootCompression.Lz4,
            CodecKind.Zstd => RootCompression.Zstd,
            CodecKind.Lzma => RootCompression.Lzma,
            _ => RootCompression.None,
        };

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
