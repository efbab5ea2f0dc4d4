using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>An HDF5 file, written or read through libhdf5; objects in it are named by path, <c>/taus/tau_pt</c>.</summary>
public sealed class Hdf5File : IDisposable
{
    private const int Global = 1, DatasetKind = 5, GroupKind = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    private readonly Hdf5Id _id;
    private readonly Hdf5Place _at;
    private readonly ChunkPacker _packer = new();

    private Hdf5File(string path, Func<Hdf5Place, Hdf5Id, Hdf5Id> open)
    {
        _at = new Hdf5Place(path, "/");
        using var gate = Hdf5Library.Enter();
        // No locks: a child process started meanwhile inherits the descriptor and with it the lock, and the file that we
        // have long closed cannot be opened. The engine keeps writers and readers of a product apart.
        using Hdf5Id access = _at.Own(H5.H5Pcreate(Hdf5Library.Current.FileAccess));
        _at.Check(H5.H5Pset_file_locking(access, use: false, ignoreWhenDisabled: true));
        _id = open(_at, access);
    }

    /// <summary>The library in use, say <c>libhdf5 1.10.8</c>; loads it.</summary>
    /// <exception cref="StepFailed">The library is missing or too old.</exception>
    public static string LibraryVersion => $"libhdf5 {Hdf5Library.Current.Version}";

    /// <summary>Where the file is.</summary>
    public string Path => _at.File;

    /// <summary>Whether a file begins as HDF5 files do: with its signature, or with a user block of 512 bytes, 1024, 2048... before it.</summary>
    public static bool IsHdf5(string path)
    {
        if (!File.Exists(path)) return false;
        using FileStream file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[Signature.Length];
        for (long at = 0; at + head.Length <= file.Length; at = Math.Max(512, 2 * at))
        {
            file.Position = at;
            file.ReadExactly(head);
            if (head.SequenceEqual(Signature)) return true;
        }
        return false;
    }

    /// <summary>Makes an empty file in place of any other.</summary>
    /// <exception cref="StepFailed">It cannot be made, or the library is missing.</exception>
    public static Hdf5File Create(string path) => new(path, (at, access) => at.Own(H5.H5Fcreate(path, H5.Truncate, 0, access)));

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="StepFailed">There is none, it is no HDF5 file, it is cut short, or the library is missing.</exception>
    public static Hdf5File Open(string path) => File.Exists(path)
        ? new Hdf5File(path, (_, access) => H5.H5Fopen(path, H5.ReadOnly, access) is >= 0 and var id ? new Hdf5Id(id) : throw Hdf5Errors.NotHdf5(path, Hdf5ErrorStack.Take()))
        : throw Hdf5Errors.NoFile(path);

    /// <summary>Whether there is an object at that path.</summary>
    public bool Contains(string path)
    {
        using var gate = Hdf5Library.Enter();
        // H5Lexists fails where a group on the way is missing, so each part is asked for.
        for (int end = path.IndexOf('/', 1); ; end = path.IndexOf('/', end + 1))
        {
            if (H5.H5Lexists(_id, end < 0 ? path : path[..end], 0) <= 0) return path == "/";
            if (end < 0) return true;
        }
    }

    /// <summary>The names in a group, in order.</summary>
    /// <exception cref="StepFailed">There is no such group.</exception>
    public IReadOnlyList<string> Names(string group)
    {
        using var gate = Hdf5Library.Enter();
        using Hdf5Id id = OpenObject(group, GroupKind, "group");
        return Hdf5Listing.Links(id, _at.At(group));
    }

    /// <summary>Opens a dataset for reading.</summary>
    /// <exception cref="StepFailed">There is none of that path; names the nearest.</exception>
    public Hdf5Dataset Dataset(string path)
    {
        using var gate = Hdf5Library.Enter();
        Hdf5Id id = OpenObject(path, DatasetKind, "dataset");
        try { return new Hdf5Dataset(id, _at.At(path)); }
        catch
        {
            id.Dispose();
            throw;
        }
    }

    /// <summary>The attributes of a group or dataset.</summary>
    public Hdf5Attributes Attributes(string path = "/") => new(_id, _at.At(path));

    /// <summary>Makes a group in one that exists.</summary>
    /// <exception cref="StepFailed">There is something of that name, or it cannot be written.</exception>
    public void CreateGroup(string path)
    {
        using var gate = Hdf5Library.Enter();
        Hdf5Place at = _at.At(path);
        using Hdf5Id list = at.Own(H5.H5Pcreate(Hdf5Library.Current.GroupCreation));
        at.Check(H5.H5Pset_obj_track_times(list, false));
        at.Own(H5.H5Gcreate2(_id, path, 0, list, 0)).Dispose();
    }

    /// <summary>Begins a one-dimensional dataset, compressed by shuffle and deflate in chunks of that many values.</summary>
    public Hdf5DatasetWriter CreateDataset(string path, ColumnType type, int chunkRows) => new(_id, _at.At(path), _packer, (type, chunkRows));

    /// <summary>All groups and datasets below a path, depth first and by name, with their attributes.</summary>
    /// <exception cref="StepFailed">There is nothing at that path, or the file is damaged.</exception>
    public IReadOnlyList<Hdf5Object> Inspect(string path = "/")
    {
        using var gate = Hdf5Library.Enter();
        return [.. Hdf5Listing.Below(this, _id, _at.At(path))];
    }

    /// <summary>Gives everything written so far to the operating system.</summary>
    /// <exception cref="StepFailed">It cannot be written, say because the disk is full.</exception>
    public void Flush()
    {
        using var gate = Hdf5Library.Enter();
        _at.Check(H5.H5Fflush(_id, Global));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _id.Dispose();
        _packer.Dispose();
    }

    private Hdf5Id OpenObject(string path, int kind, string kindName)
    {
        Hdf5Place at = _at.At(path);
        if (!Contains(path)) throw Missing();
        Hdf5Id id = at.Own(H5.H5Oopen(_id, path, 0));
        if (H5.H5Iget_type(id) == kind) return id;
        id.Dispose();
        throw Missing();

        StepFailed Missing() => Hdf5Errors.NoObject(at, kindName, Inspect().Where(known => known.Kind == kindName).Select(known => known.Path));
    }
}
