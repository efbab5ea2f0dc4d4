using System.Text.RegularExpressions;
using TauPipeline.Foundation;

namespace TauPipeline.Host;

/// <summary>Looks into files of one format.</summary>
internal interface IFileInspector
{
    /// <summary>Whether a file that begins with these bytes is of this format.</summary>
    bool Knows(ReadOnlySpan<byte> head);

    /// <summary>The objects of the file: trees, groups, data sets, with their columns.</summary>
    IEnumerable<InspectedObject> Look(InspectRequest request);

    /// <summary>
    /// All values in short, one JSON object for each column and object; <see langword="null"/> if the format has no such form.
    /// </summary>
    IEnumerable<string>? Digests(InspectRequest request);

    /// <summary>Entries of the file's largest tree or table, or <see langword="null"/> if it has none.</summary>
    long? Entries(string file);
}

/// <summary>What to look at.</summary>
/// <param name="File">The file.</param>
/// <param name="Object">One object of it, or all.</param>
/// <param name="Branch">Only columns whose name matches.</param>
/// <param name="Values">Whether the first values are wanted.</param>
internal sealed record InspectRequest(string File, string? Object, Regex? Branch, bool Values)
{
    /// <summary>The wish to stop, which ends reading values.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told what a user should know of the file before trusting what is shown.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Told of a tree or RNTuple that is refused whole, beside the line that it has all the same.</summary>
    public Action<ErrorText> Refuse { get; init; } = _ => { };

    /// <summary>Whether a column of that name is wanted.</summary>
    public bool Wants(string column) => Branch?.IsMatch(column) ?? true;
}

/// <summary>An object in a file, with a word on what it is: <c>TTree, 1000 entries</c>.</summary>
internal sealed record InspectedObject(string Path, string Kind, IReadOnlyList<InspectedColumn> Columns);

/// <summary>A branch or column, its type, and its first values if they were wanted.</summary>
internal sealed record InspectedColumn(string Name, string Type, string? Values = null)
{
    /// <summary>How it is stored, where the format tells: <c>3 baskets, Zlib, 1200 of 4800 bytes</c>.</summary>
    public StoredForm? Stored { get; init; }
}

/// <summary>How a column is stored.</summary>
/// <param name="Parts">Baskets, or 0 where pages are meant.</param>
/// <param name="Form">Codec, or encodings.</param>
/// <param name="Bytes">Bytes in the file.</param>
/// <param name="Unpacked">Bytes when unpacked.</param>
internal sealed record StoredForm(int Parts, string Form, long Bytes, long Unpacked)
{
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{(Parts > 0 ? $"{Parts} baskets, " : "")}{Form}, {Bytes} of {Unpacked} bytes");
}
