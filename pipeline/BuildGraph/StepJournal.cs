using System.Text.Json;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Where a step notes series of numbers for people (losses by batch, rates): one JSON object a line, with the time (<c>at</c>, milliseconds
/// since 1970), in a file that outlives the step. It can be written and never read by a step, so that no result can depend on it; it is
/// no product, and in no fingerprint. An attempt that goes on from a checkpoint may note a point again: the last one counts.
/// </summary>
public sealed class StepJournal : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly string? _place;
    private readonly NowAndThen _flush = new(s_patience);
    private FileStream? _file;

    /// <summary>A journal in a file, made when something is noted; in none if <see langword="null"/>.</summary>
    public StepJournal(string? place) => _place = place;

    /// <summary>Notes a point of a series.</summary>
    /// <param name="series">Which.</param>
    /// <param name="values">Its values by name; what is not a finite number stands as <c>null</c>.</param>
    public void Note(string series, params IEnumerable<(string Name, double Value)> values)
    {
        if (_place is null) return;
        _file ??= Open(_place);
        using (var line = new Utf8JsonWriter(_file))
        {
            line.WriteStartObject();
            line.WriteString("series", series);
            line.WriteNumber("at", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            foreach ((string name, double value) in values)
                if (double.IsFinite(value)) line.WriteNumber(name, value);
                else line.WriteNull(name);
            line.WriteEndObject();
        }
        _file.Write("\n"u8);
        if (_flush.IsDue()) _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    // What a killed attempt left half written ends with that attempt.
    private static FileStream Open(string place)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var file = new FileStream(place, FileMode.Append, FileAccess.Write, FileShare.Read);
        if (file.Position > 0) file.Write("\n"u8);
        return file;
    }
}
