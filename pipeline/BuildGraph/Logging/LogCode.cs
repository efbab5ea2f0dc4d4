using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>The bytes of log records.</summary>
internal static class LogCode
{
    private enum Kind : byte { FileSeen = 1, Started = 2, Committing = 3, Done = 4, Ended = 5, Kept = 6, Released = 7 }

    public static void Encode(LogRecord record, LogWriter to)
    {
        switch (record)
        {
            case FileSeen seen: to.Byte((byte)Kind.FileSeen); to.Text(seen.Key); Write(to, seen.Stamp); to.Hash(seen.Hash); to.Byte(seen.Racy ? (byte)1 : (byte)0); break;
            case AttemptStarted started: to.Byte((byte)Kind.Started); to.Text(started.Step); to.Text(started.Attempt); Write(to, started.Child); break;
            case AttemptCommitting committing: to.Byte((byte)Kind.Committing); to.Text(committing.Attempt); Write(to, committing.Record); break;
            case AttemptDone done: to.Byte((byte)Kind.Done); to.Text(done.Step); break;
            case AttemptEnded ended: to.Byte((byte)Kind.Ended); to.Text(ended.Step); break;
            case StepKept kept: to.Byte((byte)Kind.Kept); Write(to, kept.Record); break;
            case ProductReleased released: to.Byte((byte)Kind.Released); to.Text(released.Path); break;
            default: throw new Defect($"the log has no form for {record.GetType().Name}");
        }
    }

    /// <param name="bytes">A record; parts of it are kept, not copied.</param>
    /// <exception cref="IOException">The bytes, though their checksum is right, are no record of this format.</exception>
    public static LogRecord Decode(ReadOnlyMemory<byte> bytes)
    {
        var from = new LogReader(bytes);
        return (Kind)from.Byte() switch
        {
            Kind.FileSeen => new FileSeen(from.Text(), ReadStamp(ref from), from.Hash(), from.Byte() != 0),
            Kind.Started => new AttemptStarted(from.Text(), from.Text(), new ProcessMark((int)from.Long(), from.Text(), from.Long())),
            Kind.Committing => new AttemptCommitting(from.Text(), ReadStep(ref from)),
            Kind.Done => new AttemptDone(from.Text()),
            Kind.Ended => new AttemptEnded(from.Text()),
            Kind.Kept => new StepKept(ReadStep(ref from)),
            Kind.Released => new ProductReleased(from.Text()),
            Kind other => throw new InvalidDataException($"record kind {other}"),
        };
    }

    private static void Write(LogWriter to, FileStamp stamp)
    {
        to.Long(stamp.Size);
        to.Long(stamp.Modified);
        to.Long(stamp.Changed);
        to.Long((long)stamp.Inode);
        to.Long((long)stamp.Device);
    }

    private static FileStamp ReadStamp(ref LogReader from) => new(from.Long(), from.Long(), from.Long(), (ulong)from.Long(), (ulong)from.Long());

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
            foreach ((string column, ContentHash hash) in output.Columns) { to.Text(column); to.Hash(hash); }
        }
    }

    private static StepRecord ReadStep(ref LogReader from)
    {
        string id = from.Text();
        TimeSpan duration = TimeSpan.FromTicks(from.Long());
        var fingerprint = new Fingerprint(from.Hash(), from.Block());
        var outputs = new OutputRecord[from.Count()];
        for (int i = 0; i < outputs.Length; i++)
        {
            (string path, ArtifactKind kind, long size, ContentHash hash) = (from.Text(), (ArtifactKind)from.Byte(), from.Long(), from.Hash());
            KeyValuePair<string, ContentHash>[] columns = from.Count() is > 0 and var count ? new KeyValuePair<string, ContentHash>[count] : [];
            for (int k = 0; k < columns.Length; k++) columns[k] = new(from.Text(), from.Hash());
            outputs[i] = new OutputRecord(path, kind, size, hash, columns);
        }
        return new StepRecord(id, fingerprint, outputs, duration);
    }
}
