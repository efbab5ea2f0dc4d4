using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.RootIO;

/// <summary>
/// Writes a ROOT file of trees, histograms and graphs. The same batches give the same bytes: no date, no random id, no path. Baskets go
/// to the
/// file as they fill; the trees' descriptions, the class descriptions and the directory follow when it is disposed of.
/// </summary>
public sealed class RootFileWriter : IDisposable
{
    // What readers decide by: the layouts are those of ROOT 6.24.
    private const int RootVersion = 62400;
    private const int LargeFiles = 1_000_000;
    private const int UuidVersion = 1;

    // The page cache keeps what is written at once in large pieces, which are then read back twice as fast as many small ones.
    private const int WriteBytes = 1 << 20;
    private readonly FileStream _file;
    private readonly RecordWriter _records;
    private readonly RootCompression _compression;
    private readonly string _name;
    private readonly int _nameBytes;
    private readonly List<RootTreeWriter> _trees = [];
    private readonly List<(RecordName Name, Dictionary<string, object> Members)> _objects = [];

    private RootFileWriter(FileStream file, RootCompression compression, string name)
    {
        (_file, _compression, _name) = (file, compression, name);
        _records = new RecordWriter(file, compression);
        file.Write(new byte[RecordWriter.RootDirectory]);
        var directory = new RootWriter();
        directory.String(name).String("");
        int titleBytes = directory.Length;
        directory.Extend(DirectoryBytes).Clear();
        _nameBytes = _records.Append(RootRecord, [], directory.Written, compress: false).KeyBytes + titleBytes;
    }

    // Version 2, dates 8, sizes 8, positions 24 (or 12 and as many spare), UUID 18.
    private const int DirectoryBytes = 60;

    private RecordName RootRecord => new("TFile", _name, "");

    /// <summary>Creates or replaces a file. <paramref name="name"/> is what the file calls itself; its file name if not given.</summary>
    /// <exception cref="StepFailed">The file cannot be created.</exception>
    public static RootFileWriter Create(string path, RootCompression compression, string? name = null)
    {
        try
        {
            return new RootFileWriter(
                new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, WriteBytes),
                compression,
                name ?? Path.GetFileName(path));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException) { throw RootErrors.Unreadable(path, cause); }
    }

    /// <summary>Adds a tree of these columns; trees may be filled in turns.</summary>
    /// <exception cref="Misuse">A column's layout does not fit its type, or the name is taken.</exception>
    public RootTreeWriter Tree(string name, Schema schema, TreeOptions? options = null) => Tree(name, schema, [], options);

    /// <summary>
    /// Adds a tree of these columns and of what a schema has no column for: texts (C strings), and vectors of vectors of numbers.
    /// </summary>
    /// <exception cref="Misuse">A column's layout does not fit its type, is none of those, or a name is taken.</exception>
    public RootTreeWriter Tree(string name, Schema schema, IReadOnlyList<RootColumnShape> deep, TreeOptions? options = null)
    {
        RequireFree(name);
        var tree = new RootTreeWriter(name, schema, deep, options ?? new TreeOptions(), _records);
        _trees.Add(tree);
        return tree;
    }

    /// <summary>Adds a histogram of one or two axes, as TH1D or TH2D.</summary>
    /// <exception cref="Misuse">The name is taken, or the histogram is of another kind.</exception>
    public void Add(RootHistogram histogram)
    {
        if (histogram.ClassName is not ("TH1D" or "TH2D"))
            throw HistogramErrors.CannotWrite(histogram.Name, "TH1D or TH2D", histogram.ClassName);
        RequireFree(histogram.Name);
        _objects.Add((new RecordName(histogram.ClassName, histogram.Name, histogram.Title), ObjectMembers.Of(histogram)));
    }

    /// <summary>Adds a graph, as TGraph, TGraphErrors or TGraphAsymmErrors.</summary>
    /// <exception cref="Misuse">The name is taken, or its numbers of values differ.</exception>
    public void Add(RootGraph graph)
    {
        if (!graph.IsWhole())
            throw HistogramErrors.CannotWrite(graph.Name, $"{graph.X.Length} points with as many errors", "other numbers of values");
        RequireFree(graph.Name);
        _objects.Add((new RecordName(graph.ClassName, graph.Name, graph.Title), ObjectMembers.Of(graph)));
    }

    /// <summary>Writes what is still in memory and all descriptions, and closes the file.</summary>
    public void Dispose()
    {
        if (!_file.CanWrite) return;
        using (_file) Finish();
    }

    private void Finish()
    {
        bool hasTexts = _trees.SelectMany(tree => tree.Deep).Any(shape => shape.IsText);
        List<StreamerInfo> classes =
        [
            .. KnownClasses.All(),
            .. hasTexts ? KnownClasses.Texts() : [],
            .. _objects.Count > 0 ? HistogramClasses.All() : [],
        ];
        List<WrittenRecord> keys = [.. _trees.Select(WriteTree), .. WriteObjects(classes)];
        var record = new RootWriter();
        StreamerInfoWriter.Write(record, [.. classes, .. VectorClasses()]);
        WrittenRecord infos = _records.Append(new RecordName("TList", "StreamerInfo", "Doubly linked list"), [], record.Written);

        record.Clear();
        record.I32(keys.Count);
        foreach (WrittenRecord key in keys) key.WriteKey(record, RecordWriter.RootDirectory);
        WrittenRecord keyList = _records.Append(RootRecord, [], record.Written, compress: false);

        long freeAt = _records.Position, end = freeAt + RecordWriter.KeyBytes(freeAt, RootRecord, 0) + FreeListBytes(freeAt);
        record.Clear();
        bool large = RecordWriter.IsLarge(freeAt);
        record.I16(large ? LargeKeys + 1 : 1).Seek(end, large).Seek(Math.Max(2_000_000_000, end), large);
        WrittenRecord free = _records.Append(RootRecord, [], record.Written, compress: false);

        PatchDirectory(keyList);
        PatchHeader(infos, free);
    }

    private const int LargeKeys = 1000;

    private static int FreeListBytes(long position) => RecordWriter.IsLarge(position) ? 18 : 10;

    private WrittenRecord WriteTree(RootTreeWriter tree)
    {
        tree.Flush();
        var name = new RecordName("TTree", tree.Name, tree.Title);
        var record = new RootWriter();
        new TreeRecordWriter(record, RecordWriter.KeyBytes(_records.Position, name, 0)).Write(
            tree.Name,
            tree.Title,
            tree.Entries,
            tree.Branches);
        return _records.Append(name, [], record.Written);
    }

    private IEnumerable<WrittenRecord> WriteObjects(List<StreamerInfo> classes)
    {
        var byName = classes.ToDictionary(info => info.ClassName, StringComparer.Ordinal);
        foreach ((RecordName name, Dictionary<string, object> members) in _objects)
        {
            var record = new RootWriter();
            new ObjectWriter(byName, record).Write(name.ClassName, members);
            yield return _records.Append(name, [], record.Written);
        }
    }

    private void RequireFree(string name)
    {
        if (_trees.Exists(tree => tree.Name == name) || _objects.Exists(one => one.Name.Name == name))
            throw new Misuse($"'{_name}' has an object '{name}' already");
    }

    // A vector of vectors needs the description of both.
    private IEnumerable<StreamerInfo> VectorClasses()
    {
        BranchPlan[] plans =
        [
            .. _trees.SelectMany(tree => tree.Branches)
                .Select(branch => branch.Plan)
                .Where(plan => plan.Vector is not null)
                .OrderBy(plan => plan.Type),
        ];
        return plans.Select(plan => VectorType.Of(plan.Leaf)).Concat(plans.Select(plan => plan.Vector!)).Distinct().Select(KnownClasses.Of);
    }

    private void PatchDirectory(WrittenRecord keyList)
    {
        bool large = RecordWriter.IsLarge(keyList.Position);
        var directory = new RootWriter();
        directory.I16(large ? LargeKeys + 5 : 5).U32(RecordWriter.Date).U32(RecordWriter.Date).I32(keyList.RecordBytes).I32(_nameBytes)
            .Seek(RecordWriter.RootDirectory, large).Seek(0, large).Seek(keyList.Position, large);
        WriteUuid(directory);
        _records.Patch(RecordWriter.RootDirectory + _nameBytes, directory.Written);
    }

    private void PatchHeader(WrittenRecord infos, WrittenRecord free)
    {
        bool large = RecordWriter.IsLarge(free.Position);
        var header = new RootWriter();
        header.Bytes("root"u8)
            .I32(RootVersion + (large ? LargeFiles : 0))
            .I32(RecordWriter.RootDirectory)
            .Seek(free.Position + free.RecordBytes, large)
            .Seek(free.Position, large).I32(free.RecordBytes).I32(1).I32(_nameBytes).U8(large ? 8 : 4).I32(_compression.Setting)
            .Seek(infos.Position, large).I32(infos.RecordBytes);
        WriteUuid(header);
        _records.Patch(0, header.Written);
    }

    // An identity that follows from what the file is called and holds, so that equal files are equal.
    private void WriteUuid(RootWriter record)
    {
        string description = string.Join(
            '\n',
            _trees.SelectMany(tree =>
                    tree.Schema.Columns.Select(column => $"{column.Name} {column.TypeName}")
                        .Concat(tree.Deep.Select(shape => $"{shape.Name} {shape.TypeName}"))
                        .Prepend($"{tree.Name} {tree.Entries}"))
            .Concat(_objects.Select(one => $"{one.Name.ClassName} {one.Name.Name}")).Prepend(_name));
        Span<byte> digest = stackalloc byte[32];
        ContentHash.Of(description).WriteTo(digest);
        record.I16(UuidVersion).Bytes(digest[..16]);
    }
}
