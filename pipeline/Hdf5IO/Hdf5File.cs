using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>An HDF5 file, written or read; objects in it are named by path, <c>/taus/tau_pt</c>. One thread at a time.</summary>
public sealed class Hdf5File : IDisposable
{
    private readonly Hdf5Place _at;
    private readonly GuardedBytes? _bytes;
    private readonly NativeFile? _native;
    private readonly LinkPaths? _paths;
    private readonly Hdf5Draft? _draft;

    private Hdf5File(string path, Hdf5Draft draft) => (_at, _draft) = (new Hdf5Place(path, "/"), draft);

    private Hdf5File(string path, GuardedBytes bytes)
    {
        (_at, _bytes) = (new Hdf5Place(path, "/"), bytes);
        UndoneLater.Register();
        if (Superblock.Fault(bytes) is { } fault) throw Hdf5Errors.NotHdf5(path, fault);
        // PureHDF looks for the superblock from here on, and goes wrong behind a user block of more than 512 bytes.
        bytes.Position = Superblock.Find(bytes);
        try { _native = H5File.Open(bytes); }
        catch (Exception problem) when (problem is not PipelineException) { throw Hdf5Errors.NotHdf5(path, problem.Message); }
        _paths = new LinkPaths(_native);
    }

    /// <summary>The library in use, say <c>PureHDF 2.2.0</c>.</summary>
    public static string LibraryVersion { get; } =
        $"PureHDF {typeof(H5File).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    /// <summary>Where the file is.</summary>
    public string Path => _at.File;

    /// <summary>
    /// Whether a file begins as HDF5 files do: with its signature, or with a user block of 512 bytes, 1024, 2048... before it.
    /// </summary>
    public static bool IsHdf5(string path)
    {
        if (!File.Exists(path)) return false;
        using FileStream file = File.OpenRead(path);
        return Superblock.Find(file) >= 0;
    }

    /// <summary>
    /// Makes an empty file in place of any other; its content is written when it is closed. What is packed meanwhile lies in memory,
    /// from 64 MiB on in a file without a name beside it.
    /// </summary>
    /// <exception cref="StepFailed">It cannot be made.</exception>
    public static Hdf5File Create(string path)
    {
        UndoneLater.Register();
        return new Hdf5File(path, new Hdf5Draft(new Hdf5Place(path, "/")));
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="StepFailed">There is none, it is no HDF5 file, or it is cut short.</exception>
    public static Hdf5File Open(string path)
    {
        if (!File.Exists(path)) throw Hdf5Errors.NoFile(path);
        GuardedBytes? bytes = null;
        try { return new Hdf5File(path, bytes = new GuardedBytes(path)); }
        catch (Exception problem)
        {
            bytes?.Dispose();
            if (problem is IOException or UnauthorizedAccessException) throw Hdf5Errors.NotHdf5(path, problem.Message);
            throw;
        }
    }

    /// <summary>Whether there is an object at that path.</summary>
    public bool Contains(string path) => _at.At(path).Do(() => Paths.Find(path) is not null);

    /// <summary>The names in a group, in order.</summary>
    /// <exception cref="StepFailed">There is no such group.</exception>
    public IReadOnlyList<string> Names(string group)
    {
        IH5Group found = OpenObject<IH5Group>(group, "group");
        return _at.At(group).Do<string[]>(() => [.. Hdf5Listing.Children(Paths, found, _at.At(group)).Select(child => child.Name)]);
    }

    /// <summary>Opens a dataset for reading.</summary>
    /// <exception cref="StepFailed">There is none of that path; names the nearest.</exception>
    public Hdf5Dataset Dataset(string path) => new(OpenObject<NativeDataset>(path, "dataset"), _at.At(path), _bytes!);

    /// <summary>The attributes of a group or dataset.</summary>
    public Hdf5Attributes Attributes(string path = "/") => _draft is not null
        ? new Hdf5Attributes(_at.At(path), _draft.AttributesOf(path))
        : new Hdf5Attributes(_at.At(path), () => At(path));

    /// <summary>Makes a group in one that exists.</summary>
    /// <exception cref="StepFailed">There is something of that name, or no group to make it in.</exception>
    public void CreateGroup(string path) => Draft.AddGroup(path);

    /// <summary>Begins a one-dimensional dataset, compressed by shuffle and deflate in chunks of that many values.</summary>
    /// <exception cref="StepFailed">There is something of that name, or no group to make it in.</exception>
    public Hdf5DatasetWriter CreateDataset(string path, ColumnType type, int chunkRows) =>
        Draft.AddDataset(path, WrittenRow.Of(type), chunkRows);

    /// <summary>
    /// Begins a dataset of records, compressed by shuffle and deflate: on one axis, or with so many slots in each row (0 for one axis).
    /// </summary>
    /// <exception cref="StepFailed">There is something of that name, or no group to make it in.</exception>
    public Hdf5DatasetWriter CreateRecords(string path, Hdf5Record record, int slots, int chunkRows) =>
        Draft.AddDataset(path, WrittenRow.Of(record, slots), chunkRows);

    /// <summary>Writes an array of any number of axes, whole and as it is, the last axis innermost.</summary>
    /// <exception cref="StepFailed">There is something of that name, or no group to make it in.</exception>
    public void WriteArray(string path, double[] values, IReadOnlyList<long> shape) =>
        Draft.AddWhole(path, new H5Dataset(values, fileDims: [.. shape.Select(length => (ulong)length)]));

    /// <summary>Writes a list of texts.</summary>
    /// <exception cref="StepFailed">There is something of that name, or no group to make it in.</exception>
    public void WriteTexts(string path, IReadOnlyList<string> texts) => Draft.AddWhole(path, new H5Dataset(texts.ToArray()));

    /// <summary>All groups and datasets below a path, depth first and by name, with their attributes.</summary>
    /// <exception cref="StepFailed">There is nothing at that path, or the file is damaged.</exception>
    public IReadOnlyList<Hdf5Object> Inspect(string path = "/")
    {
        IH5Object found = At(path);
        return [.. new Hdf5Listing(Paths, _bytes!).Below(found, _at.At(path))];
    }

    /// <summary>Packs all full chunks. Promises nothing on the disk: the file is written when it is closed.</summary>
    /// <exception cref="StepFailed">What does not fit into memory cannot be written beside the file.</exception>
    public void Flush() => Draft.Flush();

    /// <summary>Writes the file, whose datasets must all be complete; nothing can be added afterwards.</summary>
    /// <exception cref="StepFailed">It cannot be written, say because the disk is full.</exception>
    public void Complete() => Draft.Complete();

    /// <summary>Closes it: one being written is completed, unless a dataset is not complete; then it stays empty.</summary>
    public void Dispose()
    {
        try
        {
            if (_draft is { IsWhole: true }) _draft.Complete();
        }
        finally
        {
            _draft?.Dispose();
            _native?.Dispose();
            _bytes?.Dispose();
        }
    }

    private Hdf5Draft Draft => _draft ?? throw new Defect($"'{Path}' is open for reading");

    private LinkPaths Paths
    {
        get
        {
            _bytes?.Renew();
            return _paths ?? throw new Defect($"'{Path}' is being written");
        }
    }

    // What is not there PureHDF names.
    private IH5Object At(string path) => _at.At(path).Do(() => Paths.Find(path) ?? _native!.Get(path));

    private T OpenObject<T>(string path, string kind) where T : class, IH5Object
    {
        Hdf5Place at = _at.At(path);
        return at.Do(() => Paths.Find(path) as T)
            ?? throw Hdf5Errors.NoObject(at, kind, Inspect().Where(known => known.Kind == kind).Select(known => known.Path));
    }
}
