namespace TauPipeline.Hdf5IO.Native;

/// <summary>A file and an object in it: what every error names.</summary>
internal readonly record struct Hdf5Place(string File, string Object)
{
    /// <summary>A call's result, or the error that HDF5 reports for it. To be called inside <see cref="Hdf5Library.Enter"/>.</summary>
    public long Check(long result) => result >= 0 ? result : throw Hdf5Errors.Failed(this, Hdf5ErrorStack.Take());

    /// <summary>The identifier that a call returned, owned from here on.</summary>
    public Hdf5Id Own(long id) => new(Check(id));

    public Hdf5Place At(string path) => new(File, path);
}
