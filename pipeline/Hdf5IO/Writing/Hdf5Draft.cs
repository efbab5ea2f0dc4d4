using PureHDF;
using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>A file being written: its groups, attributes and packed chunks, until PureHDF writes them all at once.</summary>
internal sealed class Hdf5Draft : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly Hdf5Place _at;
    private readonly FileStream _stream;
    private readonly ChunkStore _store;
    private readonly ChunkPacker _packer = new();
    private readonly H5File _root = [];
    private readonly List<Hdf5DatasetWriter> _datasets = [];
    private bool _isWritten;

    public Hdf5Draft(Hdf5Place at)
    {
        _at = at;
        _store = new ChunkStore(at.File);
        _stream = at.Do(() =>
            new FileStream(at.File, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
    }

    /// <summary>Whether all that was begun is complete.</summary>
    public bool IsWhole => !_isWritten && _datasets.All(dataset => dataset.IsComplete);

    public Dictionary<string, object> AttributesOf(string path) =>
        path == "/" ? _root.Attributes
        : Find(path) is H5Object found ? found.Attributes
        : throw Hdf5Errors.NoObject(_at.At(path), "object", _root.Keys.Select(name => "/" + name));

    public void AddGroup(string path) => Add(path, new H5Group());

    public void AddWhole(string path, H5Dataset dataset) => Add(path, dataset);

    public Hdf5DatasetWriter AddDataset(string path, WrittenRow row, int chunkRows)
    {
        // Its place in the group is that of its beginning; what stands there is known at its end.
        H5Group group = Add(path, new H5Group());
        string name = path[(path.LastIndexOf('/') + 1)..];
        var writer = new Hdf5DatasetWriter(_at.At(path), (row, chunkRows), new PackedChunks(_store, _packer), dataset =>
            group[name] = Noted((H5Object)group[name], dataset));
        _datasets.Add(writer);
        return writer;
    }

    public void Flush()
    {
        foreach (Hdf5DatasetWriter dataset in _datasets) dataset.Flush();
    }

    public void Complete()
    {
        if (_isWritten) return;
        if (_datasets.FirstOrDefault(dataset => !dataset.IsComplete) is { } open) throw Hdf5Errors.Unfinished(_at.At(open.Path));
        _isWritten = true;
        try
        {
            var buffered = new BufferedStream(_stream, BufferBytes);
            _root.Write(buffered);
            buffered.Flush();
        }
        catch (Exception problem)
        {
            MakeEmpty();
            if (problem is PipelineException) throw;
            throw _at.Failed(problem);
        }
    }

    public void Dispose()
    {
        _packer.Dispose();
        _store.Dispose();
        _stream.Dispose();
    }

    // Nothing that looks like a file may be left of a failure.
    private void MakeEmpty()
    {
        try { _stream.SetLength(0); }
        catch (IOException) { } // what is no file has no length
    }

    private H5Group Add(string path, H5Object added)
    {
        int slash = path.LastIndexOf('/');
        H5Group? group = slash == 0 ? _root : Find(path[..slash]) as H5Group;
        if (group is null) throw Hdf5Errors.NoObject(_at.At(path[..slash]), "group", _root.Keys.Select(name => "/" + name));
        if (!group.ContainsKey(path[(slash + 1)..])) group.Add(path[(slash + 1)..], added);
        else throw Hdf5Errors.Exists(_at.At(path));
        return group;
    }

    private object? Find(string path)
    {
        object? found = _root;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            found = (found as H5Group)?.TryGetValue(name, out object? child) == true ? child : null;
        return found;
    }

    // Attributes may have been set before the dataset was complete.
    private static H5Dataset Noted(H5Object before, H5Dataset dataset)
    {
        foreach ((string name, object value) in before.Attributes) dataset.Attributes.Add(name, value);
        return dataset;
    }
}
