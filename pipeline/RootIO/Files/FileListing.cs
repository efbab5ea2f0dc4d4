using System.Globalization;

namespace TauPipeline.RootIO;

/// <summary>What a file holds: by its directories, or by its records where it was not closed or has lost its end.</summary>
/// <param name="Keys">All keys of all directories, every cycle.</param>
/// <param name="Infos">Where the class descriptions stand, and their record's bytes; 0 if there are none.</param>
/// <param name="Warning">What a user should know before trusting it, or null.</param>
internal sealed record FileListing(List<RootKey> Keys, (long Offset, int Bytes) Infos, string? Warning)
{
    /// <summary>Lists a file, or recovers what is left of it.</summary>
    /// <exception cref="Foundation.StepFailed">It is damaged; or it was not closed or is truncated, and no object of it is
    /// whole.</exception>
    public static FileListing Of(RecordReader records, FileHeader header)
    {
        FileBytes file = records.File;
        bool isClosed = header.FreeOffset > header.Begin;
        if (isClosed && header.End <= file.Length)
            return new FileListing(new DirectoryReader(records).List(header), (header.InfoOffset, header.InfoBytes), null);
        (List<RootKey> keys, (long, int) infos, string how) = Listed(records, header) is { Count: > 0 } listed
            ? (listed, Whole(header, file), "what is whole of it is read")
            : Walked(records, header);
        if (keys.Count == 0)
            throw isClosed
                ? RootErrors.Truncated(records.At(0, ""), header.End, file.Length)
                : RootErrors.NotClosed(file.Path, file.Length);
        string what = isClosed ? string.Create(CultureInfo.InvariantCulture, $"is truncated at {file.Length} of {header.End} bytes")
            : "was not closed";
        return new FileListing(keys, infos, $"'{file.Path}' {what}: {how}");
    }

    // A file can be saved now and then while it is written, and then has a list; one that lost its end may have kept it.
    private static List<RootKey>? Listed(RecordReader records, FileHeader header)
    {
        try { return new DirectoryReader(records).List(header); }
        catch (Foundation.StepFailed) { return null; }
    }

    private static (List<RootKey>, (long, int), string) Walked(RecordReader records, FileHeader header)
    {
        var walk = new RecordWalk(records, header);
        string names = string.Join(", ", walk.Keys.Take(3).Select(key => $"{key.ClassName} {key.Path}"));
        string how = string.Create(
            CultureInfo.InvariantCulture,
            $"recovered from its records: {names}{(walk.Keys.Count > 3 ? $" and {walk.Keys.Count - 3} more" : "")}");
        return (walk.Keys, walk.Infos, how);
    }

    private static (long, int) Whole(FileHeader header, FileBytes file) =>
        header.InfoOffset <= file.Length - header.InfoBytes ? (header.InfoOffset, header.InfoBytes) : default;
}
