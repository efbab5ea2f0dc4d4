using System.Globalization;
using System.Text;
using PureHDF;
using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// The attributes of a group or dataset: strings and numbers, single or in rows. Of a file being written they may be set until it is
/// closed.
/// </summary>
public sealed class Hdf5Attributes
{
    // A message in an object header has 16 bits for its length; name, type and shape of an attribute take some of it.
    private const int MostBytes = ushort.MaxValue, HeadBytes = 64, BytesOfText = 16;

    private readonly Hdf5Place _at;
    private readonly Func<IH5Object>? _owner;
    private readonly IDictionary<string, object>? _written;

    internal Hdf5Attributes(Hdf5Place at, Func<IH5Object> owner) => (_at, _owner) = (at, owner);

    internal Hdf5Attributes(Hdf5Place at, IDictionary<string, object> written) => (_at, _written) = (at, written);

    /// <summary>All names, in order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            if (_written is not null) return [.. _written.Keys.Order(StringComparer.Ordinal)];
            IH5Object owner = Owner();
            return _at.Do<string[]>(() => [.. owner.Attributes().Select(attribute => attribute.Name).Order(StringComparer.Ordinal)]);
        }
    }

    /// <summary>Whether there is an attribute of that name.</summary>
    public bool Contains(string name)
    {
        if (_written is not null) return _written.ContainsKey(name);
        IH5Object owner = Owner();
        return _at.Do(() => owner.AttributeExists(name));
    }

    /// <summary>Writes a string; h5py reads it as <c>str</c>.</summary>
    /// <exception cref="StepFailed">There is an attribute of that name.</exception>
    public void Set(string name, string value) => Write(name, value, 1);

    /// <summary>Writes strings.</summary>
    /// <exception cref="StepFailed">There is an attribute of that name, or there are more than about 4,000.</exception>
    public void Set(string name, IReadOnlyList<string> values) => Write(name, values.ToArray(), values.Count);

    /// <summary>Writes an integer.</summary>
    /// <exception cref="StepFailed">There is an attribute of that name.</exception>
    public void Set(string name, long value) => Write(name, value, 1);

    /// <summary>Writes a number.</summary>
    /// <exception cref="StepFailed">There is an attribute of that name.</exception>
    public void Set(string name, double value) => Write(name, value, 1);

    /// <summary>Reads a string, of fixed or variable length.</summary>
    /// <exception cref="StepFailed">There is none, or it is another type.</exception>
    public string Text(string name) =>
        Texts(name) is [var only, ..] ? only : throw Hdf5Errors.OtherType(Place(name), "a string", "no value");

    /// <summary>Reads strings, of fixed or variable length.</summary>
    /// <exception cref="StepFailed">There are none, or they are of another type.</exception>
    public IReadOnlyList<string> Texts(string name) => Read(name, AttributeValue.Texts);

    /// <summary>Reads an integer.</summary>
    /// <exception cref="StepFailed">There is none, or it is another type.</exception>
    public long Integer(string name) => (long)Number(name);

    /// <summary>Reads a number.</summary>
    /// <exception cref="StepFailed">There is none, or it is another type.</exception>
    public double Number(string name) =>
        Numbers(name) is [var only, ..] ? only : throw Hdf5Errors.OtherType(Place(name), "a number", "no value");

    /// <summary>Reads numbers of any type.</summary>
    /// <exception cref="StepFailed">There are none, or they are of another type.</exception>
    public IReadOnlyList<double> Numbers(string name) => Read(name, AttributeValue.Numbers);

    internal IReadOnlyList<(string Name, string Value)> Describe()
    {
        IH5Object owner = Owner();
        return _at.Do<(string, string)[]>(() =>
            [.. owner.Attributes().OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => (one.Name, Describe(one)))]);
    }

    private string Describe(IH5Attribute attribute)
    {
        Hdf5Place at = Place(attribute.Name);
        return AttributeValue.OtherThanNumbers(attribute, at) switch
        {
            null => string.Join(
                ", ",
                AttributeValue.Numbers(attribute, at).Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
            "string" => string.Join(", ", AttributeValue.Texts(attribute, at)),
            var other => other,
        };
    }

    private void Write(string name, object value, int count)
    {
        IDictionary<string, object> written = _written ?? throw new Defect($"'{_at.File}' is open for reading");
        long size = (long)count * BytesOfText + Encoding.UTF8.GetByteCount(name) + HeadBytes;
        if (size > MostBytes) throw Hdf5Errors.AttributeTooLarge(_at, name, size);
        if (!written.TryAdd(name, value)) throw Hdf5Errors.Exists(Place(name));
    }

    private R Read<R>(string name, Func<IH5Attribute, Hdf5Place, R> read)
    {
        IH5Object owner = Owner();
        if (!Contains(name)) throw Hdf5Errors.NoAttribute(_at, name, Names);
        Hdf5Place at = Place(name);
        return at.Do(() => read(owner.Attribute(name), at));
    }

    private IH5Object Owner() => _owner is not null ? _owner() : throw new Defect($"'{_at.File}' is being written");

    private Hdf5Place Place(string name) => _at.At($"{_at.Object}@{name}");
}
