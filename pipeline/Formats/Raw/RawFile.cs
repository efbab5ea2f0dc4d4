using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Formats;

/// <summary>A raw file, whatever its format, as tables; what it is, its first bytes say.</summary>
public sealed class RawFile : IProductReader<RawFile>
{
    private readonly IRawTables _tables;
    private readonly Dictionary<string, IRawTable?> _known = new(StringComparer.Ordinal);

    private RawFile(IRawTables tables) => _tables = tables;

    /// <inheritdoc/>
    /// <exception cref="StepFailed">It cannot be read, is neither ROOT nor HDF5, or is damaged.</exception>
    public static RawFile Open(ProductInput from) =>
        new(Hdf5File.IsHdf5(from.Path) ? new Hdf5Tables(from.Path) : new RootTables(from.Path));

    /// <summary>What a user should know of the file before trusting its rows, or <see langword="null"/>.</summary>
    public string? Warning => _tables.Warning;

    /// <summary>The table of that name.</summary>
    /// <exception cref="StepFailed">There is none (names the nearest), or its description is damaged.</exception>
    public IRawTable Table(string name) => Find(name) ?? throw FormatErrors.NoTable(_tables.File, name, _tables.Names);

    /// <summary>The table of that name, or <see langword="null"/>.</summary>
    /// <exception cref="StepFailed">Its description is damaged.</exception>
    public IRawTable? Find(string name) => _known.TryGetValue(name, out IRawTable? known) ? known : _known[name] = _tables.Find(name);

    /// <inheritdoc/>
    public void Dispose() => _tables.Dispose();
}

/// <summary>The tables of a file of one format.</summary>
internal interface IRawTables : IDisposable
{
    /// <summary>The file as it was named.</summary>
    string File { get; }

    /// <summary>What a user should know of the file before trusting its rows, or <see langword="null"/>.</summary>
    string? Warning { get; }

    /// <summary>The names of its tables, for messages.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The table of that name, or <see langword="null"/>.</summary>
    IRawTable? Find(string name);
}
