using System.Buffers.Binary;
using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The bytes of log records.</summary>
internal static class LogCode
{
    // The kind, and the length of the key.
    private const int KeyStart = 1 + 4;

    private enum Kind : byte { FileSeen = 1, Started = 2, Committing = 3, Done = 4, Ended = 5, Kept = 6, Released = 7 }

    public static void Encode(LogRecord record, LogWriter to)
    {
        switch (record)
        {
            case FileSeen seen: to.Byte((byte)Kind.FileSeen); to.Text(seen.Key); Write(to, seen.Seen); break;
            case AttemptStarted started:
                to.Byte((byte)Kind.Started);
                to.Text(started.Step);
                to.Text(started.Attempt);
                Write(to, started.Child);
                break;
            case AttemptCommitting committing:
                to.Byte((byte)Kind.Committing);
                to.Text(committing.Attempt);
                Write(to, committing.Record);
                break;
            case AttemptDone done: to.Byte((byte)Kind.Done); to.Text(done.Step); break;
            case AttemptEnded ended: to.Byte((byte)Kind.Ended); to.Text(ended.Step); break;
            case StepKept kept: to.Byte((byte)Kind.Kept); Write(to, kept.Record); break;
            case ProductReleased released: to.Byte((byte)Kind.Released); to.Text(released.Path); break;
            default: throw new Defect($"the log has no form for {record.GetType().Name}");
        }
    }

    /// <summary>The bytes of a record that no file takes.</summary>
    public static ReadOnlyMemory<byte> Bytes(LogRecord record)
    {
        var to = new LogWriter();
        Encode(record, to);
        return to.Bytes.ToArray();
    }

    /// <summary>Whether the record says what a file contained.</summary>
    public static bool IsFileSeen(ReadOnlySpan<byte> bytes) => bytes[0] == (byte)Kind.FileSeen;

    /// <summary>Whether the record is a finished step of a compacted log.</summary>
    public static bool IsKept(ReadOnlySpan<byte> bytes) => bytes[0] == (byte)Kind.Kept;

    /// <summary>What a record of those two kinds is found by: the file or the step.</summary>
    /// <exception cref="InvalidDataException">It has no key.</exception>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.Length < KeyStart ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]);
        return length >= 0 && length <= bytes.Length - KeyStart
            ? bytes.Slice(KeyStart, length)
            : throw new InvalidDataException($"a key of {length} bytes");
    }

    /// <summary>The same as a text.</summary>
    public static string KeyText(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(KeyOf(bytes));

    /// <summary>What a file contained; <see langword="null"/> for no bytes, and for what cannot be read: then the file is.</summary>
    public static SeenContent? SeenFile(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        try
        {
            LogReader from = Behind(bytes);
            return ReadSeen(ref from);
        }
        catch (InvalidDataException) { return null; }
    }

    /// <summary>A step as the record of an attempt or of a finished one has it.</summary>
    /// <returns><see langword="null"/> for what cannot be read: then the step was never built.</returns>
    public static StepRecord? Step(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return bytes.IsEmpty ? null : Decode(bytes) switch
            {
                StepKept kept => kept.Record,
                AttemptCommitting committing => committing.Record,
                _ => null,
            };
        }
        catch (InvalidDataException) { return null; }
    }

    /// <param name="bytes">A record; nothing of it is kept.</param>
    /// <exception cref="InvalidDataException">The bytes, though their checksum is right, are no record of this format.</exception>
    public static LogRecord Decode(ReadOnlyMemory<byte> bytes)
    {
        var from = new LogReader(bytes);
        return (Kind)from.Byte() switch
        {
            Kind.FileSeen => new FileSeen(from.Text(), ReadSeen(ref from)),
            Kind.Started => new AttemptStarted(from.Text(), from.Text(), new ProcessMark((int)from.Long(), from.Text(), from.Long())),
            Kind.Committing => new AttemptCommitting(from.Text(), ReadStep(ref from)),
            Kind.Done => new AttemptDone(from.Text()),
            Kind.Ended => new AttemptEnded(from.Text()),
            Kind.Kept => new StepKept(ReadStep(ref from)),
            Kind.Released => new ProductReleased(from.Text()),
            Kind other => throw new InvalidDataException($"record kind {other}"),
        };
    }

    // A reader of what follows the key.
    private static LogReader Behind(ReadOnlyMemory<byte> bytes) => new(bytes[(KeyStart + KeyOf(bytes.Span).Length)..]);

    private static void Write(LogWriter to, SeenContent seen)
    {
        to.Stamp(seen.Stamp);
        to.Hash(seen.Hash);
        to.Byte(seen.Racy ? (byte)1 : (byte)0);
    }

    private static SeenContent ReadSeen(ref LogReader from) => new(from.Stamp(), from.Hash(), from.Byte() != 0);

    private static void Write(LogWriter to, ProcessMark mark)
    {
        to.Long(mark.Id);
        to.Text(mark.Boot);
        to.Long(mark.StartTicks);
    }

    private static void Write(LogWriter to, StepRecord record)
    {
        to.Text(record.Id);
        to.Long(record.Duration.Ticks);
        to.Hash(record.Fingerprint.Hash);
        to.Block(record.Fingerprint.Text.Span);
        to.Long(record.Outputs.Count);
        foreach (OutputRecord output in record.Outputs)
        {
            to.Text(output.Path);
            to.Byte((byte)output.Kind);
            to.Long(output.Size);
            to.Hash(output.Hash);
            to.Long(output.Columns.Count);
            foreach (ColumnContent column in output.Columns) { to.Text(column.Name); to.Hash(column.Hash); }
        }
    }

    private static StepRecord ReadStep(ref LogReader from)
    {
        string id = from.Text();
        TimeSpan duration = TimeSpan.FromTicks(from.Long());
        var fingerprint = new Fingerprint(from.Hash(), from.Block().ToArray());
        var outputs = new OutputRecord[from.Count()];
        for (int i = 0; i < outputs.Length; i++)
        {
            (string path, ArtifactKind kind, long size, ContentHash hash) = (
                from.Text(),
                (ArtifactKind)from.Byte(),
                from.Long(),
                from.Hash());
            ColumnContent[] columns = from.Count() is > 0 and var count ? new ColumnContent[count] : [];
            for (int k = 0; k < columns.Length; k++) columns[k] = new ColumnContent(from.Text(), from.Hash());
            outputs[i] = new OutputRecord(path, kind, size, hash, columns);
        }
        return new StepRecord(id, fingerprint, outputs, duration);
    }
}
