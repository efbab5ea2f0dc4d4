using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Something that the build log remembers.</summary>
internal abstract record LogRecord;

/// <summary>A file had this stamp when it had this content; a racy one is read again next time.</summary>
internal sealed record FileSeen(string Key, FileStamp Stamp, ContentHash Hash, bool Racy) : LogRecord;

/// <summary>An attempt began, in the process group of a child or (<see cref="ProcessMark.None"/>) inside the engine.</summary>
internal sealed record AttemptStarted(string Step, string Attempt, ProcessMark Child) : LogRecord;

/// <summary>The attempt's outputs are complete and are about to be renamed into place.</summary>
internal sealed record AttemptCommitting(string Attempt, StepRecord Record) : LogRecord;

/// <summary>All outputs stand in their place.</summary>
internal sealed record AttemptDone(string Step) : LogRecord;

/// <summary>The attempt came to nothing.</summary>
internal sealed record AttemptEnded(string Step) : LogRecord;

/// <summary>A finished step, in a compacted log.</summary>
internal sealed record StepKept(StepRecord Record) : LogRecord;

/// <summary>The bytes of log records.</summary>
internal static class LogCode
{
    private enum Kind : byte { FileSeen = 1, Started = 2, Committing = 3, Done = 4, Ended = 5, Kept = 6 }

    public static byte[] Encode(LogRecord record)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        switch (record)
        {
            case FileSeen seen: to.Write((byte)Kind.FileSeen); to.Write(seen.Key); Write(to, seen.Stamp); Write(to, seen.Hash); to.Write(seen.Racy); break;
            case AttemptStarted started: to.Write((byte)Kind.Started); to.Write(started.Step); to.Write(started.Attempt); Write(to, started.Child); break;
            case AttemptCommitting committing: to.Write((byte)Kind.Committing); to.Write(committing.Attempt); Write(to, committing.Record); break;
            case AttemptDone done: to.Write((byte)Kind.Done); to.Write(done.Step); break;
            case AttemptEnded ended: to.Write((byte)Kind.Ended); to.Write(ended.Step); break;
            case StepKept kept: to.Write((byte)Kind.Kept); Write(to, kept.Record); break;
            default: throw new Defect($"the log has no form for {record.GetType().Name}");
        }
        to.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="IOException">The bytes, though their checksum is right, are no record of this format.</exception>
    public static LogRecord Decode(byte[] bytes)
    {
        using var from = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return (Kind)from.ReadByte() switch
        {
            Kind.FileSeen => new FileSeen(from.ReadString(), ReadStamp(from), ReadHash(from), from.ReadBoolean()),
            Kind.Started => new AttemptStarted(from.ReadString(), from.ReadString(), ReadMark(from)),
            Kind.Committing => new AttemptCommitting(from.ReadString(), ReadStep(from)),
            Kind.Done => new AttemptDone(from.ReadString()),
            Kind.Ended => new AttemptEnded(from.ReadString()),
            Kind.Kept => new StepKept(ReadStep(from)),
            Kind other => throw new InvalidDataException($"record kind {other}"),
        };
    }

    private static void Write(BinaryWriter to, FileStamp stamp)
    {
        to.Write(stamp.Size);
        to.Write(stamp.Modified);
        to.Write(stamp.Changed);
        to.Write(stamp.Inode);
        to.Write(stamp.Device);
    }

    private static FileStamp ReadStamp(BinaryReader from) =>
        new(from.ReadInt64(), from.ReadInt64(), from.ReadInt64(), from.ReadUInt64(), from.ReadUInt64());

    private static void Write(BinaryWriter to, ProcessMark mark)
    {
        to.Write(mark.Id);
        to.Write(mark.Boot);
        to.Write(mark.StartTicks);
    }

    private static ProcessMark ReadMark(BinaryReader from) => new(from.ReadInt32(), from.ReadString(), from.ReadInt64());

    private static void Write(BinaryWriter to, ContentHash hash)
    {
        Span<byte> digest = stackalloc byte[32];
        hash.WriteTo(digest);
        to.Write(digest);
    }

    private static ContentHash ReadHash(BinaryReader from)
    {
        Span<byte> digest = stackalloc byte[32];
        from.BaseStream.ReadExactly(digest);
        return ContentHash.From(digest);
    }

    private static void Write(BinaryWriter to, StepRecord record)
    {
        to.Write(record.Id);
        to.Write(record.Duration.Ticks);
        to.Write(record.Fingerprint.Components.Count);
        foreach ((string component, string value) in record.Fingerprint.Components) { to.Write(component); to.Write(value); }
        to.Write(record.Outputs.Count);
        foreach (OutputRecord output in record.Outputs)
        {
            to.Write(output.Path);
            to.Write((byte)output.Kind);
            to.Write(output.Size);
            Write(to, output.Hash);
            to.Write(output.Columns.Count);
            foreach ((string column, ContentHash hash) in output.Columns) { to.Write(column); Write(to, hash); }
        }
    }

    private static StepRecord ReadStep(BinaryReader from)
    {
        string id = from.ReadString();
        TimeSpan duration = TimeSpan.FromTicks(from.ReadInt64());
        KeyValuePair<string, string>[] components = ReadMany(from, () => KeyValuePair.Create(from.ReadString(), from.ReadString()));
        OutputRecord[] outputs = ReadMany(from, () => new OutputRecord(from.ReadString(), (ArtifactKind)from.ReadByte(), from.ReadInt64(), ReadHash(from),
            ReadMany(from, () => KeyValuePair.Create(from.ReadString(), ReadHash(from)))));
        return new StepRecord(id, new Fingerprint(components), outputs, duration);
    }

    private static T[] ReadMany<T>(BinaryReader from, Func<T> one)
    {
        int count = from.ReadInt32();
        if (count < 0 || count > from.BaseStream.Length - from.BaseStream.Position) throw new InvalidDataException($"count {count}");
        var all = new T[count];
        for (int i = 0; i < count; i++) all[i] = one();
        return all;
    }
}
