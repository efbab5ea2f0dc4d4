using System.Globalization;
using System.Runtime.InteropServices;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>The attributes of a group or dataset: strings and numbers, single or in rows.</summary>
public sealed class Hdf5Attributes
{
    private readonly Hdf5Id _file;
    private readonly Hdf5Place _at;

    internal Hdf5Attributes(Hdf5Id file, Hdf5Place at)
    {
        _file = file;
        _at = at;
    }

    /// <summary>All names, in order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            using var gate = Hdf5Library.Enter();
            using Hdf5Id owner = Owner();
            List<string> names = [];
            // The list ends where HDF5 has no further name.
            for (ulong n = 0; ; n++)
            {
                ulong index = n;
                if (H5.H5Aget_name_by_idx(owner, ".", 0, 0, index, [], 0, 0) < 0) break;
                names.Add(Hdf5Listing.Name((text, size) => H5.H5Aget_name_by_idx(owner, ".", 0, 0, index, text, size, 0), _at));
            }
            _ = Hdf5ErrorStack.Take();
            names.Sort(StringComparer.Ordinal);
            return names;
        }
    }

    /// <summary>Whether there is an attribute of that name.</summary>
    public bool Contains(string name)
    {
        using var gate = Hdf5Library.Enter();
        using Hdf5Id owner = Owner();
        return H5.H5Aexists(owner, name) > 0;
    }

    /// <summary>Writes a string; h5py reads it as <c>str</c>.</summary>
    public void Set(string name, string value) => Write(name, AttributeText.Native([value], isRow: false));

    /// <summary>Writes strings.</summary>
    public void Set(string name, IReadOnlyList<string> values) => Write(name, AttributeText.Native(values, isRow: true));

    /// <summary>Writes an integer.</summary>
    public void Set(string name, long value) => Write(name, AttributeValue.Of(ColumnType.Int64, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value))));

    /// <summary>Writes a number.</summary>
    public void Set(string name, double value) => Write(name, AttributeValue.Of(ColumnType.Float64, MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in value))));

    /// <summary>Reads a string, of fixed or variable length.</summary>
    /// <exception cref="Foundation.StepFailed">There is none, or it is another type.</exception>
    public string Text(string name) => Texts(name) is [var only, ..] ? only : throw Hdf5Errors.OtherType(Place(name), "a string", "no value");

    /// <summary>Reads strings, of fixed or variable length.</summary>
    /// <exception cref="Foundation.StepFailed">There are none, or they are of another type.</exception>
    public IReadOnlyList<string> Texts(string name) => Read(name, (id, type) => AttributeText.Read(id, type, Place(name)));

    /// <summary>Reads an integer.</summary>
    /// <exception cref="Foundation.StepFailed">There is none, or it is another type.</exception>
    public long Integer(string name) => (long)Number(name);

    /// <summary>Reads a number.</summary>
    /// <exception cref="Foundation.StepFailed">There is none, or it is another type.</exception>
    public double Number(string name) => Numbers(name) is [var only, ..] ? only : throw Hdf5Errors.OtherType(Place(name), "a number", "no value");

    /// <summary>Reads numbers of any type.</summary>
    /// <exception cref="Foundation.StepFailed">There are none, or they are of another type.</exception>
    public IReadOnlyList<double> Numbers(string name) => Read(name, (id, type) => AttributeValue.Read(id, type, Place(name)));

    internal IReadOnlyList<(string Name, string Value)> Describe() => [.. Names.Select(name => (name, Describe(name)))];

    private string Describe(string name) => Read(name, (id, type) =>
        type.Name == "string" ? string.Join(", ", AttributeText.Read(id, type, Place(name)))
        : type.Column is not null ? string.Join(", ", AttributeValue.Read(id, type, Place(name)).Select(value => value.ToString("R", CultureInfo.InvariantCulture)))
        : type.Name);

    private void Write(string name, AttributeValue value)
    {
        using var gate = Hdf5Library.Enter();
        using (value)
        {
            Hdf5Place at = Place(name);
            using Hdf5Id owner = Owner();
            using Hdf5Id attribute = at.Own(H5.H5Acreate2(owner, name, value.Type, value.Space, 0, 0));
            at.Check(H5.H5Awrite(attribute, value.Type, value.Bytes));
        }
    }

    private R Read<R>(string name, Func<Hdf5Id, Hdf5Type, R> read)
    {
        using var gate = Hdf5Library.Enter();
        Hdf5Place at = Place(name);
        using Hdf5Id owner = Owner();
        if (H5.H5Aexists(owner, name) <= 0) throw Hdf5Errors.NoAttribute(_at, name, Names);
        using Hdf5Id id = at.Own(H5.H5Aopen(owner, name, 0));
        using Hdf5Id type = at.Own(H5.H5Aget_type(id));
        return read(id, Hdf5Type.Of(type, at));
    }

    private Hdf5Id Owner() => _at.Own(H5.H5Oopen(_file, _at.Object, 0));

    private Hdf5Place Place(string name) => _at.At($"{_at.Object}@{name}");
}
