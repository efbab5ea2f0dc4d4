using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>A ROOT file open for reading: its keys and trees. Safe to read from several threads.</summary>
public sealed class RootFile : IDisposable
{
    private readonly FileBytes _bytes;
    private readonly RecordReader _records;
    private readonly FileHeader _header;
    private readonly Lazy<StreamerInfos> _infos;

    private RootFile(FileBytes bytes)
    {
        _bytes = bytes;
        _records = new RecordReader(bytes);
        Place place = _records.At(0, "");
        Span<byte> head = stackalloc byte[(int)Math.Min(FileHeader.LargestSize, bytes.Length)];
        bytes.Read(0, head, place);
        _header = FileHeader.Read(head, place, bytes.Length);
        FileListing content = FileListing.Of(_records, _header);
        (Keys, Warning) = (content.Keys, content.Warning);
        _infos = new Lazy<StreamerInfos>(() => StreamerInfos.Read(_records, content.Infos.Offset, content.Infos.Bytes));
    }

    /// <summary>The file as it was named.</summary>
    public string Path => _bytes.Path;

    /// <summary>Version of ROOT that wrote the file, say 62400 for 6.24/00.</summary>
    public int Version => _header.Version;

    /// <summary>ROOT's compression setting of the file: 100 x algorithm + level.</summary>
    public int Compression => _header.Compression;

    /// <summary>
    /// What a user should know of a file that was not closed, or is shorter than its header says, and what of it is read; else null.
    /// </summary>
    public string? Warning { get; }

    /// <summary>All keys of all directories, depth first, every cycle.</summary>
    public IReadOnlyList<RootKey> Keys { get; }

    /// <summary>The trees, newest cycle only, in the order of their keys.</summary>
    public IEnumerable<RootKey> Trees =>
        Keys.Where(key => key.IsTree).GroupBy(key => key.Path).Select(cycles => cycles.MaxBy(key => key.Cycle)!);

    /// <summary>Opens a file (ROOT file format; 32 and 64 bit) and lists its directories.</summary>
    /// <exception cref="StepFailed">It cannot be read, is no ROOT file or damaged; or it was not closed or is truncated, and nothing of
    /// it is whole.</exception>
    public static RootFile Open(string path) => Open(new FileBytes(path));

    /// <summary>Opens a file that is in memory, say a fetched copy; the name is what messages call it.</summary>
    /// <exception cref="StepFailed">It is no ROOT file, is truncated or damaged.</exception>
    public static RootFile Open(string name, ReadOnlyMemory<byte> content) => Open(new FileBytes(name, content));

    private static RootFile Open(FileBytes bytes)
    {
        try { return new RootFile(bytes); }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>The tree of that path (<c>dir/name</c>, or <c>dir/name;cycle</c>; else the newest cycle).</summary>
    /// <exception cref="StepFailed">There is none (names the nearest), it is no tree, or its description is damaged.</exception>
    public RootTree Tree(string path)
    {
        RootKey key = Find(path);
        Place place = _records.At(key.Key.Offset, key.Path);
        if (!key.IsTree) throw RootErrors.NotATree(place, key.ClassName);
        (TKey stored, byte[] payload) = _records.Record(key.Key, key.Key.Offset, key.Path);
        TreeRecord record = new TreeStreamer(_infos).Read(payload, stored, place);
        return new RootTree(_records, key, record, _infos);
    }

    /// <summary>The RNTuple of that path, as for <see cref="Tree"/>.</summary>
    /// <exception cref="StepFailed">There is none (names the nearest), it is no RNTuple of format 1, or its description is
    /// damaged.</exception>
    public RNTuple NTuple(string path)
    {
        RootKey key = Find(path);
        return key.IsNTuple
            ? new RNTuple(_records, key)
            : throw NTupleErrors.NotAnNTuple(_records.At(key.Key.Offset, key.Path), key.ClassName);
    }

    /// <summary>The histogram of that path, as for <see cref="Tree"/>.</summary>
    /// <exception cref="StepFailed">There is none (names the nearest), it is no histogram, of a version that is not read, or
    /// damaged.</exception>
    public RootHistogram Histogram(string path)
    {
        RootKey key = Find(path);
        return key.IsHistogram
            ? RootHistogram.From(Object(key))
            : throw HistogramErrors.OtherClass(_records.At(key.Key.Offset, key.Path), "histogram", key.ClassName);
    }

    /// <summary>The graph of that path, as for <see cref="Tree"/>.</summary>
    /// <exception cref="StepFailed">There is none (names the nearest), it is no graph, of a version that is not read, or
    /// damaged.</exception>
    public RootGraph Graph(string path)
    {
        RootKey key = Find(path);
        return key.IsGraph
            ? RootGraph.From(Object(key))
            : throw HistogramErrors.OtherClass(_records.At(key.Key.Offset, key.Path), "graph", key.ClassName);
    }

    private StreamedObject Object(RootKey key)
    {
        var reader = new RootReader(_records.Payload(key.Key, key.Key.Offset, key.Path), _records.At(key.Key.Offset, key.Path));
        return new ObjectReader(new ClassDescriptions(_infos.Value)).Read(ref reader, key.ClassName);
    }

    /// <summary>The key of that path, with or without <c>;cycle</c>.</summary>
    /// <exception cref="StepFailed">There is none; names the nearest.</exception>
    public RootKey Find(string path)
    {
        // A name may hold a semicolon itself, so the whole text is tried first.
        RootKey? key = Keys.Where(k => k.Path == path).MaxBy(k => k.Cycle);
        int cut = path.LastIndexOf(';');
        if (key is null && cut > 0 && int.TryParse(path.AsSpan(cut + 1), out int cycle))
            key = Keys.FirstOrDefault(k => k.Path == path[..cut] && k.Cycle == cycle);
        return key ?? throw RootErrors.NoObject(Path, path, Keys.Select(k => k.Path));
    }

    /// <summary>Closes the file; trees and columns of it can no longer be read, values already read stay.</summary>
    public void Dispose() => _bytes.Dispose();
}
